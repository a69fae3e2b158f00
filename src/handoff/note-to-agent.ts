import { describe } from '../log'
import type { ThreadId } from '../livechat/types'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import { inTurn } from './in-turn'
import { isOpenedByUs, noteIdOf, ownEventsIn } from './own-events'

/**
 * An agent writes to one of our customers in a thread that no live handoff stands for: reopened by the agent, or left
 * open when our own close failed. The agent is notified once for each thread that nobody reads it. `known`: any handoff of
 * this chat. `starting`: the thread holds our own opening, so its handoff is about to begin and nothing was written.
 */
export async function noteThatCustomerIsWithBot(
  threadId: ThreadId,
  known: Session,
  deps: Deps,
): Promise<'starting' | undefined> {
  const text = deps.words.say('agentNote')
  if (text === undefined || deps.memory.notedThreads.get(threadId)) return undefined
  const alongside = () => ownEventsIn(threadId, known, deps)
  return inTurn(
    known,
    { isDone: () => false, alongside },
    async (_turn, ours) => {
      if (!ours) return undefined
      if (known.threadId !== threadId && isOpenedByUs(threadId, ours)) return 'starting'
      const customId = noteIdOf(threadId)
      if (!ours.active || ours.customIds.includes(customId)) return undefined
      deps.memory.notedThreads.set(threadId, true)
      await sendNote({ threadId, text, customId }, known, deps)
      return undefined
    },
    deps,
  )
}

type Note = { threadId: ThreadId; text: string; customId: string }

/** As the customer, who is in the chat; the sentence says that it is automatic. Never worth failing a delivery. */
async function sendNote({ threadId, text, customId }: Note, known: Session, deps: Deps): Promise<void> {
  const { chatId } = known
  const event = { type: 'message' as const, text, customId }
  try {
    await deps.access.asCustomer(known, (identity) =>
      deps.livechat.customer.sendEvent(identity, { chatId, threadId }, event),
    )
  } catch (error) {
    deps.log.warn(`An agent could not be notified that nobody reads this: ${describe(error)}`)
  }
}
