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
    const original = session && (await deps.messages.of(event.id, session.conversationId))
    if (!session || !original) return // never relayed: nothing to correct
    const text = correctionOf(original.text, event, deps.words)
    if (text === undefined && original.corrected === '') return
    const eventId = correctionId(event.id, event.text ?? '')
    if (original.corrected.endsWith(eventId)) return
    const back = deps.words.say('edited', { text: event.text ?? '' })
    const part = { type: 'text' as const, payload: { text: text ?? back } }
    const { authorUserId } = original
    await deps.messages.write({ part, eventId, authorUserId, conversationId: session.conversationId })
    await deps.messages.markCorrected(original, eventId)
  })
}
