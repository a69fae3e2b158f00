import { isFailure } from '../livechat/errors'
import type { StartedChat } from '../livechat/api'
import type { CustomerId } from '../livechat/types'
import { describe } from '../log'
import type { Deps } from '../wiring'

/**
 * Closes a thread with the agent token. An agent may have moved the chat to a group that its owner cannot reach; the
 * customer may close it anywhere, so that is the second way. Throws what the second way throws.
 */
export async function closeChat(
  thread: StartedChat & { userId: string; customerId: CustomerId },
  deps: Deps,
): Promise<void> {
  const { agent, customer } = deps.livechat
  try {
    await agent.deactivateChat(thread)
  } catch (error) {
    deps.log.info(`The agent token could not close the chat: ${describe(error)}`)
    const lookFirst = isFailure(error, 'try-later') // it was tried for so long that the customer may have come back
    await deps.access.asCustomer(thread, (identity) => customer.deactivateChat(identity, thread, { lookFirst }))
  }
}
