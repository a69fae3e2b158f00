import { createHash } from 'node:crypto'
import { CUSTOM_ID_PREFIX } from './custom-id'

/** Length of the mark at the front of a start key, in hex digits; the rest of the 24 recognises the input. */
const MARK_LENGTH = 6

/** Tells the threads of one installation from those of another bot on the same LiveChat app. */
export function installationMark(...ids: string[]): string {
  return hash(ids.join(' ')).slice(0, MARK_LENGTH)
}

/** Recognises a repeated call of `startHitl`: the same for the same input, whatever the order of its keys. */
export function startKeyOf(input: unknown, mark: string): string {
  return mark + hash(canonical(input)).slice(0, 24 - MARK_LENGTH)
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

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

/** Whether an event belongs to an opening of the installation with this mark. */
export function isOpeningOf(mark: string, customId: string | undefined): boolean {
  return startKeyIn(customId)?.startsWith(mark) === true
}
