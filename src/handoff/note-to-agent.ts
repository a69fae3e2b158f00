import { describe } from '../log'
import type { IncomingEvent, ThreadId } from '../livechat/types'
import type { Session } from '../session/session'
import { noteId, type NoteKind } from '../translate/custom-id'
import type { Deps } from '../wiring'
import { inTurn } from './in-turn'
import { isOpenedByUs, ownEventsIn, type OwnEvents } from './own-events'

/**
 * `agentNote`: nobody reads the thread. `agentUnheard`: the handoff lives, but Botpress refuses the agent's words.
 * `handedBack`: an agent gave the customer back to the bot.
 */
type NoteName = 'agentNote' | 'agentOpened' | 'agentUnheard' | 'handedBack'

/** In the ids of notes, which tell whether one was sent. */
const KIND_OF: Record<NoteName, NoteKind> = {
  agentNote: 'note',
  agentOpened: 'note',
  agentUnheard: 'unheard',
  handedBack: 'back',
}

/**
 * An agent writes to one of our customers in a thread that no live handoff stands for: reopened by the agent, or left
 * open when our own close failed. `known`: any handoff of this chat. `starting`: the thread holds our own opening, so its
 * handoff is about to begin and nothing was written.
 */
export async function noteThatCustomerIsWithBot(
  threadId: ThreadId,
  known: Session,
  deps: Deps,
): Promise<'starting' | undefined> {
  if (wasNoted('agentNote', threadId, known, deps)) return undefined
  const isStarting = (ours: OwnEvents | undefined) => known.threadId !== threadId && ours && isOpenedByUs(ours)
  const seen = await ownEventsIn(threadId, known, deps)
  if (isStarting(seen)) return 'starting'
  const isDue = (ours: OwnEvents | undefined) => !isStarting(ours)
  const latest = seen && (await note({ name: 'agentNote', threadId, seen, isDue }, known, deps))
  return isStarting(latest) ? 'starting' : undefined
}

/** The same, where the bot was notified and may hand the customer over. */
export async function noteThatBotKnows(threadId: ThreadId, seen: OwnEvents, known: Session, deps: Deps): Promise<void> {
  if (wasNoted('agentOpened', threadId, known, deps)) return
  const isDue = (ours: OwnEvents | undefined) => !ours || !isOpenedByUs(ours)
  await note({ name: 'agentOpened', threadId, seen, isDue }, known, deps)
}

/** Botpress takes no words for the customer and would not take them later either. */
export async function noteThatCustomerHearsNothing(session: Session, deps: Deps): Promise<void> {
  const { threadId } = session
  if (wasNoted('agentUnheard', threadId, session, deps)) return
  const seen = await ownEventsIn(threadId, session, deps)
  if (seen) await note({ name: 'agentUnheard', threadId, seen, isDue: () => true }, session, deps)
}

/** The bot has the customer again, as an agent wanted it. `seen`: what the thread holds, so that it is said once. */
export async function noteThatBotIsBack(
  session: Session,
  { command, seen }: { command: string; seen: readonly IncomingEvent[] },
  deps: Deps,
): Promise<void> {
  const { threadId } = session
  const customId = idOf('handedBack', threadId)
  if (wasNoted('handedBack', threadId, session, deps) || seen.some((event) => event.customId === customId)) return
  const text = deps.wordsFor(session).toAgent.say('handedBack', { command })
  await send({ threadId, text, customId }, session, deps)
}

const idOf = (name: NoteName, threadId: ThreadId) => noteId(KIND_OF[name], threadId)

/** An owner may want no notes. That words are lost is written all the same: nobody else would know. */
function wasNoted(name: NoteName, threadId: ThreadId, known: Session, { wordsFor, memory }: Deps): boolean {
  const isUnwanted = name !== 'agentUnheard' && wordsFor(known).toAgent.say('agentNote') === undefined
  return isUnwanted || memory.notes.get(idOf(name, threadId)) === true
}

/** `seen`: what the thread held before the lease. `isDue` decides from what it holds under the lease. */
type Noting = { name: NoteName; threadId: ThreadId; seen: OwnEvents; isDue: (ours: OwnEvents | undefined) => boolean }

/** Once for each thread, whatever process sends it. Returns what the thread held under the lease. */
async function note({ name, threadId, seen, ...noting }: Noting, known: Session, deps: Deps) {
  const text = deps.wordsFor(known).toAgent.say(name)
  const customId = idOf(name, threadId)
  const isMissing = (ours: OwnEvents | undefined) => ours?.active === true && !ours.customIds.includes(customId)
  if (text === undefined || !isMissing(seen)) return undefined
  const alongside = () => ownEventsIn(threadId, known, deps)
  const write = async (_turn: unknown, ours: OwnEvents | undefined) => {
    if (!noting.isDue(ours)) return ours
    if (isMissing(ours)) await send({ threadId, text, customId }, known, deps)
    deps.memory.notes.set(idOf(name, threadId), true)
    return ours
  }
  return inTurn(known, { isDone: () => false, alongside }, write, deps)
}

type Note = { threadId: ThreadId; text: string; customId: string }

/** As the customer, who is in the chat; the sentence says that it is automatic. Never worth failing a delivery. */
async function send({ threadId, text, customId }: Note, known: Session, deps: Deps): Promise<void> {
  const { chatId } = known
  const event = { type: 'message' as const, text, customId }
  try {
    await deps.access.asCustomer(known, (identity) =>
      deps.livechat.customer.sendEvent(identity, { chatId, threadId }, event),
    )
  } catch (error) {
    deps.log.warn(`A note to an agent could not be sent: ${describe(error)}`)
  }
}
