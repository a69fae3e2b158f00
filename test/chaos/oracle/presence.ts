import type { Evidence, Handoff } from '../evidence'
import type { Stay } from '../ledger'
import { TEAM } from '../story'
import { endingOf, wasActive } from './endings'
import { violation, type Violation } from './violation'

/** What the plugin tells the customer of each accepted announcement. */
const JOINED = 'A human agent has joined the conversation.'

/** How long an announcement may take after the last webhook that can bring it, in milliseconds. */
const ANNOUNCED_WITHIN_MS = 5_000
/** LiveChat's repetitions, and what a process that was killed leaves locked, in milliseconds. */
const REPEATED_WITHIN_MS = 30_000

/** Each agent is announced once for each time they come, before their words, and nobody else is. */
export function presence(evidence: Evidence): Violation[] {
  const active = evidence.handoffs.filter(wasActive)
  return [
    ...active.flatMap((handoff) => agentsOf(handoff, evidence)),
    ...active.flatMap((handoff) => wordsAfterAnnouncement(handoff, evidence)),
    ...joined(evidence),
  ]
}

function agentsOf(handoff: Handoff, evidence: Evidence): Violation[] {
  return TEAM.flatMap((name, agent) => {
    const stays = evidence.ledger.stays.filter((stay) => stay.threadId === handoff.threadId && stay.agent === agent)
    const times = handoff.announced.filter((each) => each.agent === agent).map(({ at }) => at)
    const detail = `${name}: ${times.length} announced, ${stays.length} came`
    const first = stays[0]?.from ?? Infinity
    if (times.some((at) => at < first)) return [violation('announcedNobody', detail)]
    if (times.length > stays.length) return [violation('announcedAgain', detail)]
    return times.length < longStays(stays, handoff, evidence) ? [violation('neverAnnounced', detail)] : []
  })
}

/**
 * How often an agent came, at least, for anybody who hears late of it: short stays and short absences do not count. An agent
 * who opened the thread before the handoff began is announced with their words.
 */
function longStays(stays: readonly Stay[], handoff: Handoff, evidence: Evidence): number {
  const slackMs = evidence.latestMs + ANNOUNCED_WITHIN_MS + (evidence.hasFaults ? REPEATED_WITHIN_MS : 0)
  const { closedAt, ownAt, replacedAt } = endingOf(handoff, evidence)
  const end = Math.min(closedAt ?? Infinity, ownAt ?? Infinity, replacedAt ?? Infinity)
  const begin = handoff.asked?.activeAt ?? Infinity
  const { askedAt = 0 } = evidence.threads.find(({ id }) => id === handoff.threadId) ?? {}
  let count = 0
  let goneAt = -Infinity
  for (const { from, to = Infinity } of stays) {
    const isLong = Math.min(to, end) - Math.max(from, begin) > slackMs
    if (isLong && from >= askedAt && from - goneAt > slackMs) count += 1
    goneAt = to
  }
  return count
}

/** Whose words the customer reads is announced first. What comes after the end is kept without that. */
function wordsAfterAnnouncement({ announced, relayed, window }: Handoff, { windows }: Evidence): Violation[] {
  const shown = new Set(windows[window].flatMap(({ words }) => words))
  const early = relayed.filter(({ at, agent, words }) => {
    const isShown = words.some((word) => shown.has(word))
    return isShown && !announced.some((each) => each.agent === agent && each.at <= at)
  })
  return early.map(({ words, agent }) =>
    violation('wordsFirst', `${words.join(', ')} of ${TEAM[agent as 0] ?? 'somebody'}, window ${window}`),
  )
}

/** What the customer reads, window by window: late hooks of one handoff may show in the next. */
function joined({ windows, handoffs }: Evidence): Violation[] {
  return ([0, 1] as const).flatMap((window) => {
    const shown = windows[window].filter(({ text }) => text === JOINED).length
    const events = handoffs.filter((each) => each.window === window).flatMap(({ announced }) => announced).length
    const hasWords = windows[window].some(({ from, words }) => from === 'agent' && words.length > 0)
    const detail = `${shown} times, ${events} announcements`
    if (shown > events) return [violation('joinedTwice', detail)]
    return hasWords && shown === 0 ? [violation('joinedNever', detail)] : []
  })
}
