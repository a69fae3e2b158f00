import type { AnyMessageProps } from '../bp'
import { describe } from '../log'
import { sentenceOf, type Problem } from '../problems'
import type { Session } from '../session/session'
import { clip } from '../translate/graphemes'
import type { Deps } from '../wiring'
import { mark } from './mark-message'

/** Longest text of the customer that goes back to the bot, in characters. */
const MAX_TEXT_CHARACTERS = 1_000

export type Undelivered = {
  reason: 'noAnswer' | 'refused' | 'uncertain' | 'tokenRefused' | 'botpressFailed'
  problem: Extract<Problem, `message${string}`>
}

/**
 * Words of a person did not reach the agent: the message is marked and the bot notified, once for each message, so that
 * the customer can be told. To be notified twice, where the mark failed, is better than never. Never fails.
 */
export async function reportUndelivered(
  { reason, problem }: Undelivered,
  { message, payload, ack }: Pick<AnyMessageProps, 'message' | 'payload' | 'ack'>,
  session: Session,
  { events, log, clock }: Deps,
): Promise<void> {
  if (message.tags.undelivered) return
  const { text } = payload as { text?: unknown }
  const words = typeof text === 'string' && text !== '' ? { text: clip(text, MAX_TEXT_CHARACTERS) } : {}
  const report = { messageId: message.id, ...words, reason, sentence: sentenceOf(problem) }
  const failed = (what: string) => (error: unknown) => log.warn(`${what}: ${describe(error)}`)
  // Side by side: a Botpress that keeps the mark waiting must not keep the bot from knowing.
  await Promise.all([
    mark(ack, { undelivered: reason }, clock).catch(failed('A message that was not delivered could not be marked')),
    events
      .messageNotDelivered(session, report)
      .catch(failed('The bot was not notified of a message that was not delivered')),
  ])
}
