import type { Clock, Deadline } from '../clock'
import type { Cache } from './cache'
import { testedTag, type Session } from './session'
import type { Sessions } from './sessions'

/** From this age on a session counts as active without any sign, in milliseconds. */
const GAP_OVER_MS = 30_000
/** From this age on the plugin's link is missed, in milliseconds: perhaps it leaves no trace. */
const LINK_IS_LATE_MS = 7_000
/**
 * Activation follows the link after two more calls of the plugin, which has made three by then: a plugin that needed
 * long for those is given long for these, in milliseconds.
 */
const AFTER_LINK_MS = { least: 1200, most: 8000, shareOfTimeToLink: 1.2 }
/** Kept of the caller's time for what follows the hold, in milliseconds. */
const TIME_TO_DELIVER_MS = 500
/** Looking more often would tell nothing sooner: what follows the link takes longer, and counts from the link itself. */
const POLL_MS = 1_000
/** How soon a proof that comes to this very process is noticed, in milliseconds: it costs no call. */
const NOTICE_MS = 50
/** A write within this time of our own test may be the test itself, in milliseconds. */
const TEST_MAY_TAKE_MS = 2_000

export type ActivationMemory = {
  /** Conversations whose plugin is known to listen. */
  active: Cache<true>
}

/**
 * The plugin drops, without a sign, what reaches it between our `startHitl` and its own activation. No state of the
 * plugin is readable for us; what shows is its link, a write to our conversation, and later a message of the customer.
 */
export class Activation {
  constructor(
    private readonly sessions: Sessions,
    private readonly memory: ActivationMemory,
    private readonly clock: Clock,
  ) {}

  /** Whether nothing needs to be waited for. */
  isActive(session: Session): boolean {
    return this.memory.active.get(session.conversationId) === true || this.showsActive(session)
  }

  /** A customer's message came through, so both sides are active. Other processes may be waiting to know it. */
  async markActive(session: Session): Promise<void> {
    const isNews = !this.isActive(session)
    this.memory.active.set(session.conversationId, true)
    if (isNews) await this.sessions.write(session, { active: 'true' })
  }

  /** Holds until the plugin listens. `false` when it still does not: nothing may be written then. */
  async waitUntilActive(session: Session, deadline: Deadline): Promise<boolean> {
    const holdUntil = this.clock.now() + deadline.leftMs() - TIME_TO_DELIVER_MS
    for (let seen = session; !this.isActive(seen);) {
      const isLinked = this.isLinked(seen)
      const pauseMs = isLinked ? this.untilActive(seen) : this.untilNextLook(seen)
      if (this.clock.now() + pauseMs > holdUntil) return false
      await this.pause(pauseMs, seen)
      if (isLinked) this.memory.active.set(seen.conversationId, true)
      else seen = await this.lookAgain(seen)
    }
    return true
  }

  /** Whether the plugin has linked the conversation, as far as that leaves a trace. */
  isLinked(session: Session): boolean {
    const { updatedAt, testedAt } = session
    const ownWritesUntil = testedAt === undefined ? 0 : testedAt + TEST_MAY_TAKE_MS
    return updatedAt > Math.max(this.sessions.openedAt(session), ownWritesUntil)
  }

  /** Whether the plugin's link would show, as our own write does. */
  async leavesTraces(session: Session): Promise<boolean> {
    const tested = session.testedAt === undefined ? await this.test(session) : session
    return tested.updatedAt > this.sessions.openedAt(session)
  }

  /** Whether the bot has ever taken notice of the handoff, as far as anything shows it. */
  wasNoticed(session: Session): boolean {
    return this.isLinked(session) || session.isActive || session.agents.length > 0 || session.queue !== undefined
  }

  /** Ends early when the proof comes to this very process. */
  private async pause(ms: number, { conversationId }: Session): Promise<void> {
    const until = this.clock.now() + ms
    while (this.clock.now() < until && !this.memory.active.get(conversationId))
      await this.clock.sleep(Math.min(NOTICE_MS, until - this.clock.now()))
  }

  /** What the conversation itself tells. */
  private showsActive(session: Session): boolean {
    if (session.isActive || session.agents.length > 0 || session.queue !== undefined) return true
    return this.leavesNoTrace(session) || this.ageOf(session) >= GAP_OVER_MS
  }

  /** Our own write did not move `updatedAt`, so the plugin's did not either, and it has long made it. */
  private leavesNoTrace(session: Session): boolean {
    const { testedAt, updatedAt } = session
    return (
      testedAt !== undefined && updatedAt <= this.sessions.openedAt(session) && this.ageOf(session) >= LINK_IS_LATE_MS
    )
  }

  /** Whether writing tags moves `updatedAt` is not documented: a late link is a reason to try. */
  private async lookAgain(session: Session): Promise<Session> {
    const seen = (await this.sessions.get(session.conversationId)) ?? session
    const isMissed = !this.isLinked(seen) && this.ageOf(seen) >= LINK_IS_LATE_MS && seen.testedAt === undefined
    return isMissed && !this.isActive(seen) ? this.test(seen) : seen
  }

  private test(session: Session): Promise<Session> {
    return this.sessions.write(session, { active: testedTag(this.clock.now()) })
  }

  /** Never more than the pause itself, whatever the two clocks say. */
  private untilActive({ createdAt, updatedAt }: Session): number {
    const { least, most, shareOfTimeToLink } = AFTER_LINK_MS
    const pause = Math.min(most, Math.max(least, (updatedAt - createdAt) * shareOfTimeToLink))
    return Math.min(pause, Math.max(0, updatedAt + pause - this.clock.now()))
  }

  private untilNextLook(session: Session): number {
    const untilLate = LINK_IS_LATE_MS - this.ageOf(session)
    return untilLate > 0 ? Math.min(POLL_MS, untilLate) : POLL_MS
  }

  private ageOf({ createdAt }: Session): number {
    return this.clock.now() - createdAt
  }
}
