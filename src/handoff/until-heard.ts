import type { Session } from '../session/session'
import type { Deps } from '../wiring'

/** The plugin did not hear what it was told within the caller's time, and LiveChat should send the delivery again. */
export class NotHeard extends Error {
  override readonly name = 'NotHeard'
}

/**
 * How long the plugin is given to answer before it is told again, in milliseconds; longer each time. Too short would show
 * the customer an agent twice.
 */
const ANSWER_MAY_TAKE_MS = { first: 1000, moreEachTime: 400 }
const POLL_MS = 300
/** Kept of the caller's time for what follows, in milliseconds. */
const TIME_TO_FOLLOW_MS = 1000

/**
 * Tells the plugin of an agent or of the end, and tells it again until it was heard: before its activation the plugin
 * drops events without a sign. What it hears it answers with tags of its own on our conversation (botpress-contract
 * 2.2), which nobody else writes to meanwhile. Throws `NotHeard`; nothing was shown to the customer then.
 */
export async function tellUntilHeard(session: Session, tell: () => Promise<string>, deps: Deps): Promise<void> {
  const { activation, deadline, hitl } = deps
  if (activation.isProved(session)) return void (await tell())
  const before = await deps.sessions.get(session.conversationId)
  if (!before || before.ended) return // by another process of ours: nobody listens any more
  const { first, moreEachTime } = ANSWER_MAY_TAKE_MS
  for (let waitMs = first; deadline.leftMs() > TIME_TO_FOLLOW_MS; waitMs += moreEachTime) {
    const eventId = await tell()
    if (activation.isProved(session)) return
    // Still in the bot's queue: it is heard when its turn comes, and told again it would be heard twice.
    if (!(await hitl.isProcessed(eventId, deadline.leftMs() - TIME_TO_FOLLOW_MS))) return
    if (await isAnswered(before, waitMs, deps)) return activation.prove(session)
  }
  throw new NotHeard('the bot does not listen yet')
}

async function isAnswered(before: Session, waitMs: number, { activation, sessions, clock, deadline }: Deps) {
  const until = clock.now() + Math.min(waitMs, deadline.leftMs() - TIME_TO_FOLLOW_MS)
  for (;;) {
    const now = await sessions.get(before.conversationId)
    if (!now || now.ended || now.updatedAt > before.updatedAt) return true
    if (activation.isProved(now) || clock.now() > until) return false
    await clock.sleep(POLL_MS)
  }
}
