import { LiveChatError } from '../livechat/errors'
import { threadNamedIn } from '../livechat/ids'
import type { EventId, ThreadId } from '../livechat/types'
import { describe } from '../log'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import { isOpenedByUs, ownEventsOf, threadAsCustomer } from './own-events'

/**
 * `send_event` names the chat alone. When the same customer's other window starts at that moment, words meant for one agent
 * land in the thread of another: they are taken back. A thread that an agent opened keeps them, for somebody reads them.
 * Throws `LiveChatError` (`session-over`) when they were not said in the session's thread.
 */
export async function takeBackFromOtherHandoff(eventIds: EventId[], session: Session, deps: Deps): Promise<void> {
  for (const eventId of eventIds) {
    const threadId = threadNamedIn(eventId)
    if (threadId === undefined || threadId === session.threadId) continue
    const chat = await threadAsCustomer(threadId, session, deps)
    const isThere = chat?.thread?.events.some(({ id }) => id === eventId)
    if (!chat || !isThere || !isOpenedByUs(ownEventsOf(chat))) continue
    await hide({ threadId, eventId }, session, deps)
    throw new LiveChatError({ api: 'customer', action: 'send_event', failure: 'session-over', type: 'other_thread' })
  }
}

async function hide(event: { threadId: ThreadId; eventId: EventId }, session: Session, deps: Deps): Promise<void> {
  const { chatId } = session
  deps.log.info(`A message went into the customer's next thread ${event.threadId} of chat ${chatId}: it is taken back`)
  await deps.access
    .asCustomer(session, (identity) => deps.livechat.customer.deleteEvent(identity, { chatId, ...event }))
    .catch((error: unknown) => deps.log.warn(`A message could not be taken back: ${describe(error)}`))
}
