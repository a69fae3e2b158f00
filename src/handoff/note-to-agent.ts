import { describe } from '../log'
import type { ThreadId } from '../livechat/types'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import { isOpenedByUs, noteIdOf, ownEventsIn } from './own-events'

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
  const [identity, ours] = await Promise.all([deps.customers.withToken(userId), ownEventsIn(threadId, known, deps)])
  if (!identity || !ours) return undefined
  if (known.threadId !== threadId && isOpenedByUs(threadId, ours)) return 'starting'
  const customId = noteIdOf(threadId)
  if (!ours.active || ours.customIds.includes(customId)) return undefined
  deps.memory.notedThreads.set(threadId, true)
  await deps.livechat.customer
    .sendEvent(identity, chatId, { type: 'message', text, customId })
    .catch((error: unknown) => deps.log.warn(`The agent was not told that nobody reads this: ${describe(error)}`))
  return undefined
}
