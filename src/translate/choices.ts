import type { IncomingEvent } from '../livechat/types'

/** A numbered button that the customer may answer with. `type` and `value` are both there or neither. */
export type Choice = { number: number; label: string; postbackId?: string; type?: string; value?: string }

export function choicesOf(_event: IncomingEvent): Choice[] {
  return []
}
export function matchChoice(_reply: string, _choices: Choice[], _how: { labelsOnly: boolean }): Choice | undefined {
  return undefined
}
