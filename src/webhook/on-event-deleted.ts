import * as z from 'zod/mini'
import { tryGetChat } from '../handoff/try-get-chat'
import { EventId } from '../livechat/ids'
import { RetryLater } from '../retry-later'
import type { Relayed } from '../session/messages'
import type { Session } from '../session/session'
import { relayable } from '../translate/relayable'
import type { Deps } from '../wiring'
import type { Source } from './delivery'
import { requirePluginActive } from './find-session'
import { inChat, webhook, type InChat } from './webhook'

/** An agent deleted a message. Botpress cannot take back what the customer has seen: they read that it was removed, and it is marked. */
export const eventDeleted = webhook({
  shape: z.pipe(
    z.object({ ...inChat, event_id: EventId }),
    z.transform(({ chat_id, thread_id, event_id }) => ({ chatId: chat_id, threadId: thread_id, eventId: event_id })),
  ),
  irrelevance: ({ threadId }) => (threadId ? undefined : 'no thread is named'),
  handle: onEventDeleted,
})

async function onEventDeleted(
  { chatId, threadId, eventId }: InChat & { eventId: EventId },
  _source: Source,
  deps: Deps,
): Promise<void> {
  const { session } = threadId ? await deps.sessions.find({ chatId, threadId }) : {}
  const message = session && (await deps.messages.of(eventId, session.conversationId))
  // When it happened is not said (event_deleted): LiveChat itself stops repeating after a minute.
  if (session && !session.ended && !message && (await mayStillCome(eventId, session, deps)))
    throw new RetryLater('the deleted message itself has not come yet')
  if (!session || !message) return
  if (!session.ended && deps.settings.reportDeletions) await notifyCustomer(message, eventId, session, deps)
  await deps.messages.markDeleted(message)
}

/** Notes, and what the customer wrote, never become a message here. What LiveChat no longer shows may. */
async function mayStillCome(eventId: EventId, session: Session, deps: Deps): Promise<boolean> {
  const chat = await tryGetChat(session, 'What was deleted is not known', deps)
  const event = chat?.thread?.events.find(({ id }) => id === eventId)
  return !event || relayable({ ...event, deleted: false }, deps.settings).relay
}

/** Once: a repeated delivery finds the notice. The customer's own messages are theirs to know about. */
async function notifyCustomer(
  { authorUserId, isFromCustomer }: Relayed,
  eventId: EventId,
  session: Session,
  deps: Deps,
): Promise<void> {
  if (isFromCustomer) return
  await requirePluginActive(session, deps)
  const text = deps.wordsFor(session).toCustomer.say('removed')
  const part = { type: 'text' as const, payload: { text } }
  const { conversationId } = session
  await deps.messages.write({ part, eventId: `${eventId}~removed`, authorUserId, conversationId })
}
