import { writeMessage } from '../handoff/relay'
import { correctionId, correctionOf } from '../translate/correction'
import { relayable } from '../translate/relayable'
import type { Deps } from '../wiring'
import type { PayloadOf, Source } from './delivery'
import { findLiveSession } from './find-session'

/** An agent changed a message: the customer hears a real change of its text once. (Also fires for mere properties.) */
export async function onEventUpdated(
  { chatId, threadId, event }: PayloadOf<'event_updated'>,
  source: Source,
  deps: Deps,
): Promise<void> {
  if (event.type !== 'message' || !relayable(event).relay) return
  await deps.memory.turns.take(chatId, deps.deadline, async () => {
    const session = await findLiveSession({ chatId, threadId, source, happenedAt: event.createdAt }, deps)
    const original = session && (await findMessage(event.id, session.conversationId, deps))
    if (!session || !original) return // never relayed: nothing to correct
    const shown = original.tags['eventIds'] ?? ''
    const text = correctionOf(shownText(original.payload), event, deps.words)
    if (text === undefined && shown === '') return
    const eventId = correctionId(event.id, event.text ?? '')
    if (shown.endsWith(eventId)) return
    const back = deps.words.say('edited', { text: event.text ?? '' })
    const part = { type: 'text' as const, payload: { text: text ?? back } }
    await writeMessage({ part, eventId, authorUserId: original.userId, session }, deps)
    await deps.client.updateMessage({ id: original.id, tags: { eventIds: eventId } }) // what the customer sees now
  })
}

/** The first message that an event became. */
export async function findMessage(eventId: string, conversationId: string, { client }: Deps) {
  const { messages } = await client.listMessages({ conversationId, tags: { eventId } })
  return messages[0]
}

function shownText(payload: Record<string, unknown>): string {
  return typeof payload['text'] === 'string' ? payload['text'] : ''
}
