import type { IncomingEvent } from '../livechat/types'
import { relayable } from './relayable'
import type { HandBackSettings } from './hand-back'
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

/** The events of the thread, oldest first. `now`: when we noticed the end, in milliseconds since 1970. */
type Evidence = { events?: readonly IncomingEvent[]; now: number; settings: HandBackSettings }

/** The time of the system message that LiveChat closes a thread with is better than the time at which we noticed the end. */
export function handoffTimes(
  { createdAt, assignedAt }: { createdAt: number; assignedAt?: string },
  { events = [], now, settings }: Evidence,
): HandoffTimes {
  const close = events.findLast(isClose)
  const closedAt = close && timeOf(close)
  const reply = sinceHandoff(events).find((event) => relayable(event, settings).relay)
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

/** Whether LiveChat closed a thread with this event (LiveChat, "System messages"). A rating may follow it. */
export function isClose({ systemMessageType = '' }: IncomingEvent): boolean {
  return /(?:^|[._])archived_|^customer_banned$/.test(systemMessageType)
}

/** LiveChat counts microseconds; `undefined` for what is no time. */
function timeOf({ createdAt = '' }: IncomingEvent): string | undefined {
  const ms = Date.parse(createdAt)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
