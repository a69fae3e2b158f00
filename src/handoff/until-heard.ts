import type { Session } from '../session/session'
import type { Deps } from '../wiring'

/** The plugin did not hear what it was told within the caller's time, and LiveChat should send the delivery again. */
export class NotHeard extends Error {
  override readonly name = 'NotHeard'
}

/** The plugin writes its tags while it processes an event; they are looked for once more after this, in milliseconds. */
const LOOK_AGAIN_AFTER_MS = 400
/** Kept of the caller's time for what follows, in milliseconds. */
const TIME_TO_FOLLOW_MS = 1000

/**
 * Tells the plugin of an agent or of the end, and tells it again until it was heard: before its activation the plugin
 * drops events without a sign. What it hears it answers with tags of its own on our conversation (botpress-contract
 * 2.2), which nobody else writes to meanwhile. Throws `NotHeard`; nothing was shown to the customer then.
 */
export async function tellUntilHeard(session: Session, tell: () => Promise<string>, deps: Deps): Promise<void> {
  const { activation, clock, deadline, hitl } = deps
  if (activation.isProved(session)) return void (await tell())
  const before = await deps.sessions.get(session.conversationId)
  for (;;) {
    const eventId = await tell()
    const processed = await hitl.isProcessed(eventId, deadline.leftMs() - TIME_TO_FOLLOW_MS)
    if (!processed || !before || activation.isProved(session)) return // told again, it could be heard twice
    if (await isAnswered(before, deps)) return activation.prove(session)
    if (deadline.leftMs() < TIME_TO_FOLLOW_MS) throw new NotHeard('the bot does not listen yet')
    await clock.sleep(LOOK_AGAIN_AFTER_MS)
    if (await isAnswered(before, deps)) return activation.prove(session)
  }
}

async function isAnswered({ conversationId, updatedAt }: Session, { sessions }: Deps): Promise<boolean> {
  const now = await sessions.get(conversationId)
  return now !== undefined && now.updatedAt > updatedAt
}
