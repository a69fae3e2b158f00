import { isApiError } from '@botpress/client'
import type { Client } from '../bp'
import type { Clock } from '../clock'
import type { ChatId, CustomerId, ThreadId } from '../livechat/types'
import type { Memory } from './memory'
import { readSession, type Session, type SessionTags } from './session'

/**
 * How long a copy in memory may answer for what can change (agent, queue, end), in milliseconds. Another process may
 * have changed it meanwhile; LiveChat repeats a delivery after some seconds, which must then see the change.
 */
const FRESH_MS = 4000

export type SessionKey = { chatId: ChatId; threadId: ThreadId }
export type Found = { session?: Session; newest?: Session }

/** Which conversation belongs to which thread. Alone reads and writes the conversation's tags. */
export class Sessions {
  constructor(
    private readonly client: Client,
    private readonly memory: Memory,
    private readonly clock: Clock,
  ) {}

  /**
   * The session of a thread, and the newest session of its chat whichever thread that was: one call tells both. `any`
   * takes a warm copy of whatever age, enough for what never changes; from memory `newest` is not told.
   */
  async find(key: SessionKey, age: 'fresh' | 'any' = 'fresh'): Promise<Found> {
    const copy = this.memory.sessions.get(keyOf(key))
    if (copy && (age === 'any' || this.clock.now() - copy.readAt < FRESH_MS)) return { session: copy.session }
    const ofChat = await this.list({ chatId: key.chatId }) // a miss is never remembered
    const session = ofChat.sessions.find(({ threadId }) => threadId === key.threadId)
    if (session || !ofChat.more) return { session, newest: ofChat.sessions[0] }
    const exact = await this.list({ ...key }) // a customer with so many handoffs that an old one is on a later page
    return { session: exact.sessions[0], newest: ofChat.sessions[0] }
  }

  /** The newest session of a chat, whichever thread it was. Never answered from memory. */
  async newestOf(chatId: ChatId): Promise<Session | undefined> {
    return (await this.list({ chatId })).sessions[0]
  }

  /** What this process remembers of a thread, without a call. */
  remembered(key: SessionKey): Session | undefined {
    return this.memory.sessions.get(keyOf(key))?.session
  }

  /** The same by conversation, for when Botpress cannot be asked. */
  rememberedAs(conversationId: string): Session | undefined {
    return this.memory.sessions.find(({ session }) => session.conversationId === conversationId)?.session
  }

  /** `undefined` when there is no such conversation, or it is no handoff. */
  async get(conversationId: string): Promise<Session | undefined> {
    try {
      return this.read((await this.client.getConversation({ id: conversationId })).conversation)
    } catch (error) {
      if (isApiError(error) && error.type === 'ResourceNotFound') return undefined
      throw error
    }
  }

  /** Takes a conversation that Botpress handed to us: its tags are the newest there are. */
  read(conversation: Parameters<typeof readSession>[0]): Session | undefined {
    const session = readSession(conversation)
    return session && this.remember(session)
  }

  /** The conversation of a thread, created when there is none. One new conversation for each thread, always. */
  async open(ids: SessionKey & { customerId: CustomerId; userId: string }): Promise<Session> {
    const { conversation } = await this.client.getOrCreateConversation({
      channel: 'hitl',
      tags: { ...ids },
      discriminateByTags: ['threadId'],
    })
    const session = this.read(conversation)
    if (!session) throw new Error('Botpress returned a conversation without the tags it was created with')
    this.memory.openedAt.set(conversation.id, Date.parse(conversation.updatedAt))
    return session
  }

  async write(session: Session, tags: SessionTags): Promise<Session> {
    const { conversation } = await this.client.updateConversation({ id: session.conversationId, tags })
    return this.read(conversation) ?? session
  }

  private async list(tags: SessionTags): Promise<{ sessions: Session[]; more: boolean }> {
    const { conversations, meta } = await this.client.listConversations({ channel: 'hitl', tags })
    const sessions = conversations.map(readSession).filter(isSession).map(this.remember)
    return { sessions: sessions.sort((a, b) => b.createdAt - a.createdAt), more: meta.nextToken !== undefined }
  }

  /** A conversation that came with a message may be older than what we wrote since: the newest counts. */
  private readonly remember = (session: Session): Session => {
    const copy = this.memory.sessions.get(keyOf(session))?.session
    if (copy && copy.conversationId === session.conversationId && copy.updatedAt > session.updatedAt) return copy
    this.memory.sessions.set(keyOf(session), { session, readAt: this.clock.now() })
    return session
  }
}

const isSession = (session: Session | undefined): session is Session => session !== undefined
const keyOf = ({ chatId, threadId }: SessionKey) => `${chatId} ${threadId}`
