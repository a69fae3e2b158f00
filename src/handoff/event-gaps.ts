import { placeNamedIn } from '../livechat/ids'
import type { EventId } from '../livechat/types'
import type { Deps } from '../wiring'

/** Notes an event that this process has written to the customer, or sent for them: what comes right after it leaves no gap. */
export function noteHandled(eventId: EventId, { memory }: Deps): void {
  const named = placeNamedIn(eventId)
  if (!named) return
  const { threadId, place } = named
  memory.newestPlaces.set(threadId, Math.max(place, memory.newestPlaces.get(threadId) ?? 0))
}

/** Whether something came before this event that this process did not handle: another one may still be at it. */
export function leavesGap(eventId: EventId, { memory }: Deps): boolean {
  const named = placeNamedIn(eventId)
  if (!named) return false
  const newest = memory.newestPlaces.get(named.threadId)
  return newest !== undefined && named.place > newest + 1
}
