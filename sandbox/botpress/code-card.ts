import type { UpstreamIds } from './api'
import type { Session, StartHitlInput } from './cards'
import type { Conversation, Event, Message, Payload, User } from './objects'
import { asBot, type Caller, type Installed, type Platform } from './platform'
import { getConversation } from './runtime-api/conversations'
import { createMessage, getMessage, listMessages } from './runtime-api/messages'
import { getUser } from './runtime-api/users'
import type { CodeCard } from './script'

/** Where a flow runs: a card may change it. */
export type FlowPlace = Pick<Event, 'conversationId' | 'userId'>

/** The plugin's cards. */
type HitlCards = {
  startHitl(customer: UpstreamIds, input?: StartHitlInput): Promise<Session | undefined>
  stopHitl(customer: UpstreamIds): Promise<void>
}

/** An Execute Code card: it acts with the bot's identity, and where nothing is named in the conversation of its flow. */
export class BotCard implements CodeCard {
  constructor(
    private readonly platform: Platform,
    private readonly installed: Installed,
    private readonly place: FlowPlace,
    private readonly cards: HitlCards,
  ) {}

  get alias(): string {
    return this.installed.alias
  }

  async say(text: string): Promise<Message> {
    const { conversationId } = this.place
    if (conversationId === undefined) throw new Error('this flow has no conversation: set event.conversationId')
    return this.createMessage({ conversationId, type: 'text', payload: { text } })
  }

  createMessage(message: { conversationId: string; type: string; payload: Payload }): Promise<Message> {
    const { botId: userId } = this.installed
    return this.act((bot) => createMessage(this.platform, bot, { ...message, userId, tags: {} }))
  }

  getConversation(id: string): Promise<Conversation> {
    return this.act((bot) => getConversation(this.platform, bot, id))
  }

  getUser(id: string): Promise<User> {
    return this.act((bot) => getUser(this.platform, bot, id))
  }

  getMessage(id: string): Promise<Message> {
    return this.act((bot) => getMessage(this.platform, bot, id))
  }

  listMessages(conversationId: string): Promise<Message[]> {
    return this.act((bot) => listMessages(this.platform, bot, { conversationId }).messages)
  }

  callAction(type: string, input: Payload): Promise<Payload> {
    return this.platform.callAction(this.installed, type, input)
  }

  async startHitl(input?: StartHitlInput): Promise<Session | undefined> {
    return this.cards.startHitl(this.customer(), input)
  }

  async stopHitl(): Promise<void> {
    return this.cards.stopHitl(this.customer())
  }

  /** A trigger's flow has no customer of its own. */
  private customer(): UpstreamIds {
    const { conversationId, userId } = this.place
    if (conversationId === undefined || userId === undefined) {
      throw new Error('this flow has no customer: set event.conversationId and event.userId')
    }
    return { conversationId, userId }
  }

  /** A refusal rejects, as an answer over the network would. */
  private async act<T>(work: (bot: Caller) => T): Promise<T> {
    return work(asBot(this.installed))
  }
}
