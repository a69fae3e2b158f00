import { tryGetChat } from '../handoff/try-get-chat'
import type { IncomingEvent } from '../livechat/types'
import { RetryLater } from '../retry-later'
import type { Session } from '../session/session'
import { WEBHOOK_REPEATED_FOR_MS } from '../timing'
import { asWanted } from '../translate/agent-markdown'
import { correctionId, correctionOf, versionOf } from '../translate/correction'
import { relayable } from '../translate/relayable'
import type { Deps } from '../wiring'
import type { Source } from './delivery'
import { findLiveSession } from './find-session'
import { IncomingEventShape } from './on-incoming-event'
import { webhook, type InChat } from './webhook'

/** An agent changed a message: the customer hears a real change of its text once. (Also fires for mere properties.) */
export const eventUpdated = webhook({
  shape: IncomingEventShape,
  irrelevance: ({ event }, settings) =>
    event.type === 'message' && relayable(event, settings).relay
      ? undefined
      : 'no change of words that a customer sees',
  handle: onEventUpdated,
})

async function onEventUpdated(
  { chatId, threadId, event }: InChat & { event: IncomingEvent },
  source: Source,
  deps: Deps,
): Promise<void> {
  const session = await findLiveSession({ chatId, threadId, source, happenedAt: event.createdAt }, deps)
  const original = session && (await deps.messages.of(event.id, session.conversationId))
  if (!session) return
  if (!original) return requireOld(event.createdAt, 'the edited message itself has not come yet', deps)
  const { authorUserId, corrections } = original
  const version = versionOf(event.text ?? '')
  if (version === corrections.at(-1)) return // the same webhook again
  const relayed = { text: original.text, wasCorrected: corrections.length > 0 }
  const text = correctionOf(relayed, asWanted(event, deps.settings), deps.wordsFor(session).toCustomer)
  if (text === undefined) return
  const wasShown = corrections.includes(version) || (corrections.length > 0 && version === versionOf(original.text))
  if (wasShown && !(await isCurrent(event, session, deps))) return
  const part = { type: 'text' as const, payload: { text } }
  const eventId = correctionId(event.id, corrections.length + 1, version)
  await deps.messages.write({ part, eventId, authorUserId, conversationId: session.conversationId })
  await deps.messages.markCorrected(original, version)
}

/** A version that the customer saw before may come from a late webhook, or be what the agent went back to. */
async function isCurrent({ id, text }: IncomingEvent, session: Session, deps: Deps): Promise<boolean> {
  const chat = await tryGetChat(session, 'Whether an agent went back to an earlier wording is not known', deps)
  return chat?.thread?.events.find((event) => event.id === id)?.text === text
}

/** What is not there may come yet, unless it is so old that LiveChat has given it up. Throws `RetryLater`. */
function requireOld(happenedAt: string | undefined, reason: string, { clock }: Deps): void {
  const isYoung = happenedAt !== undefined && clock.now() - Date.parse(happenedAt) < WEBHOOK_REPEATED_FOR_MS
  if (isYoung) throw new RetryLater(reason)
}
