import { isApiError } from '@botpress/client'
import type { ActionProps } from '../bp'
import { seeChat } from '../handoff/see-chat'
import type { Chat, ChatId, IncomingEvent, ThreadId } from '../livechat/types'
import { refusal } from '../problems'
import type { Ended, Session } from '../session/session'
import { number } from '../settings'
import { QUESTION_MS } from '../timing'
import { agentsView } from '../translate/agents-view'
import { ratingOf, type Rating } from '../translate/chat-facts'
import { endReason } from '../translate/end-reason'
import { handoffTimes, isClose, type HandoffTimes } from '../translate/handoff-times'
import { handoffTranscript } from '../translate/handoff-transcript'
import type { Deps } from '../wiring'
import { action } from './action'

type Input = ActionProps['getHandoff']['input']

type Handoff = Omit<HandoffTimes, 'endedAt'> & {
  userId: string
  hitlConversationId: string
  chatId: string
  threadId: string
  upstreamConversationId?: string
  upstreamUserId?: string
  status: 'waiting' | 'talking' | 'ended'
  reason?: Ended
  closedBy?: string
  endedAt?: string
  agents: string[]
  tags: string[]
  rating?: Rating
  command?: string
  summary?: string
  transcript?: string
  transcriptCut?: boolean
}

/** How a handoff stands or went. A flow goes on before the end of its handoff is marked, so LiveChat is asked. */
export const getHandoff = action<'getHandoff'>({
  ms: QUESTION_MS,
  failed: 'Handoff not read',
  act: handoffOf,
  answerTo: (error) => {
    // What is no id at all is refused by Botpress as such.
    const isRefusedId = isApiError(error) && error.code < 500 && error.code !== 429
    throw refusal(isRefusedId ? 'unknownHandoff' : 'handoffNoAnswer')
  },
})

async function handoffOf(input: Input, deps: Deps): Promise<Handoff> {
  const session = await sessionAskedFor(input, deps)
  const [chat, agents] = await Promise.all([chatOf(session, deps), agentsOf(session, deps)])
  return {
    ...stateOf(session, chat, deps),
    agents,
    tags: chat?.thread?.tags ?? [],
    ...defined({ rating: ratingOf(chat?.thread), command: session.command, summary: chat?.thread?.summary }),
    ...(chat && input.withTranscript === true && transcriptOf(session, chat, input.maxCharacters, deps)),
  }
}

async function sessionAskedFor(input: Input, { sessions }: Deps): Promise<Session> {
  const [id, chatId, threadId] = [input.hitlConversationId, input.chatId, input.threadId].map((each) => each?.trim())
  const key = chatId && threadId ? { chatId: chatId as ChatId, threadId: threadId as ThreadId } : undefined
  const session = id ? await sessions.get(id) : key && (await sessions.find(key)).session
  if (!session) throw refusal('unknownHandoff')
  return session
}

/** The token may no longer see a chat that went to another group; its customer always does. */
async function chatOf(session: Session, deps: Deps): Promise<Chat | undefined> {
  const seen = await seeChat(session, 'A chat could not be read', deps)
  return seen?.isCustomersView ? agentsView(seen) : seen
}

async function agentsOf({ agents }: Session, { people }: Deps): Promise<string[]> {
  const names = await Promise.all(agents.map(async ({ userId }) => userId && (await people.nameOf(userId))))
  return names.flatMap((name) => name || [])
}

function stateOf(session: Session, chat: Chat | undefined, { clock, settings }: Deps) {
  const { userId, conversationId: hitlConversationId, chatId, threadId, upstream, ended, command } = session
  const events = chat?.thread?.events
  // A hand-back notes its command first; the flow goes on before the chat is closed.
  const isOver = ended !== undefined || command !== undefined || chat?.thread?.active === false
  const isTalking = session.agents.some(({ hasLeft }) => !hasLeft)
  const now = ended ? session.updatedAt : clock.now()
  const { endedAt, ...times } = handoffTimes(session, { events, now, settings })
  const closer = closerIn(events)
  const reason = ended ?? (command ? 'agent' : endReason(undefined, events))
  return {
    ...{ userId, hitlConversationId, chatId, threadId },
    ...defined({ upstreamConversationId: upstream.conversationId, upstreamUserId: upstream.userId }),
    status: isOver ? ('ended' as const) : isTalking ? ('talking' as const) : ('waiting' as const),
    ...times,
    ...(isOver && { reason, endedAt, ...(reason === 'agent' && !command && defined({ closedBy: closer })) }),
  }
}

/** The name of the agent who closed the thread, as the system message has it. */
function closerIn(events: readonly IncomingEvent[] = []): string | undefined {
  const close = events.findLast(isClose)
  const name = close?.systemMessageType === 'manual_archived_agent' ? close.textVars?.['agent'] : undefined
  return typeof name === 'string' && name !== '' ? name : undefined
}

function transcriptOf(session: Session, chat: Chat, given: unknown, { settings, wordsFor }: Deps) {
  const wanted = number(given) ?? CHARACTERS.standard
  const maxCharacters = wanted >= 1 ? Math.min(Math.floor(wanted), CHARACTERS.max) : CHARACTERS.standard
  const { customerId } = session
  return handoffTranscript(chat, { customerId, words: wordsFor(session).toAgent, settings, maxCharacters })
}

/** How long a transcript is, and may be wanted, in characters. */
const CHARACTERS = { standard: 20_000, max: 60_000 }

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
}
