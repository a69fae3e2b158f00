import { OperationTimeoutError } from '@botpress/client'
import { inTime } from '../clock'
import { describe } from '../log'
import type { AgentId } from '../livechat/types'
import { refusal } from '../problems'
import type { CustomerIdentity } from '../session/identities'
import { SUPERSEDED_TAGS, type Session } from '../session/session'
import type { SessionOptions } from '../translate/session-options'
import type { Deps } from '../wiring'
import { closeChat, type OpenedThread } from './open-thread'

/** Kept of the caller's time to close a chat that got no conversation, in milliseconds. */
const TIME_TO_UNDO_MS = 5000

export type Settling = {
  userId: string
  startKey: string
  identity: CustomerIdentity
  /** Fingerprint of what LiveChat knows of the customer. */
  profile: string | undefined
  options: SessionOptions
  /** The handoff before this one, unless it is known to be over. */
  previous: Promise<Session | undefined>
}

/** The thread is open: the conversation, what we remember of it, and what the bot author wished for, all at once. */
export async function settle(opened: OpenedThread, settling: Settling, deps: Deps): Promise<Session> {
  const { userId, startKey, identity, profile, previous } = settling
  const change = { chatId: opened.chatId, profile, current: { threadId: opened.threadId, startKey } }
  const [session] = await Promise.all([
    openConversation(opened, settling, deps),
    orLogged('The handoff could not be noted with its customer', deps.customers.update(userId, identity, change), deps),
    orLogged('The handoff before this one could not be marked as over', closePrevious(previous, opened, deps), deps),
    ...wishes(opened, settling.options, deps),
  ])
  return session
}

async function openConversation(opened: OpenedThread, { userId, identity }: Settling, deps: Deps): Promise<Session> {
  try {
    const opening = deps.sessions.open({ ...opened, customerId: identity.customerId, userId })
    return await inTime(opening, { ms: Math.max(0, deps.deadline.leftMs() - TIME_TO_UNDO_MS), tooLate }, deps.clock)
  } catch (error) {
    deps.log.failed('No conversation for the chat, which is closed again', error)
    await orLogged('The half-made chat could not be closed', closeChat({ ...opened, userId }, deps), deps)
    throw refusal('botpressFailed')
  }
}

const tooLate = () => new OperationTimeoutError('no time left for a conversation')

/** Without this mark a late end of the old handoff would end the new one, and late words would go to the new agent. */
async function closePrevious(previous: Settling['previous'], opened: OpenedThread, deps: Deps): Promise<void> {
  const session = await previous
  if (!session || session.ended || session.threadId === opened.threadId) return
  await deps.sessions.write(session, SUPERSEDED_TAGS)
}

/** Tags and agent: LiveChat may refuse them, and the handoff goes on without. */
function wishes(
  { chatId, threadId }: OpenedThread,
  { tags = [], agentId }: SessionOptions,
  deps: Deps,
): Promise<void>[] {
  const { agent } = deps.livechat
  const transfer = agentId ? [agent.transferChat({ chatId, agentId: agentId as AgentId })] : []
  return [
    ...tags.map((tag) => orLogged('A tag was not set', agent.tagThread({ chatId, threadId, tag }), deps)),
    ...transfer.map((wish) => orLogged('The chat stays with the group: the chosen agent did not get it', wish, deps)),
  ]
}

/** What is worth trying and not worth failing for. */
async function orLogged(what: string, work: Promise<unknown>, { log }: Deps): Promise<void> {
  try {
    await work
  } catch (error) {
    log.warn(`${what}: ${describe(error)}`)
  }
}
