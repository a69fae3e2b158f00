import type { IncomingEvent } from '../livechat/types'
import { relayable } from './relayable'
import { startKeyIn } from './start-key'

/** When the steps of a handoff happened, as ISO 8601. */
export type HandoffTimes = {
  startedAt: string
  /** When the first agent was announced to the customer. */
  assignedAt?: string
  /** When an agent first wrote to the customer. */
  firstReplyAt?: string
  endedAt: string
}

/**
 * `events`: those of the thread, oldest first. `now`: when we noticed the end, in milliseconds since 1970; LiveChat closes
 * a thread with a system message, and its time is better.
 */
export function handoffTimes(
  { createdAt, assignedAt }: { createdAt: number; assignedAt?: string },
  events: readonly IncomingEvent[] = [],
  now: number,
): HandoffTimes {
  const last = events.at(-1)
  const closedAt = last?.type === 'system_message' ? timeOf(last) : undefined
  const reply = sinceHandoff(events).find((event) => relayable(event).relay)
  const firstReplyAt = reply && timeOf(reply)
  return {
    startedAt: new Date(createdAt).toISOString(),
    ...(assignedAt && { assignedAt }),
    ...(firstReplyAt && { firstReplyAt }),
    endedAt: closedAt ?? new Date(now).toISOString(),
  }
}

/** An agent may have opened the thread, and written in it, before the customer was handed over. */
export function sinceHandoff(events: readonly IncomingEvent[]): readonly IncomingEvent[] {
  return events.slice(events.findIndex(({ customId }) => startKeyIn(customId) !== undefined) + 1)
}

/** LiveChat counts microseconds; `undefined` for what is no time. */
function timeOf({ createdAt = '' }: IncomingEvent): string | undefined {
  const ms = Date.parse(createdAt)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
