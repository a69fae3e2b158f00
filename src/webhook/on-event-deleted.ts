import * as z from 'zod/mini'
import { EventId } from '../livechat/ids'
import type { Deps } from '../wiring'
import type { Source } from './delivery'
import { inChat, webhook, type InChat } from './webhook'

/** An agent deleted a message. Botpress cannot take back what the customer has seen; the message is marked. */
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
  const session = threadId && (await deps.sessions.findAny({ chatId, threadId }))
  const message = session && (await deps.messages.of(eventId, session.conversationId))
  if (message) await deps.messages.markDeleted(message)
}
