import { describe } from '../log'
import type { ThreadId } from '../livechat/types'
import type { Session } from '../session/session'
import { CUSTOM_ID_PREFIX } from '../translate/custom-id'
import type { Deps } from '../wiring'

export type OwnEvents = {
  /** Our ids of the events that we wrote into the thread: an opening, messages, notes. */
  customIds: string[]
  active: boolean
}

/** What a thread of a known customer holds of ours. `undefined`: LiveChat could not be asked. */
export async function ownEventsIn(threadId: ThreadId, known: Session, deps: Deps): Promise<OwnEvents | undefined> {
  const { chatId } = known
  try {
    const { thread } = await deps.access.asCustomer(known, (identity) =>
      deps.livechat.customer.getChat(identity, { chatId, threadId }),
    )
    const customIds = (thread?.events ?? []).map(({ customId }) => customId ?? '')
    return { customIds: customIds.filter((id) => id.startsWith(CUSTOM_ID_PREFIX)), active: thread?.active ?? false }
  } catch (error) {
    deps.log.warn(`Who opened a thread is not known: ${describe(error)}`)
    return undefined
  }
}

/** The id of the note that the customer is with the bot: it opens no handoff. */
export const noteIdOf = (threadId: ThreadId) => `${CUSTOM_ID_PREFIX}note-${threadId}`

/** Whether a start of ours has opened the thread, so that its conversation is about to come. */
export function isOpenedByUs(threadId: ThreadId, { customIds }: OwnEvents): boolean {
  return customIds.some((id) => id !== noteIdOf(threadId))
}
