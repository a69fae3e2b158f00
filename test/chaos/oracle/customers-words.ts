import type { Evidence, Handoff, Passed, Written } from '../evidence'
import { endingOf } from './endings'
import { violation, type Violation } from './violation'

/** Words so close together may swap, in milliseconds. */
const MAY_SWAP_MS = 300

/** What a customer says stands once, in order, in the thread of that handoff, or the bot is notified. */
export function customersWords(evidence: Evidence): Violation[] {
  return evidence.handoffs.flatMap((handoff) => [
    ...handoff.passed.flatMap((message) => arrivedOnce(message, handoff, evidence)),
    ...inOrder(handoff, evidence),
    ...foreign(handoff, evidence),
  ])
}

function arrivedOnce(message: Passed, handoff: Handoff, evidence: Evidence): Violation[] {
  const everywhere = evidence.threads.flatMap(({ id, events }) => events.filter(isOf(message)).map(() => id))
  const here = everywhere.filter((id) => isRight(id, handoff, evidence)).length
  const reports = handoff.reported.filter(({ messageId }) => messageId === message.id)
  const detail = message.text
  if (everywhere.length > here) return [violation('wrongScreen', `${detail} of the customer`)]
  if (here > 1) return [violation('doubledFromCustomer', `${detail}, ${here} times`)]
  if (reports.length > 1) return [violation('reportedTwice', detail)]
  const [report] = reports
  if (here === 1) return report && report.reason !== 'uncertain' ? [violation('reportedInVain', detail)] : []
  // Botpress hands a message over once: what its process had not done when it was killed nobody does.
  if (!report) return message.isCut ? [] : [violation('lostFromCustomer', detail)]
  return evidence.hasFaults || isOver(handoff, report.at, evidence) ? [] : [violation('reportedWithoutReason', detail)]
}

/**
 * `send_event` names a chat, not a thread: words that met a closed chat just when an agent had opened it again stand there,
 * before the same agents.
 */
function isRight(threadId: string, handoff: Handoff, { ledger }: Evidence): boolean {
  return threadId === handoff.threadId || ledger.reopened.includes(threadId)
}

/** The first part of a message has its id alone. */
const isOf =
  ({ id }: Passed) =>
  ({ customId }: Written) =>
    customId === `hitl-${id}`

function isOver(handoff: Handoff, at: number, evidence: Evidence): boolean {
  const { closedAt = Infinity, ownAt = Infinity, replacedAt = Infinity } = endingOf(handoff, evidence)
  return Math.min(closedAt, ownAt, replacedAt) <= at
}

/** As the plugin passed them on; in which order the customer wrote them is not known any better to the integration. */
function inOrder({ passed, threadId }: Handoff, { threads }: Evidence): Violation[] {
  const events = threads.find(({ id }) => id === threadId)?.events ?? []
  const placeOf = (message: Passed) => events.findIndex(isOf(message))
  const arrived = passed.filter((message) => placeOf(message) >= 0)
  return arrived.flatMap((earlier, place) =>
    arrived
      .slice(place + 1)
      .filter((later) => placeOf(later) < placeOf(earlier) && later.at - earlier.at > MAY_SWAP_MS)
      .map((later) => violation('swappedFromCustomer', `${later.text} before ${earlier.text}`)),
  )
}

/** Words of other sessions on the screens of this one. */
function foreign(handoff: Handoff, { session, windows, threads }: Evidence): Violation[] {
  const shown = windows[handoff.window].flatMap(({ words }) => words)
  const read = threads.flatMap(({ events }) => events.flatMap(({ words }) => words))
  const others = [...new Set([...shown, ...read])].filter((word) => !word.startsWith(`w${session}-`))
  return others.map((word) => violation('wrongScreen', `${word} of another session`))
}
