import type { StartedChat } from '../livechat/api'
import { isFailure, type Failure } from '../livechat/errors'
import type { ChatId, Thread } from '../livechat/types'
import type { CustomerIdentity } from '../session/identities'
import { LeaseLost } from '../session/lease'
import { startKeyIn } from '../translate/start-key'
import type { Deps } from '../wiring'
import { closeChat } from './close-chat'
import { AlreadyInHandoff, giveWay, isAlive } from './earlier-handoff'
import type { HandoffOpening } from './opening'
import type { Start } from './start-types'
import { whoStarts } from './who-starts'

/** What tags find may be some hundred milliseconds old: an absent conversation is looked for once more after this. */
const TAGS_LOOKED_AT_AGAIN_AFTER_MS = 1_000

/** `hasEarlierWords`: an agent had opened the thread, and what they wrote is to be shown. */
export type Opened = StartedChat & { hasEarlierWords: boolean }

/** `chatId`: the chat of earlier handoffs. */
export type StartRequest = {
  start: Start
  identity: CustomerIdentity
  opening: HandoffOpening
  chatId: ChatId | undefined
}

/** A new thread in the one chat that LiveChat keeps for a customer. Throws `LiveChatError`, `AlreadyInHandoff`. */
export async function openThread(request: StartRequest, deps: Deps): Promise<Opened> {
  const opened: StartedChat & Partial<Opened> = await openOrJoin(request, deps)
  return { hasEarlierWords: false, ...opened }
}

async function openOrJoin(request: StartRequest, deps: Deps): Promise<StartedChat> {
  const { chatId, identity, opening } = request
  if (!chatId) return startChat(request, deps)
  try {
    return await deps.livechat.customer.resumeChat(identity, { ...opening, chatId })
  } catch (error) {
    if (isFailure(error, 'chat-active')) return startBesideActiveThread(chatId, request, deps)
    if (!isAboutTheChat(error)) throw error
    // If the stored chat counts all the same, that is what stands in the way.
    return startChat(request, deps).catch((later: unknown) => {
      throw isFailure(later, 'chat-exists') ? error : later
    })
  }
}

/** The customer's only chat was anonymized and counts all the same: as this customer nobody can open another. */
export function isAnonymized(error: unknown): boolean {
  return isFailure(error, 'not-found') && error.type === 'chat_anonymized'
}

/** What says nothing about the stored chat itself. */
const ABOUT_SOMETHING_ELSE: Failure[] = [
  'credentials',
  'banned',
  'nobody-available',
  'chat-active',
  'try-later',
  'unexpected',
]

/**
 * The customer's chat may be gone without anybody having said so; how LiveChat refuses a chat that it does not know is not
 * documented.
 */
const isAboutTheChat = (error: unknown) => !isFailure(error, ...ABOUT_SOMETHING_ELSE)

async function startChat(request: StartRequest, deps: Deps): Promise<StartedChat> {
  const { customer } = deps.livechat
  try {
    return await customer.startChat(request.identity, request.opening)
  } catch (error) {
    if (!isFailure(error, 'chat-exists')) throw error
    const [chat] = await customer.listChats(request.identity, { limit: 1 })
    if (!chat) throw error
    if (chat.active) return startBesideActiveThread(chat.chatId, request, deps)
    return customer.resumeChat(request.identity, { ...request.opening, chatId: chat.chatId })
  }
}

/** The customer's chat is open already: by a start that was cut off, by another handoff, or by an agent. */
async function startBesideActiveThread(chatId: ChatId, request: StartRequest, deps: Deps): Promise<StartedChat> {
  const { identity, opening } = request
  const { thread } = await deps.livechat.customer.getChat(identity, { chatId })
  if (thread?.active) {
    if (isAgents(thread) && whoStarts(request.start.user, deps) !== 'known')
      await leaveAgents(chatId, thread, request, deps)
    else if (isAgents(thread)) return join(chatId, thread, request, deps)
    else if (await isThisStart(chatId, thread, request, deps)) return { chatId, threadId: thread.id }
  }
  return deps.livechat.customer.resumeChat(identity, { ...opening, chatId })
}

/** Opened by an agent, who wants to write to the customer. */
const isAgents = ({ events }: Thread) => events.every(({ customId }) => startKeyIn(customId) === undefined)

/**
 * The agent wrote to the one who is known, and somebody else may be here with the same address. Nobody reads what was meant
 * for another: a thread that is alive refuses somebody with another name, and is closed before anybody else's.
 */
async function leaveAgents(
  chatId: ChatId,
  thread: Thread,
  { start, identity: { customerId } }: StartRequest,
  deps: Deps,
): Promise<void> {
  if (whoStarts(start.user, deps) === 'another' && isAlive(thread, deps))
    throw new AlreadyInHandoff('an agent writes to somebody else with this address')
  await closeChat({ chatId, threadId: thread.id, userId: start.input.userId, customerId }, deps)
}

/**
 * A thread of ours: a live handoff refuses this start, or is this one when the call is repeated. What is over, or was cut
 * off before it had a conversation, is closed.
 */
async function isThisStart(
  chatId: ChatId,
  thread: Thread,
  { start, identity: { customerId } }: StartRequest,
  deps: Deps,
): Promise<boolean> {
  const key = { chatId, threadId: thread.id }
  const found = (await deps.sessions.find(key)).session ?? (await lookAgain(key, deps))
  // Another start may have been given the lease too, and be about to make the conversation, or have made it.
  if (!(await deps.leases.isStillMine(start.lease))) throw new LeaseLost('another start is under way')
  if (found && !found.ended) return (await giveWay(found, start, deps, thread)) !== undefined
  await closeChat({ ...key, userId: start.input.userId, customerId }, deps)
  return false
}

async function lookAgain(key: StartedChat, { clock, sessions }: Deps) {
  await clock.sleep(TAGS_LOOKED_AT_AGAIN_AFTER_MS)
  return (await sessions.find(key)).session
}

/**
 * An agent opened this thread to write to the customer: they get each other. With the setting "agentMayOpen" the bot came
 * because of that, so the agent reads one short event; else the opening as it would have been. Of an opening that a first
 * try left half said, the rest follows.
 */
async function join(chatId: ChatId, thread: Thread, request: StartRequest, deps: Deps): Promise<Opened> {
  const { identity, opening } = request
  const { agentMayOpen } = deps.settings
  const said = new Set(thread.events.map(({ customId }) => customId))
  for (const event of agentMayOpen ? [opening.brief] : opening.events) {
    if (!said.has(event.customId))
      await deps.livechat.customer.sendEvent(identity, { chatId, threadId: thread.id }, event)
  }
  return { chatId, threadId: thread.id, hasEarlierWords: agentMayOpen }
}
