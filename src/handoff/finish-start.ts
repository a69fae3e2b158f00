import { OperationTimeoutError } from '@botpress/client'
import { inTime } from '../clock'
import type { StartedChat } from '../livechat/api'
import type { AgentId } from '../livechat/types'
import { describe } from '../log'
import { refusal } from '../problems'
import type { CustomerIdentity } from '../session/identities'
import type { Session } from '../session/session'
import { upstreamUserIn } from '../translate/address'
import { commandOfTag } from '../translate/hand-back'
import type { SessionOptions } from '../translate/session-options'
import type { Deps } from '../wiring'
import { closeChat } from './close-chat'
import type { Opened } from './open-thread'
import type { Start } from './start-types'

/** Kept of the caller's time to close a chat that got no conversation, in milliseconds. */
const TIME_TO_UNDO_MS = 5000

/** `profile`: fingerprint of what LiveChat knows of the customer. */
type Finishing = { start: Start; identity: CustomerIdentity; profile: string | undefined }

/** The thread is open: the conversation, the pointers to it, and what the bot author wished for, all at once. */
export async function finishStart(opened: Opened, finishing: Finishing, deps: Deps): Promise<Session> {
  const { start, profile } = finishing
  const { options, startKey, input } = start
  const { chatId, threadId } = opened
  const pointers = { chatId, threadId, startKey, ...(profile !== undefined && { profile }) }
  const [session] = await Promise.all([
    openConversation(opened, finishing, deps),
    orLogged('The handoff could not be noted with its customer', deps.endUsers.point(input.userId, pointers), deps),
    ...applySessionOptions(opened, options, deps),
  ])
  return session
}

async function openConversation(
  { hasEarlierWords, ...opened }: Opened,
  { start, identity }: Finishing,
  deps: Deps,
): Promise<Session> {
  const { upstreamConversationId: conversationId, upstreamUserId } = start.options
  const userId = upstreamUserId ?? upstreamUserIn(start.user.email)
  const upstream = { ...(conversationId && { conversationId }), ...(userId && { userId }) }
  const ids = { ...opened, customerId: identity.customerId, userId: start.input.userId }
  const timeMs = Math.max(0, deps.deadline.leftMs() - TIME_TO_UNDO_MS)
  try {
    return await inTime(
      deps.sessions.open(ids, { upstream, hasEarlierWords, wording: start.options }),
      { ms: timeMs, tooLate },
      deps.clock,
    )
  } catch (error) {
    deps.log.failed('Botpress took no conversation for the chat, which is closed again', error)
    await Promise.all([
      orLogged('The half-made chat could not be closed', closeChat(ids, deps), deps),
      orLogged('A half-made conversation could not be marked as over', markOver(opened, deps), deps),
    ])
    throw refusal('botpressFailed')
  }
}

const tooLate = () => new OperationTimeoutError('no time left for a conversation')

/** The conversation may be made after we gave up on it: then no end of it is news to the bot. */
async function markOver(opened: StartedChat, { sessions }: Deps): Promise<void> {
  const { session } = await sessions.find(opened)
  if (session) await sessions.write(session, { ended: 'us' })
}

/** Tags and agent: LiveChat may refuse them, and the handoff goes on without. */
function applySessionOptions(
  { chatId, threadId }: StartedChat,
  { tags = [], agentId }: SessionOptions,
  deps: Deps,
): Promise<void>[] {
  const { agent } = deps.livechat
  // A tag that gives the customer back is for agents: LiveChat does not say who added one.
  const harmless = tags.filter((tag) => commandOfTag(tag, deps.settings) === undefined)
  const transfer = agentId ? [agent.transferChat({ chatId, agentId: agentId as AgentId })] : []
  return [
    ...harmless.map((tag) => orLogged('A tag was not set', agent.tagThread({ chatId, threadId, tag }), deps)),
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
