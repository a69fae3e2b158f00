import { isFailure } from '../livechat/errors'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'

/**
 * Whether LiveChat still shows the thread of a handoff as open. What it says of a chat that was deleted, moved or never
 * known is not documented, so any refusal means no; an answer that did not come leaves it there.
 */
export async function isStillThere(session: Session, deps: Deps): Promise<boolean> {
  const { chatId, threadId } = session
  try {
    const { thread } = await deps.access.asCustomer(session, (identity) =>
      deps.livechat.customer.getChat(identity, { chatId, threadId }),
    )
    return thread?.active === true
  } catch (error) {
    return isFailure(error, 'try-later')
  }
}
