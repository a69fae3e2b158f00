import type { AnyMessageProps } from '../bp'
import { isRefusedForGood } from '../botpress-client'
import { describe } from '../log'
import { sentenceOf, type Problem } from '../problems'
import type { Session } from '../session/session'
import { clip } from '../translate/graphemes'
import type { Deps } from '../wiring'
import { mark } from './mark-message'

/** Longest text of the customer that goes back to the bot, in characters. */
const MAX_TEXT_CHARACTERS = 1_000

/** Pauses after each try to notify the bot, in milliseconds; none after the last. */
const AGAIN_AFTER_MS = [1_000, 3_000, undefined]

type Report = Parameters<Deps['events']['messageNotDelivered']>[1]

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
  deps: Deps,
): Promise<void> {
  const { log, clock } = deps
  if (message.tags.undelivered) return
  const { text } = payload as { text?: unknown }
  const words = typeof text === 'string' && text !== '' ? { text: clip(text, MAX_TEXT_CHARACTERS) } : {}
  const report = { messageId: message.id, ...words, reason, sentence: sentenceOf(problem) }
  const failed = (what: string) => (error: unknown) => log.warn(`${what}: ${describe(error)}`)
  // Side by side: a Botpress that keeps the mark waiting must not keep the bot from knowing.
  await Promise.all([
    mark(ack, { undelivered: reason }, clock).catch(failed('A message that was not delivered could not be marked')),
    notify(report, session, deps).catch(failed('The bot was not notified of a message that was not delivered')),
  ])
}

/** Nobody asks again for a message, so passing faults of Botpress get more time. */
async function notify(report: Report, session: Session, { events, clock }: Deps): Promise<void> {
  for (const [nth, pauseMs] of AGAIN_AFTER_MS.entries()) {
    try {
      if (nth > 0 && (await events.hasReportedUndelivered(session, report.messageId))) return
      return await events.messageNotDelivered(session, report)
    } catch (error) {
      if (pauseMs === undefined || isRefusedForGood(error)) throw error
      await clock.sleep(pauseMs)
    }
  }
}
