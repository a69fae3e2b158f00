import { describe } from '../log'
import type { ThreadId } from '../livechat/types'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import { inTurn } from './in-turn'
import { isOpenedByUs, noteIdOf, ownEventsIn, type OwnEvents } from './own-events'

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
  const look = () => ownEventsIn(threadId, known, deps)
  const seen = await look()
  if (seen && known.threadId !== threadId && isOpenedByUs(threadId, seen)) return 'starting'
  const customId = noteIdOf(threadId)
  const isDue = (ours: OwnEvents | undefined) => ours?.active === true && !ours.customIds.includes(customId)
  if (!isDue(seen)) return undefined
  const turn = { isDone: () => false, alongside: look }
  await inTurn(known, turn, async (_, ours) => isDue(ours) && sendNote({ threadId, text, customId }, known, deps), deps)
  return undefined
}

type Note = { threadId: ThreadId; text: string; customId: string }

/** As the customer, who is in the chat; the sentence says that it is automatic. Never worth failing a delivery. */
async function sendNote({ threadId, text, customId }: Note, known: Session, deps: Deps): Promise<void> {
  const { chatId } = known
  const event = { type: 'message' as const, text, customId }
  deps.memory.notedThreads.set(threadId, true)
  try {
    await deps.access.asCustomer(known, (identity) =>
      deps.livechat.customer.sendEvent(identity, { chatId, threadId }, event),
    )
  } catch (error) {
    deps.log.warn(`An agent could not be notified that nobody reads this: ${describe(error)}`)
  }
}
