import type { Evidence, Handoff } from '../evidence'
import type { AgentSaid } from '../ledger'
import { endingOf, wasActive } from './endings'
import { violation, type Violation } from './violation'

/** Words so close together may swap, in milliseconds. */
const MAY_SWAP_MS = 300
/** What the integration has this long before the bot's side ends a handoff is passed on in time, in milliseconds. */
const PASSED_ON_WITHIN_MS = 3_000

/** What agents say is shown once, in order, to the customer of that handoff and to nobody else. */
export function agentsWords(evidence: Evidence): Violation[] {
  const { ledger, handoffs } = evidence
  const said = ledger.agentsSaid
  return [
    ...said.filter(({ isNote }) => isNote).flatMap((note) => leaks(note, evidence)),
    ...said.filter(({ isNote }) => !isNote).flatMap((words) => shownOnce(words, evidence)),
    ...handoffs.flatMap((handoff) => inOrder(handoff, evidence)),
  ]
}

const timesShown = ({ windows }: Evidence, window: number, word: string) =>
  windows[window === 0 ? 0 : 1].filter(({ from, words }) => from !== 'customer' && words.includes(word)).length

function leaks({ word }: AgentSaid, evidence: Evidence): Violation[] {
  const isWritten = evidence.handoffs.some(({ relayed }) => relayed.some(({ words }) => words.includes(word)))
  const isShown = timesShown(evidence, 0, word) + timesShown(evidence, 1, word) > 0
  return isWritten || isShown ? [violation('leakedNote', word)] : []
}

function shownOnce(said: AgentSaid, evidence: Evidence): Violation[] {
  const handoff = evidence.handoffs.find(({ threadId }) => threadId === said.threadId)
  const here = handoff ? timesShown(evidence, handoff.window, said.word) : 0
  const all = timesShown(evidence, 0, said.word) + timesShown(evidence, 1, said.word)
  if (all > here) return [violation('wrongScreen', `${said.word} of an agent`)]
  if (here > 1) return [violation('doubledFromAgent', `${said.word}, ${here} times`)]
  return handoff && here === 0 && mustBeShown(said, handoff, evidence) ? [violation('lostFromAgent', said.word)] : []
}

/**
 * Not what was said in a handoff that the plugin never began, before the handoff, or too late for an end by the bot's side:
 * only an end by LiveChat waits for the last words.
 */
function mustBeShown({ at, eventId }: AgentSaid, handoff: Handoff, evidence: Evidence): boolean {
  if (!wasActive(handoff) || at < openedAt(handoff, evidence)) return false
  const { closedAt = Infinity, ownAt, replacedAt = Infinity } = endingOf(handoff, evidence)
  const endsWithoutWords = ownAt ?? (replacedAt < closedAt ? replacedAt : undefined)
  if (endsWithoutWords === undefined) return true
  const { deliveredAt = Infinity } = evidence.fared.get(eventId) ?? {}
  return deliveredAt < endsWithoutWords - PASSED_ON_WITHIN_MS
}

/** When the integration wrote its opening into the thread; an agent may have opened the thread before. */
const openedAt = ({ threadId }: Handoff, { threads }: Evidence) =>
  threads.find(({ id }) => id === threadId)?.askedAt ?? Infinity

/**
 * As the integration wrote them; how the plugin passes them on is not its doing. What an agent said before the handoff has no
 * place among the rest: a note told the agent that nobody reads it, and a late copy of its webhook may bring it after all.
 */
function inOrder(handoff: Handoff, evidence: Evidence): Violation[] {
  const said = evidence.ledger.agentsSaid.filter(
    ({ isNote, threadId, at }) => !isNote && threadId === handoff.threadId && at >= openedAt(handoff, evidence),
  )
  const writtenAt = ({ word }: AgentSaid) => handoff.relayed.find(({ words }) => words.includes(word))?.at
  return said.flatMap((earlier, place) => {
    return said.slice(place + 1).flatMap((later) => {
      const aheadMs = (writtenAt(earlier) ?? 0) - (writtenAt(later) ?? Infinity)
      const apartMs = Math.min(later.at - earlier.at, deliveredApart(earlier, later, evidence))
      if (later.agent !== earlier.agent || aheadMs <= 0 || apartMs <= MAY_SWAP_MS) return []
      const times = `said and delivered ${Math.round(apartMs)} ms later, written ${aheadMs} ms earlier`
      return [violation('swappedFromAgent', `${later.word} before ${earlier.word}, ${times}`)]
    })
  })
}

/** LiveChat may itself deliver what was said later first: so much later the second one came, in milliseconds. */
function deliveredApart(earlier: AgentSaid, later: AgentSaid, { fared }: Evidence): number {
  const [first = Infinity, second = -Infinity] = [
    fared.get(earlier.eventId)?.triedAt,
    fared.get(later.eventId)?.triedAt,
  ]
  return second - first
}
