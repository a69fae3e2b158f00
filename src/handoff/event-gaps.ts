import { placeNamedIn } from '../livechat/ids'
import type { EventId } from '../livechat/types'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'

/** Notes an event that this process has written to the customer, or sent for them: what comes right after it leaves no gap. */
export function noteHandled(eventId: EventId, { threadId }: Session, { memory }: Deps): void {
  const place = placeNamedIn(eventId)
  if (place !== undefined) memory.newestPlaces.set(threadId, Math.max(place, memory.newestPlaces.get(threadId) ?? 0))
}

/** Whether something came before this event that this process did not handle: another one may still be at it. */
export function leavesGap(eventId: EventId, { threadId }: Session, { memory }: Deps): boolean {
  const place = placeNamedIn(eventId)
  const newest = memory.newestPlaces.get(threadId)
  return place !== undefined && newest !== undefined && place > newest + 1
}
