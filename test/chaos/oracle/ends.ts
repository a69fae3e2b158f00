import type { Evidence, Handoff } from '../evidence'
import type { Window } from '../story'
import { endingOf, isMade, ownEndTried, wasActive } from './endings'
import { violation, type Kind, type Violation } from './violation'

/** What the plugin tells the customer at the three kinds of ends. */
const ENDED_BY_AGENT = 'The human agent closed the conversation. I will continue assisting you.'
const ENDED_BY_CUSTOMER = 'You have ended the session with the human agent. I will continue assisting you.'
const NOBODY_CAME = 'No human agent is available at the moment. Please try again later.'

/** How often something may and must happen. */
type Range = { least: number; most: number }

/** Each handoff ends once, for a reason, for everybody; the bot is notified of ends that it did not make. */
export function ends(evidence: Evidence): Violation[] {
  return [
    ...evidence.handoffs.flatMap((handoff) => [...hasReason(handoff, evidence), ...reportedToBot(handoff, evidence)]),
    ...shown(evidence, 0),
    ...shown(evidence, 1),
    ...shared(evidence),
  ]
}

function hasReason(handoff: Handoff, evidence: Evidence): Violation[] {
  if (handoff.reason !== 'agent-closed-ticket') return []
  const { closedAt, replacedAt } = endingOf(handoff, evidence)
  return closedAt === undefined && replacedAt === undefined ? [violation('endedForNothing', nameOf(handoff))] : []
}

function reportedToBot(handoff: Handoff, evidence: Evidence): Violation[] {
  const times = handoff.chatEnded.length
  const { closedAt, ownAt, replacedAt } = endingOf(handoff, evidence)
  if (times > 1) return [violation('chatEndedTwice', nameOf(handoff))]
  // Where both sides end it at about the same time, either may be the one that counts.
  if (ownAt !== undefined)
    return times > 0 && closedAt === undefined ? [violation('chatEndedForOwn', nameOf(handoff))] : []
  const isCertain = wasActive(handoff) && closedAt !== undefined && replacedAt === undefined
  return isCertain && times === 0 && !ownEndTried(handoff, evidence)
    ? [violation('chatEndedNever', nameOf(handoff))]
    : []
}

function shown(evidence: Evidence, window: Window): Violation[] {
  const texts = evidence.windows[window].map(({ text }) => text)
  const byAgent = texts.filter((text) => text === ENDED_BY_AGENT).length
  const byOwn = texts.filter((text) => text === ENDED_BY_CUSTOMER || text.startsWith(NOBODY_CAME)).length
  const own = evidence.handoffs.filter((each) => each.window === window && wasActive(each))
  const agents = sum(own.map((handoff) => byAgentIn(handoff, evidence)))
  const owns = sum(own.map((handoff) => byOwnIn(handoff, evidence)))
  return [...compare(byAgent, agents, 'by the agent'), ...compare(byOwn, owns, "by the bot's side")]
}

function byAgentIn(handoff: Handoff, evidence: Evidence): Range {
  const { closedAt, ownAt, replacedAt } = endingOf(handoff, evidence)
  if (handoff.isActive) return { least: 0, most: 0 } // that it never ended is judged elsewhere
  if (ownAt !== undefined) return { least: 0, most: closedAt !== undefined || replacedAt !== undefined ? 1 : 0 }
  return { least: ownEndTried(handoff, evidence) ? 0 : 1, most: 1 }
}

function byOwnIn(handoff: Handoff, evidence: Evidence): Range {
  const isShown = ['patient-used-termination-command', 'agent-assignment-timeout'].includes(handoff.reason ?? '')
  const isTried = ownEndTried(handoff, evidence)
  return { least: isShown && !handoff.isStopCut ? 1 : 0, most: isShown || isTried ? 1 : 0 }
}

function compare(times: number, { least, most }: Range, by: string): Violation[] {
  const kind: Kind | undefined = times > most ? 'endTwice' : times < least ? 'endNever' : undefined
  return kind
    ? [violation(kind, `ended ${by}: ${times} times, due ${least === most ? most : `${least} to ${most}`}`)]
    : []
}

const sum = (ranges: readonly Range[]): Range =>
  ranges.reduce((all, { least, most }) => ({ least: all.least + least, most: all.most + most }), { least: 0, most: 0 })

function shared({ handoffs }: Evidence): Violation[] {
  const made = handoffs.filter(isMade).map(({ conversationId }) => conversationId)
  return new Set(made).size < made.length ? [violation('sharedConversation', made.join(', '))] : []
}

const nameOf = ({ window, threadId }: Handoff) => `thread ${threadId}, window ${window}`
