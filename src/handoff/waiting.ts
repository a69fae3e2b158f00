import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import { endHandoff, type End } from './end'
import { agentArrived, isPresentPerson } from './presence'
import { seeChat, type SeenChat } from './see-chat'

/**
 * Ends a handoff that nobody took within the time of the settings: `true` when it is over now. Nothing wakes us by itself, so
 * whoever calls was woken by a message of the customer or by LiveChat. LiveChat is asked first: an agent may be there whose
 * webhook was lost, and a look that fails ends nothing.
 */
export async function giveUpWhenDue(
  session: Session,
  { undelivered }: Pick<End, 'undelivered'>,
  deps: Deps,
): Promise<boolean> {
  if (session.ended || !isDue(session, deps)) return false
  const chat = await seeChat(session, 'Who is in the chat is not known', deps)
  if (!chat || (await isSomebodyThere(chat, session, deps))) return false
  await endHandoff(session, { reason: 'nobody', undelivered }, deps)
  return deps.sessions.remembered(session)?.ended !== undefined
}

function isDue({ agents, createdAt }: Session, { settings, clock }: Deps): boolean {
  const limitMs = settings.giveUpAfterSeconds * 1000
  return limitMs > 0 && agents.length === 0 && clock.now() - createdAt >= limitMs
}

/**
 * A customer without an agent has written: the bot hears of their place in the queue, even of the same as before. Asked once
 * a minute for each thread; never worth failing a message that the agent has.
 */
export async function askForPlace(given: Session, deps: Deps): Promise<void> {
  const session = deps.sessions.remembered(given) ?? given
  const isWaiting = !session.ended && session.agents.every(({ hasLeft }) => hasLeft)
  if (!deps.settings.askForPlace || !isWaiting || deps.memory.placesAsked.get(session.threadId)) return
  deps.memory.placesAsked.set(session.threadId, true)
  try {
    const chat = await seeChat(session, 'Who is in the chat is not known', deps)
    if (!chat || (await isSomebodyThere(chat, session, deps))) return
    const { position, waitTimeSeconds } = chat.thread?.queue ?? {}
    if (chat.thread?.queue) await deps.events.queueChanged(session, { position, waitTimeSeconds, asked: true })
  } catch (error) {
    deps.log.failed('The place in the queue was not reported', error)
  }
}

/** Whether an agent is there. From the customer's view nobody is announced. */
async function isSomebodyThere({ users, thread, isCustomersView }: SeenChat, session: Session, deps: Deps) {
  if (isCustomersView) return users.some(({ type, present }) => type === 'agent' && present)
  const agent = users.find((user) => isPresentPerson(user, thread))
  if (agent) await agentArrived({ agentId: agent.id, face: agent, replacesOthers: false }, session, deps)
  return agent !== undefined
}
