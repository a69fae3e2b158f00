import type { Client } from '../bp'
import { isNotFound } from '../botpress-client'
import type { ChatId, CustomerId, ThreadId } from '../livechat/types'
import type { Cache } from './cache'
import { wordingTag, type Wording } from '../translate/wording'
import { agentsTag } from './session-agents'
import { readSession, upstreamTag, type Session, type SessionTags } from './session'

export type SessionKey = { chatId: ChatId; threadId: ThreadId }
type SessionIds = SessionKey & { customerId: CustomerId; userId: string }

/** What is noted with a new conversation. */
type OpenedSession = Pick<Session, 'upstream' | 'hasEarlierWords'> & { wording: Wording }

/** `newest`: the newest handoff of the chat, whichever thread it was; told only when there is no session. */
export type Found = { session?: Session; newest?: Session }

export type SessionsMemory = {
  /** Copies by chat and thread. They spare look-ups; nothing is decided from them. */
  sessions: Cache<Session>
  /** Which of these copies are only seconds old. */
  readLately: Cache<true>
  /** `updatedAt` of conversations as they were when this process opened them, by conversation. */
  openedAt: Cache<number>
}

/** Which conversation belongs to which thread. Alone reads and writes the conversation's tags. */
export class Sessions {
  constructor(
    private readonly client: Client,
    private readonly memory: SessionsMemory,
  ) {}

  /** The session of a thread as Botpress has it now. */
  async find(key: SessionKey): Promise<Found> {
    const copy = this.memory.sessions.get(keyOf(key))
    const known = copy && (await this.get(copy.conversationId)) // by its id it is found at once, by tags perhaps later
    if (known) return { session: known }
    const ofChat = await this.list({ chatId: key.chatId }) // a miss is never remembered
    const session = ofChat.sessions.find(({ threadId }) => threadId === key.threadId)
    if (session || !ofChat.more) return { session, newest: ofChat.sessions[0] }
    const exact = await this.list({ ...key }) // a customer with so many handoffs that an old one is on a later page
    return { session: exact.sessions[0], newest: ofChat.sessions[0] }
  }

  /** A copy is enough for what never changes: which conversation, chat, thread and customer belong together. */
  async findAny(key: SessionKey): Promise<Session | undefined> {
    return this.remembered(key) ?? (await this.find(key)).session
  }

  /** The newest session of a chat, whichever thread it was. */
  async newestOf(chatId: ChatId): Promise<Session | undefined> {
    return (await this.list({ chatId })).sessions[0]
  }

  /** What this process remembers of a thread: a copy, perhaps an old one. */
  remembered(key: SessionKey): Session | undefined {
    return this.memory.sessions.get(keyOf(key))
  }

  /** The same, when it was read in the last seconds. Who is in the chat may have been noted by another process since. */
  readLately(key: SessionKey): Session | undefined {
    return this.memory.readLately.get(keyOf(key)) && this.remembered(key)
  }

  /** The same by conversation. */
  rememberedAs(conversationId: string): Session | undefined {
    return this.memory.sessions.find((session) => session.conversationId === conversationId)
  }

  /** `undefined` when there is no such conversation, or it is no handoff. */
  async get(conversationId: string): Promise<Session | undefined> {
    try {
      return this.read((await this.client.getConversation({ id: conversationId })).conversation)
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }

  /** Takes a conversation that Botpress handed to us. */
  read(conversation: Parameters<typeof readSession>[0]): Session | undefined {
    const session = readSession(conversation)
    return session && this.remember(session)
  }

  /** The conversation of a thread, created when there is none. One new conversation for each thread, always. */
  async open(ids: SessionIds, { upstream, hasEarlierWords, wording }: OpenedSession) {
    const given = { upstream: upstreamTag(upstream, hasEarlierWords), wording: wordingTag(wording) }
    const tags: SessionTags = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
    const { conversation } = await this.client.getOrCreateConversation({
      channel: 'hitl',
      tags: { ...ids, ...tags },
      discriminateByTags: ['threadId'],
    })
    const session = this.read(conversation)
    if (!session) throw new Error('Botpress returned a conversation without the tags it was created with')
    this.memory.openedAt.set(conversation.id, Date.parse(conversation.updatedAt))
    return session
  }

  /** When a conversation was opened, as its `updatedAt` tells: any later write than that is somebody else's. */
  openedAt({ conversationId, createdAt }: Session): number {
    return this.memory.openedAt.get(conversationId) ?? createdAt
  }

  async write(session: Session, tags: SessionTags): Promise<Session> {
    const { conversation } = await this.client.updateConversation({ id: session.conversationId, tags })
    return this.read(conversation) ?? session
  }

  /** All handoffs of a Botpress user. */
  async ofUser(userId: string): Promise<Session[]> {
    const found: Session[] = []
    let nextToken: string | undefined
    do {
      const page = await this.client.listConversations({
        channel: 'hitl',
        tags: { userId },
        ...(nextToken && { nextToken }),
      })
      found.push(...page.conversations.map(readSession).filter(isSession))
      nextToken = page.meta.nextToken
    } while (nextToken)
    return found
  }

  /** Deletes the conversation of a handoff, with its messages. One that is gone already counts as deleted. */
  async delete(session: Session): Promise<void> {
    await this.client.deleteConversation({ id: session.conversationId }).catch((error: unknown) => {
      if (!isNotFound(error)) throw error
    })
    this.memory.sessions.delete(keyOf(session))
  }

  /** Notes another Botpress user for an agent of the handoff, without announcing anybody. */
  async writeAgentUser(session: Session, agentId: string, userId: string): Promise<Session> {
    const agents = session.agents.map((entry) => (entry.agentId === agentId ? { ...entry, userId } : entry))
    return this.write(session, agentsTag(agents))
  }

  private async list(tags: SessionTags): Promise<{ sessions: Session[]; more: boolean }> {
    const { conversations, meta } = await this.client.listConversations({ channel: 'hitl', tags })
    const sessions = conversations.map(readSession).filter(isSession).map(this.remember)
    return { sessions: sessions.sort((a, b) => b.createdAt - a.createdAt), more: meta.nextToken !== undefined }
  }

  /** A conversation that came with a message may be older than what was read since; an end is never taken back. */
  private readonly remember = (read: Session): Session => {
    const copy = this.memory.sessions.get(keyOf(read))
    const ended = read.ended ?? (copy?.conversationId === read.conversationId ? copy.ended : undefined)
    const session = ended === read.ended ? read : { ...read, ended }
    this.memory.sessions.set(keyOf(session), session)
    this.memory.readLately.set(keyOf(session), true)
    return session
  }
}

const isSession = (session: Session | undefined): session is Session => session !== undefined
const keyOf = ({ chatId, threadId }: SessionKey) => `${chatId} ${threadId}`
