import { closeChat } from '../handoff/close-chat'
import { markEnd } from '../handoff/mark-end'
import { askForSummary } from '../handoff/summary'
import { describe } from '../log'
import type { Session } from '../session/session'
import { transition } from '../session/transitions'
import { ACTION_MS } from '../timing'
import type { Deps } from '../wiring'
import { action } from './action'

/** A file on its way does not keep the chat open for longer, in milliseconds. */
const LAST_WORDS_MAY_TAKE_MS = 10_000

/**
 * The bot takes its conversation back. What is over already, unknown, or out of reach is no error: the plugin skips the
 * customer's closing message when this throws.
 */
export const stopHitl = action<'stopHitl'>({
  ms: ACTION_MS,
  failed: 'The chat may still be open in LiveChat',
  act: async ({ conversationId }, deps) => {
    await stop(conversationId, deps)
    return {}
  },
  answerTo: () => ({}),
})

async function stop(conversationId: string, deps: Deps): Promise<void> {
  const session = await sessionOf(conversationId, deps)
  // LiveChat closes a chat, not a thread: closing for a session that is over would end the customer's next chat.
  if (!session || session.ended) return deps.log.info('Nothing to stop: the handoff is over already')
  // What the customer said before goes first, as far as it gets away soon.
  const lastWords = deps.memory.toAgentLock.run(session.chatId, deps.deadline, () => Promise.resolve())
  await Promise.race([lastWords, deps.clock.sleep(LAST_WORDS_MAY_TAKE_MS)])
  if (deps.sessions.remembered(session)?.ended) return // LiveChat was faster
  await closeForBot(session, deps)
}

/** A Botpress that does not answer is no reason to leave an agent talking to nobody, where we know which chat it is. */
async function sessionOf(conversationId: string, { sessions, log }: Deps): Promise<Session | undefined> {
  try {
    return await sessions.get(conversationId)
  } catch (error) {
    const remembered = sessions.rememberedAs(conversationId)
    if (!remembered) throw error
    log.warn(`The handoff to stop is known from memory only: ${describe(error)}`)
    return remembered
  }
}

/** Takes no lease: nobody may wait to get the bot back. A mark before the close tells everybody else that it is ours. */
async function closeForBot(session: Session, deps: Deps): Promise<void> {
  const { tags } = transition(session, { kind: 'stopped' })
  await markEnd(session, tags, deps).catch((error: unknown) => {
    // Left open, the chat would stand in the way of the customer's next handoff; its webhook marks the end as well.
    deps.log.failed('The end of a handoff could not be marked', error)
  })
  await closeChat(session, deps)
  await askForSummary(session, deps)
  deps.log.info(`Taken back: chat ${session.chatId}, thread ${session.threadId}`)
}
