import { OperationTimeoutError } from '@botpress/client'
import { isRefusedForGood } from '../botpress-client'
import { inTime } from '../clock'
import type { Session, SessionTags } from '../session/session'
import type { Deps } from '../wiring'

/** How long one try may take, in milliseconds: others take the handoff for live meanwhile. */
const END_MARK_MAY_TAKE_MS = 5_000
/** Before the second try, in milliseconds. */
const AGAIN_AFTER_MS = 500

/**
 * Marks a handoff as ended where nothing asks for it again, unlike after a webhook. Two tries, for unmarked, the bot would hear
 * of its own end, or an agent write to nobody. Throws when Botpress takes neither.
 */
export async function markEnd(session: Session, tags: SessionTags, { sessions, clock }: Deps): Promise<void> {
  const tooLate = () => new OperationTimeoutError('not marked')
  const mark = () => inTime(sessions.write(session, tags), { ms: END_MARK_MAY_TAKE_MS, tooLate }, clock)
  try {
    await mark()
  } catch (error) {
    if (isRefusedForGood(error)) throw error
    await clock.sleep(AGAIN_AFTER_MS)
    await mark()
  }
}
