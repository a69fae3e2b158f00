import type { Opening } from '../livechat/api'
import { isFailure, isFailureOfAccess } from '../livechat/errors'
import type { Chat, ChatId, Thread, ThreadId } from '../livechat/types'
import { describe } from '../log'
import type { CustomerIdentity } from '../session/identities'
import type { Session } from '../session/session'
import { startKeyIn } from '../translate/start-key'
import type { Deps } from '../wiring'
import { asCustomer } from './as-customer'

/** A start is under way for at most this long, in milliseconds; an older one that left no conversation was cut off. */
const START_MAY_TAKE_MS = 60_000

/** Another handoff of the same customer is alive: two people may share an e-mail address. */
export class AlreadyInHandoff extends Error {
  override readonly name = 'AlreadyInHandoff'
}

export type OpenedThread = { chatId: ChatId; threadId: ThreadId }
export type StartRequest = { userId: string; identity: CustomerIdentity; startKey: string; opening: Opening }

/**
 * A new thread in the one chat that LiveChat keeps for a customer, or the thread that a first try of the same start has
 * opened. Throws `LiveChatError`, `AlreadyInHandoff`.
 */
export async function openThread(request: StartRequest, deps: Deps): Promise<OpenedThread> {
  const { chatId } = request.identity
  if (!chatId) return start(request, deps)
  try {
    return await resume(chatId, request, deps)
  } catch (error) {
    if (!isGone(error)) throw error
    // The chat is anonymized, or not this customer's any more. If it counts all the same, that is what stands in the way.
    return start(request, deps).catch((later: unknown) => {
      throw isFailure(later, 'chat-exists') ? error : later
    })
  }
}

/** The customer's only chat was anonymized and counts all the same: as this customer nobody can open another. */
export function isWiped(error: unknown): boolean {
  return isFailure(error, 'not-found') && error.type === 'chat_anonymized'
}

async function start(request: StartRequest, deps: Deps): Promise<OpenedThread> {
  try {
    return await deps.livechat.customer.startChat(request.identity, request.opening)
  } catch (error) {
    if (!isFailure(error, 'chat-exists')) throw error
    const [chat] = await deps.livechat.customer.listChats(request.identity, { limit: 1 })
    if (!chat) throw error
    return chat.active ? meetActive(chat.chatId, request, deps) : resume(chat.chatId, request, deps)
  }
}

async function resume(chatId: ChatId, request: StartRequest, deps: Deps): Promise<OpenedThread> {
  try {
    return await deps.livechat.customer.resumeChat(request.identity, { ...request.opening, chatId })
  } catch (error) {
    if (!isFailure(error, 'chat-active')) throw error
    return meetActive(chatId, request, deps)
  }
}

/** Wiped, or not this customer's any more. */
function isGone(error: unknown): boolean {
  return isFailure(error, 'not-found') || isFailureOfAccess(error)
}

/** The customer's chat is open already: by a first try of this call, by another handoff, or by an agent. */
async function meetActive(chatId: ChatId, request: StartRequest, deps: Deps): Promise<OpenedThread> {
  const { thread } = await deps.livechat.customer.getChat(request.identity, { chatId })
  if (!thread?.active) return deps.livechat.customer.resumeChat(request.identity, { ...request.opening, chatId })
  const { session } = await deps.sessions.find({ chatId, threadId: thread.id })
  if (!session?.ended) {
    const startKeys = new Set(thread.events.map(({ customId }) => startKeyIn(customId)))
    if (startKeys.has(request.startKey)) return adopt(chatId, thread, request, deps)
    const openedByUs = session !== undefined || [...startKeys].some((key) => key !== undefined)
    if (!openedByUs) return adopt(chatId, thread, request, deps)
    const isAlive = session ? !isOrphaned(session, deps) : isYoung(thread, deps)
    if (isAlive) throw new AlreadyInHandoff('the chat has a live handoff')
  }
  // Ours and over, or left behind by a start that was cut off long ago.
  await closeChat({ chatId, threadId: thread.id, userId: request.userId }, deps)
  return deps.livechat.customer.resumeChat(request.identity, { ...request.opening, chatId })
}

/**
 * An agent opened this thread to write to the customer: they get each other, with the opening as it would have been. Of an
 * opening that a first try left half said, the rest follows.
 */
async function adopt(chatId: ChatId, thread: Thread, request: StartRequest, deps: Deps): Promise<OpenedThread> {
  const said = new Set(thread.events.map(({ customId }) => customId))
  const missing = request.opening.events.filter(({ customId }) => !said.has(customId))
  for (const event of missing) await deps.livechat.customer.sendEvent(request.identity, chatId, event)
  return { chatId, threadId: thread.id }
}

function isYoung({ createdAt }: NonNullable<Chat['thread']>, { clock }: Deps): boolean {
  return createdAt !== undefined && clock.now() - Date.parse(createdAt) < START_MAY_TAKE_MS
}

/** The process died before it could tell the bot: nobody linked the conversation, and nobody ever will. */
export function isOrphaned({ createdAt, updatedAt }: Session, { clock }: Deps): boolean {
  return updatedAt <= createdAt && clock.now() - createdAt > START_MAY_TAKE_MS
}

/**
 * Closes with the agent token. An agent may have moved the chat to a group that its owner cannot reach; the customer
 * may close it anywhere, so that is the second way. Throws what the second way throws.
 */
export async function closeChat(thread: OpenedThread & { userId: string }, deps: Deps): Promise<void> {
  const { agent, customer } = deps.livechat
  const { userId } = thread
  try {
    await agent.deactivateChat(thread)
  } catch (error) {
    deps.log.info(`The agent token could not close the chat: ${describe(error)}`)
    const identity = await deps.customers.withToken(userId)
    if (!identity) throw error
    const lookFirst = isFailure(error, 'try-later') // it was tried for so long that the customer may have come back
    await asCustomer(userId, identity, deps, (current) => customer.deactivateChat(current, thread, { lookFirst }))
  }
}
