import type { Lease } from '../session/lease'
import type { Session } from '../session/session'
import { LEASE_MS } from '../timing'
import type { Deps } from '../wiring'

/**
 * What is decided under a lease: the session as Botpress has it now. `inherited`: another process may have left the work
 * half done. `isHalfDone` is set between notifying somebody and marking it: the lease is then left to its end, so that
 * whoever comes next looks what was done.
 */
export type Turn = { session: Session; readonly inherited: boolean; isHalfDone: boolean }

type Options<Facts> = {
  /** Looks at a session that another process is at work on: `true` when there is nothing left to do. */
  isDone: (session: Session) => boolean
  /** What has to be as fresh as the session, asked beside it. */
  alongside: () => Promise<Facts>
}

/**
 * Runs `work` under the lease of the session's customer. The session that is given was read before and is only a hint.
 * `undefined`: somebody else has done it meanwhile. Throws `RetryLater` when the time for waiting is over.
 */
export async function inTurn<Facts, Result>(
  session: Session,
  { isDone, alongside }: Options<Facts>,
  work: (turn: Turn, facts: Facts) => Promise<Result>,
  deps: Deps,
): Promise<Result | undefined> {
  const { leases, sessions } = deps
  const { userId, conversationId } = session
  const held = leases.heldOf(userId)
  if (held) {
    // A start looks around before it comes here, and a stop takes no lease.
    const [fresh, facts] = await Promise.all([sessions.get(conversationId), alongside()])
    if (!fresh || isDone(fresh)) return undefined
    const turn: Turn = { session: fresh, inherited: held.inherited, isHalfDone: false }
    return work(turn, facts).finally(() => (held.isHalfDone = turn.isHalfDone))
  }
  for (;;) {
    const lease = await leases.take(userId, leaseTime(deps), async () => {
      const seen = await sessions.get(conversationId)
      return !seen || isDone(seen)
    })
    if (!lease) return undefined
    const [isMine, fresh, facts] = await readUnder(lease, session, alongside, deps)
    if (!isMine) continue
    if (!fresh) deps.log.info(`Botpress has the conversation of chat ${session.chatId} no more: nothing is done`)
    const turn: Turn = { session: fresh ?? session, inherited: lease.inherited, isHalfDone: false }
    try {
      return fresh && (await work(turn, facts))
    } finally {
      if (turn.isHalfDone) leases.abandon(lease)
      else await giveBack(lease, session, deps)
    }
  }
}

/** What `work` decides from. A reading that fails gives the lease back. */
async function readUnder<Facts>(lease: Lease, session: Session, alongside: () => Promise<Facts>, deps: Deps) {
  const { leases, sessions } = deps
  try {
    return await Promise.all([leases.isStillMine(lease), sessions.get(session.conversationId), alongside()])
  } catch (error) {
    await giveBack(lease, session, deps)
    throw error
  }
}

/**
 * What the holder before has left half done may be something else than what was done now, such as the end. Only when all is
 * over there is nothing to look for any more.
 */
function giveBack(lease: Lease, session: Session, { leases, sessions }: Deps): Promise<void> {
  const isOver = sessions.remembered(session)?.ended !== undefined
  return lease.inherited && !isOver ? leases.handOn(lease) : leases.release(lease)
}

/** The last call of a request may end a little after its answer. */
const LAST_CALL_MS = 1_500

const leaseTime = ({ deadline }: Deps) => Math.min(LEASE_MS, deadline.leftMs() + LAST_CALL_MS)
