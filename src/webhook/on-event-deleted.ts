import type { Deps } from '../wiring'
import type { PayloadOf } from './delivery'

/** An agent deleted a message. Botpress cannot take back what the customer has seen; the message is marked. */
export async function onEventDeleted(
  { chatId, threadId, eventId }: PayloadOf<'event_deleted'>,
  deps: Deps,
): Promise<void> {
  if (!threadId) return
  await deps.memory.turns.take(chatId, deps.deadline, async () => {
    const { session } = await deps.sessions.find({ chatId, threadId }, 'any')
    const message = session && (await deps.messages.of(eventId, session.conversationId))
    if (message) await deps.messages.markDeleted(message)
  })
}
