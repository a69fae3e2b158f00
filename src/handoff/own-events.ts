import { describe } from '../log'
import type { Chat, ThreadId } from '../livechat/types'
import type { Session } from '../session/session'
import { CUSTOM_ID_PREFIX } from '../translate/custom-id'
import { startKeyIn } from '../translate/start-key'
import type { Deps } from '../wiring'

export type OwnEvents = {
  /** Our ids of the events that we wrote into the thread: an opening, messages, notes. */
  customIds: string[]
  active: boolean
}

/** What a thread of a known customer holds of ours. `undefined`: LiveChat could not be asked. */
export async function ownEventsIn(threadId: ThreadId, known: Session, deps: Deps): Promise<OwnEvents | undefined> {
  const chat = await threadAsCustomer(threadId, known, deps)
  return chat && ownEventsOf(chat)
}

export function ownEventsOf({ thread }: Chat): OwnEvents {
  const customIds = (thread?.events ?? []).map(({ customId }) => customId ?? '')
  return { customIds: customIds.filter((id) => id.startsWith(CUSTOM_ID_PREFIX)), active: thread?.active ?? false }
}

/** The chat with that thread, as its customer sees it. `undefined`: LiveChat could not be asked. */
export async function threadAsCustomer(threadId: ThreadId, known: Session, deps: Deps): Promise<Chat | undefined> {
  const { chatId } = known
  try {
    return await deps.access.asCustomer(known, (identity) =>
      deps.livechat.customer.getChat(identity, { chatId, threadId }),
    )
  } catch (error) {
    deps.log.warn(`Who opened a thread is not known: ${describe(error)}`)
    return undefined
  }
}

/** Whether a start of ours has opened the thread, so that its conversation is about to come. */
export const isOpenedByUs = ({ customIds }: OwnEvents) => customIds.some((id) => startKeyIn(id) !== undefined)
