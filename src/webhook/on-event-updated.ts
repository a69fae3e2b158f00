import type { IncomingEvent } from '../livechat/types'
import { correctionId, correctionOf } from '../translate/correction'
import { relayable } from '../translate/relayable'
import type { Deps } from '../wiring'
import type { PayloadOf, Source } from './delivery'
import { findLiveSession } from './find-session'
import { TryAgain } from './try-again'

/** How long LiveChat repeats a delivery that was not taken, in milliseconds. */
const REPEATED_FOR_MS = 60_000

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
    if (!session) return
    if (!original) return mustBeOnItsWay(event, deps)
    const text = correctionOf({ text: original.text, wasCorrected: original.corrected !== '' }, event, deps.words)
    const eventId = correctionId(event.id, event.text ?? '')
    if (text === undefined || original.corrected.endsWith(eventId)) return
    const part = { type: 'text' as const, payload: { text } }
    const { authorUserId } = original
    await deps.messages.write({ part, eventId, authorUserId, conversationId: session.conversationId })
    await deps.messages.markCorrected(original, eventId)
  })
}

/** Of an old message it means that it was never relayed, so there is nothing to correct; a new one may come later yet. */
function mustBeOnItsWay({ createdAt }: IncomingEvent, { clock }: Deps): void {
  const isNew = createdAt !== undefined && clock.now() - Date.parse(createdAt) < REPEATED_FOR_MS
  if (isNew) throw new TryAgain('the edited message itself has not come yet')
}
