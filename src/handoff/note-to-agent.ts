import { describe } from '../log'
import type { ThreadId } from '../livechat/types'
import type { Session } from '../session/session'
import { CUSTOM_ID_PREFIX } from '../translate/custom-id'
import type { Deps } from '../wiring'
import { asCustomer } from './as-customer'

/**
 * An agent writes to one of our customers in a thread that no live handoff stands for: reopened by the agent, or left
 * open when our own close failed. Told once for each thread that nobody reads it. `known`: any handoff of this chat.
 * `starting`: the thread holds our own opening, so its handoff is about to begin and nothing was said.
 */
export async function noteThatCustomerIsWithBot(
  threadId: ThreadId,
  known: Session,
  deps: Deps,
): Promise<'starting' | undefined> {
  const { chatId, userId } = known
  const text = deps.words.say('agentNote')
  if (text === undefined || deps.memory.notedThreads.get(threadId)) return undefined
  const customId = `${CUSTOM_ID_PREFIX}note-${threadId}`
  const identity = await deps.customers.withToken(userId)
  if (!identity) return undefined
  const { thread } = await asCustomer(userId, identity, deps, (current) =>
    deps.livechat.customer.getChat(current, { chatId, threadId }),
  )
  const ours = (thread?.events ?? [])
    .map((event) => event.customId ?? '')
    .filter((id) => id.startsWith(CUSTOM_ID_PREFIX))
  // Our own opening stands in the thread and yet there is no conversation: `startHitl` is about to create it.
  if (known.threadId !== threadId && ours.some((id) => id !== customId)) return 'starting'
  if (!thread?.active || ours.includes(customId)) return undefined
  deps.memory.notedThreads.set(threadId, true)
  const note = { type: 'message' as const, text, customId }
  await asCustomer(userId, identity, deps, (current) => deps.livechat.customer.sendEvent(current, chatId, note)).catch(
    (error: unknown) => deps.log.warn(`The agent was not told that nobody reads this: ${describe(error)}`),
  )
  return undefined
}
