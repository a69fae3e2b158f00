import type { Evidence, Handoff } from '../evidence'

/** How a handoff ended, as people and bots had it. Times are milliseconds since 1970. */
type Ending = {
  /** An agent or LiveChat's router closed the thread. */
  closedAt: number | undefined
  /** The bot's side ended it: `/end`, the bot, or the plugin's limit. */
  ownAt: number | undefined
  /** Another handoff of the same person took its place. */
  replacedAt: number | undefined
}

const OWN_REASONS = ['patient-used-termination-command', 'close-action-called', 'agent-assignment-timeout']

export function endingOf(handoff: Handoff, { ledger, handoffs, threads }: Evidence): Ending {
  const closed = ledger.closed.find(({ threadId }) => threadId === handoff.threadId)
  // Where both windows ask at once, the order of their threads tells which came first.
  const placeOf = ({ threadId }: Handoff) => threads.findIndex(({ id }) => id === threadId)
  const later = handoffs.find(
    (other) => other.window !== handoff.window && isMade(other) && placeOf(other) > placeOf(handoff),
  )
  return { closedAt: closed?.at, ownAt: ownEndOf(handoff, ledger.ownEnds), replacedAt: later && startOf(later) }
}

/** The bot's side tried to end it, whether or not LiveChat was faster. */
export function ownEndTried({ window, asked }: Handoff, { ledger }: Evidence): boolean {
  return ledger.ownEnds.some((end) => end.window === window && end.at >= (asked?.at ?? 0))
}

function ownEndOf(handoff: Handoff, ownEnds: Evidence['ledger']['ownEnds']): number | undefined {
  const { window, reason = '', asked } = handoff
  if (!OWN_REASONS.includes(reason)) return undefined
  if (reason === 'agent-assignment-timeout') return startOf(handoff) + (asked?.timeoutSeconds ?? 0) * 1_000
  return ownEnds.find((end) => end.window === window && end.at >= startOf(handoff))?.at
}

export const startOf = ({ asked }: Handoff): number => asked?.at ?? 0

/** The integration has made a conversation for it. */
export const isMade = ({ conversationId }: Handoff): boolean => conversationId !== ''

/** Both sides of the plugin were active at some time. */
export const wasActive = ({ phase }: Handoff): boolean => phase === 'active' || phase === 'ended'
