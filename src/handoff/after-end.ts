import { isFailure } from '../livechat/errors'
import { describe } from '../log'
import { IdentityLost } from '../session/customer-access'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import { endHandoff } from './end'

/** LiveChat's webhook of the end is mostly a second behind: looked for after these pauses, in milliseconds. */
const WEBHOOK_COMES_WITHIN_MS = [1_000, 1_500, 2_000]
/** The plugin ends a handoff within this time of being asked to; what the customer wrote before was on its way. */
const ENDED_WITHIN_MS = 3_000

/**
 * A message met a closed chat. The webhook of that end knows who closed it, so it gets the time to come first; then this
 * ends the handoff itself.
 */
export async function endAfterClosedChat(error: unknown, session: Session, deps: Deps): Promise<void> {
  deps.log.info(`A message met the closed chat ${session.chatId}, thread ${session.threadId}: the bot takes over`)
  const isWebhookExpected = isFailure(error, 'session-over')
  if (isWebhookExpected && (await wasEndedMeanwhile(session, deps))) return
  await endHandoff(session, { undelivered: 1 }, deps)
  if (!(error instanceof IdentityLost)) return
  // Nobody can speak for the customer of this chat any more, and its agent should not go on talking to nobody.
  await deps.livechat.agent
    .deactivateChat(session)
    .catch((closing: unknown) => deps.log.warn(`The chat could not be closed: ${describe(closing)}`))
}

async function wasEndedMeanwhile({ conversationId }: Session, { sessions, clock }: Deps): Promise<boolean> {
  for (const pauseMs of WEBHOOK_COMES_WITHIN_MS) {
    await clock.sleep(pauseMs)
    if ((await sessions.get(conversationId))?.ended) return true
  }
  return false
}

/** The plugin still passes messages on long after it was asked to end the handoff: it has missed that, so once more. */
export async function repairMissedEnd(session: Session, writtenAt: number, deps: Deps): Promise<void> {
  const stoppedAt = await deps.events.stoppedAt(session)
  if (stoppedAt !== undefined && writtenAt < stoppedAt + ENDED_WITHIN_MS) return
  await deps.events.stopped(session)
}
