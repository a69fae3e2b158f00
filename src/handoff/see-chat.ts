import type { Chat } from '../livechat/types'
import { describe } from '../log'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import { tryGetChat } from './try-get-chat'

/** To customers LiveChat shows agents under other ids. */
export type SeenChat = Chat & { isCustomersView: boolean }

/**
 * The chat as the agent token shows it; else as its customer sees it, who may look in each group. `undefined`, with `missing`
 * in the log, when LiveChat tells neither.
 */
export async function seeChat(session: Session, missing: string, deps: Deps): Promise<SeenChat | undefined> {
  const { chatId, threadId } = session
  const chat = await tryGetChat(session, `${missing} with the agent token`, deps)
  if (chat) return { ...chat, isCustomersView: false }
  try {
    const seen = await deps.access.asCustomer(session, (identity) =>
      deps.livechat.customer.getChat(identity, { chatId, threadId }),
    )
    return { ...seen, isCustomersView: true }
  } catch (error) {
    deps.log.warn(`${missing}: ${describe(error)}`)
    return undefined
  }
}
