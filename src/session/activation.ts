import type { Clock, Deadline } from '../clock'
import type { Memory } from './memory'
import type { Session } from './session'
import type { Sessions } from './sessions'

/** From this age on a session counts as active without proof, in milliseconds: linking takes the plugin a few seconds. */
const GAP_OVER_MS = 30_000
/**
 * Activation follows the link after two more calls of the plugin, which has made three by then: a plugin that needed
 * long for those is given long for these, in milliseconds.
 */
const AFTER_LINK_MS = { least: 1200, most: 8000, shareOfTimeToLink: 1.2 }
/** Longest hold of one delivery, in milliseconds; LiveChat gives up after 10 s. */
const MAX_HOLD_MS = 6000
/** Kept of the caller's time for what follows the hold, in milliseconds. */
const TIME_TO_DELIVER_MS = 1000
/** Looking more often would tell nothing sooner: what follows the link takes longer, and counts from the link itself. */
const POLL_MS = 1000

/**
 * The plugin drops, without a sign, what reaches it between our `startHitl` and its own activation. No state of the
 * plugin is readable for us; what shows is its link, a write to our conversation, and later a message of the customer.
 */
export class Activation {
  constructor(
    private readonly sessions: Sessions,
    private readonly memory: Memory,
    private readonly clock: Clock,
  ) {}

  /** A customer's message came through: both sides are active. */
  prove(session: Session): void {
    this.memory.active.set(session.conversationId, true)
  }

  /** Whether nothing needs to be waited for. */
  isProved(session: Session): boolean {
    if (this.memory.active.get(session.conversationId) || hasBeenToldOf(session)) return true
    return this.clock.now() - session.createdAt >= GAP_OVER_MS
  }

  /** Holds until the plugin listens. `false` when it still does not: nothing may be written then. */
  async await(session: Session, deadline: Deadline): Promise<boolean> {
    const holdUntil = this.clock.now() + Math.min(MAX_HOLD_MS, deadline.leftMs() - TIME_TO_DELIVER_MS)
    for (let seen = session; !this.isProved(seen);) {
      const isLinked = this.wasLinked(seen)
      const pause = isLinked ? this.untilActive(seen) : POLL_MS
      if (this.clock.now() + pause > holdUntil) return false
      await this.clock.sleep(pause)
      if (isLinked) this.prove(seen)
      else seen = (await this.sessions.get(session.conversationId)) ?? seen
    }
    return true
  }

  /**
   * We write nothing to a conversation before it is active, so a later write than its opening is the plugin's link.
   * Nothing promises that both times of a new conversation are equal; a process that did not open it takes them to be.
   */
  private wasLinked({ conversationId, createdAt, updatedAt }: Session): boolean {
    return updatedAt > (this.memory.openedAt.get(conversationId) ?? createdAt)
  }

  /** Never more than the pause itself, whatever the two clocks say. */
  private untilActive({ createdAt, updatedAt }: Session): number {
    const { least, most, shareOfTimeToLink } = AFTER_LINK_MS
    const pause = Math.min(most, Math.max(least, (updatedAt - createdAt) * shareOfTimeToLink))
    return Math.min(pause, Math.max(0, updatedAt + pause - this.clock.now()))
  }
}

/** An agent or a place in the queue was noted, by any process of ours: it had found that the plugin listens. */
const hasBeenToldOf = ({ agentUserId, queue }: Session) => agentUserId !== undefined || queue !== undefined
