import { createHash } from 'node:crypto'
import { CUSTOM_ID_PREFIX } from './custom-id'

/** Recognises a repeated call of `startHitl`: the same for the same input, whatever the order of its keys. */
export function startKeyOf(input: unknown): string {
  return createHash('sha256').update(canonical(input)).digest('hex').slice(0, 24)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** The id of an opening event; it finds the thread again when the answer to its start was lost. */
export const openingCustomId = (startKey: string, index: number) => `${CUSTOM_ID_PREFIX}${startKey}-${index + 1}`

const OPENING_ID = new RegExp(`^${CUSTOM_ID_PREFIX}([0-9a-f]{24})-\\d+$`)

/** The start key that an event's custom id belongs to; `undefined` for all but opening events. */
export function startKeyIn(customId: string | undefined): string | undefined {
  return OPENING_ID.exec(customId ?? '')?.[1]
}
