import type { Client } from '../bp'
import { isNotFound } from '../botpress-client'
import { inTime, type Clock, type Deadline } from '../clock'
import { RetryLater } from '../retry-later'
import { CLOCK_SKEW_MS } from '../timing'

/**
 * The right to change who is in a customer's handoff, or to begin or end one. Only one process has it. `inherited`: the
 * process that had it before did not give it back, so what it was doing may be half done.
 */
export type Lease = {
  readonly userId: string
  readonly owner: string
  /** Milliseconds since 1970. */
  readonly until: number
  readonly inherited: boolean
  readonly isStored: boolean
  /** Somebody was notified under it and the mark is missing: whoever comes next looks what was done. */
  isHalfDone?: boolean
}

/** Somebody else was given the same lease, and counts: whoever lost it begins again. */
export class LeaseLost extends RetryLater {}

/** When somebody else's lease is looked at again, in milliseconds: mostly their work is done by then. */
const FIRST_WAIT_MS = 350
const WAIT_MS = 500
/** After a takeover, until it is certain who has it, in milliseconds. */
const TAKEOVER_SETTLES_MS = 300
/** What waits behind the giving back of a lease is worth more than the lease, which ends by itself; in milliseconds. */
const GIVING_BACK_MAY_TAKE_MS = 3_000
/** Before a lease is given back again whose giving back failed, in milliseconds. */
const AGAIN_AFTER_MS = 300
/** Kept of the caller's time when waiting ends in vain, in milliseconds. */
const SPARE_MS = 1_500
/** What Botpress forgets by itself, in milliseconds without use. It only cleans up: `until` counts. */
const EXPIRY_MS = 60 * 60_000

/** Who has a lease that was handed on. */
const NOBODY = 'nobody'

type StoredLease = { owner: string; until: number }

type Needs = {
  client: Client
  /** Writes with one attempt: a repetition that nobody sees would overwrite the lease of whoever has it by then. */
  once: () => Client
  clock: Clock
  deadline: Deadline
  newOwner: () => string
}

/**
 * One lease for each customer, kept in the user's state `turn`. It is given back by deleting the state, so that the next
 * one begins with a real get-or-set. What was not given back is taken over after its end.
 */
export class Leases {
  private readonly held = new Map<string, Lease>()

  constructor(private readonly needs: Needs) {}

  /** The lease that this request has already, if it has one. */
  heldOf(userId: string): Lease | undefined {
    return this.held.get(userId)
  }

  /** One try. `undefined`: somebody else has it. Believe it only after `isStillMine`. */
  async tryTake(userId: string, holdMs: number): Promise<Lease | undefined> {
    const { once, clock, newOwner } = this.needs
    const mine: StoredLease = { owner: newOwner(), until: clock.now() + holdMs }
    const current = await this.getOrSet(userId, mine)
    if (!current) return this.keep({ userId, ...mine, inherited: true, isStored: false })
    if (current.owner === mine.owner) return this.keep({ userId, ...mine, inherited: false, isStored: true })
    if (current.until + CLOCK_SKEW_MS > clock.now()) return undefined
    // Whether it was written tells the look below.
    await once()
      .setState({ ...leaseStateOf(userId), payload: mine, expiry: EXPIRY_MS })
      .catch(() => undefined)
    await clock.sleep(TAKEOVER_SETTLES_MS)
    const isMine = (await this.ownerOf(userId)) === mine.owner
    return isMine ? this.keep({ userId, ...mine, inherited: true, isStored: true }) : undefined
  }

  /** Whether nobody else was given it at the same moment: nothing promises that get-or-set is atomic. */
  async isStillMine({ userId, owner, isStored }: Lease): Promise<boolean> {
    if (!isStored) return true
    const isMine = (await this.ownerOf(userId)) === owner
    if (!isMine) this.held.delete(userId)
    return isMine
  }

  /**
   * Takes the lease, waiting while somebody else has it. After each wait `isDone` looks whether there is still anything to
   * do; when there is not, the answer is `undefined`. Throws `RetryLater` shortly before the caller's time is over.
   */
  async take(userId: string, holdMs: number, isDone: () => Promise<boolean>): Promise<Lease | undefined> {
    const { clock, deadline } = this.needs
    let lease = await this.tryTake(userId, holdMs)
    for (let waitMs = FIRST_WAIT_MS; !lease; waitMs = WAIT_MS) {
      if (deadline.leftMs() < waitMs + SPARE_MS) throw new RetryLater('another process is at work on this handoff')
      await clock.sleep(waitMs)
      if (await isDone()) return undefined
      lease = await this.tryTake(userId, holdMs)
    }
    return lease
  }

  /** The same, for whoever has something to do in any case. */
  async wait(userId: string, holdMs: number): Promise<Lease> {
    const lease = await this.take(userId, holdMs, () => Promise.resolve(false))
    if (!lease) throw new RetryLater('the lease was not given')
    return lease
  }

  /** Never fails: what cannot be given back ends by itself. */
  async release(lease: Lease): Promise<void> {
    if (lease.isHalfDone) return this.abandon(lease)
    await this.giveBack(lease, null)
  }

  /** Gives back what was inherited: half done is still half done, so whoever comes next inherits too. Never fails. */
  async handOn(lease: Lease): Promise<void> {
    await this.giveBack(lease, { owner: NOBODY, until: 0 })
  }

  /** Leaves the lease to its end: whoever takes it over looks whether the work was done. */
  abandon({ userId }: Lease): void {
    this.held.delete(userId)
  }

  /** Only until its end, since it may be somebody else's then, and again only after a look who has it. */
  private async giveBack({ userId, owner, until, isStored }: Lease, payload: StoredLease | null): Promise<void> {
    const { once, clock } = this.needs
    this.held.delete(userId)
    const write = async () => {
      if (clock.now() >= until) return
      const written = once().setState({ ...leaseStateOf(userId), payload, ...(payload && { expiry: EXPIRY_MS }) })
      await inTime(written, { ms: GIVING_BACK_MAY_TAKE_MS, tooLate: () => new RetryLater('not given back') }, clock)
    }
    if (!isStored) return
    try {
      await write()
    } catch {
      await clock.sleep(AGAIN_AFTER_MS)
      const isMine = await this.ownerOf(userId).then(
        (current) => current === owner,
        () => false,
      )
      if (isMine) await write().catch(() => undefined)
    }
  }

  /** `undefined`: somebody deleted the user in Botpress, and what has to be ended is ended without a lease. */
  private async getOrSet(userId: string, mine: StoredLease): Promise<StoredLease | undefined> {
    try {
      const { state } = await this.needs.client.getOrSetState({
        ...leaseStateOf(userId),
        payload: mine,
        expiry: EXPIRY_MS,
      })
      return state.payload as StoredLease
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }

  private keep(lease: Lease): Lease {
    this.held.set(lease.userId, lease)
    return lease
  }

  private async ownerOf(userId: string): Promise<string | undefined> {
    try {
      const { state } = await this.needs.client.getState(leaseStateOf(userId))
      return (state.payload as StoredLease).owner
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }
}

const leaseStateOf = (userId: string) => ({ type: 'user', id: userId, name: 'turn' }) as const
