import type { Evidence, ThreadSeen } from '../evidence'
import type { Asked } from '../ledger'
import { endingOf, startOf } from './endings'
import { violation, type Violation } from './violation'

/** A note needs the thread to be open when the webhook of the words comes, and some calls; in milliseconds. */
const NOTED_WITHIN_MS = 5_000

/** Whoever asks is handed over; an agent who writes where nobody listens learns it. */
export function starts(evidence: Evidence): Violation[] {
  const { ledger, lost, hasFaults, threads } = evidence
  const refused = hasFaults ? [] : ledger.asked.filter((asked) => isRefusedWrongly(asked, evidence))
  return [
    ...refused.map(({ refusal = '' }) => violation('refused', refusal)),
    ...(hasFaults ? [] : lost.map((action) => violation('webhookLost', action))),
    ...threads.flatMap((thread) => noted(thread, evidence)),
  ]
}

/** Two windows of one address: the second is refused while the first is in an agent's hands. */
function isRefusedWrongly({ refusal, window, at, endedAt = Infinity }: Asked, evidence: Evidence): boolean {
  if (refusal === undefined) return false
  if (!/Already in a handoff/.test(refusal)) return true
  return !evidence.handoffs.some((other) => {
    const { closedAt = Infinity, ownAt = Infinity, replacedAt = Infinity } = endingOf(other, evidence)
    return other.window !== window && startOf(other) < endedAt && Math.min(closedAt, ownAt, replacedAt) > at - SLACK_MS
  })
}

/** An end that the other window has just come to may not have reached everybody. */
const SLACK_MS = 3_000

function noted({ id, events }: ThreadSeen, { ledger, handoffs, latestMs, hasFaults }: Evidence): Violation[] {
  const notes = events.filter(({ customId }) => customId.startsWith('hitl-note-')).length
  if (notes > 1) return [violation('notes', `thread ${id}`)]
  const said = ledger.agentsSaid.find(({ threadId, isNote }) => threadId === id && !isNote)
  const isUnheard = ledger.reopened.includes(id) && !handoffs.some(({ threadId }) => threadId === id)
  const closedAt = ledger.closed.find(({ threadId }) => threadId === id)?.at ?? Infinity
  const isInTime = said !== undefined && closedAt - said.at > latestMs + NOTED_WITHIN_MS
  return notes === 0 && isUnheard && isInTime && !hasFaults ? [violation('noNote', `thread ${id}`)] : []
}
