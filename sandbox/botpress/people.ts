import type { Customer, CustomerOptions, Seen } from './api'
import type { Message, Payload } from './objects'
import { asIntegration, type Caller, type Installed, type Platform } from './platform'
import { createConversation } from './runtime-api/conversations'
import { createMessage } from './runtime-api/messages'
import { createUser } from './runtime-api/users'

const DEFAULT_CHANNEL = 'webchat'

/** What a person of the upstream side needs of the bot. */
export type Surroundings = {
  platform: Platform
  installed: Installed
  /** Resolves when the bot has processed that message, or at once while the bot is held. */
  processed(messageId: string): Promise<void>
  /** Whether the message is an agent's, relayed by the plugin. */
  isRelayed(payload: Payload): boolean
}

/** A person talking to the bot through an upstream integration of the emulator's own. */
export class Person implements Customer {
  readonly userId: string
  readonly conversationId: string
  readonly email?: string
  private readonly upstream: Caller

  constructor(
    private readonly around: Surroundings,
    options: CustomerOptions,
  ) {
    const { platform, installed } = around
    const channel = options.channel ?? DEFAULT_CHANNEL
    this.upstream = asIntegration(installed, channel)
    if (options.email !== undefined) this.email = options.email
    const { name, pictureUrl } = options
    const profile = { ...(name === undefined ? {} : { name }), ...(pictureUrl === undefined ? {} : { pictureUrl }) }
    this.userId = createUser(platform, this.upstream, { tags: {}, ...profile }).id
    this.conversationId =
      options.joins?.conversationId ?? createConversation(platform, this.upstream, { channel, tags: {} }).id
    platform.store.participantsOf(this.conversationId).add(this.userId)
  }

  says(text: string): Promise<Message> {
    return this.sends({ type: 'text', payload: { text } })
  }

  types(text: string): Promise<Message> {
    return this.says(text)
  }

  async sends({ type, payload }: { type: string; payload: Payload }): Promise<Message> {
    const { userId, conversationId } = this
    const content = { type, payload, userId, conversationId, tags: {} }
    const message = createMessage(this.around.platform, this.upstream, content)
    await this.around.processed(message.id)
    return message
  }

  sees(): Seen[] {
    return this.around.platform.store.messagesIn(this.conversationId).map((message) => this.seen(message))
  }

  waitToSee(fits: (seen: Seen) => boolean, timeoutMs = 10_000): Promise<Seen> {
    const lines = () => this.sees().map(({ from, text, type }) => `${from}: ${text ?? type}`)
    const failure = () => new Error(`not seen within ${timeoutMs} ms; the conversation holds:\n${lines().join('\n')}`)
    return this.around.platform.store.when(() => this.sees().find(fits), timeoutMs, failure)
  }

  private seen({ id, type, payload, createdAt, userId, direction }: Message): Seen {
    const answeredBy = this.around.isRelayed(payload) ? 'agent' : 'bot'
    const from = direction === 'incoming' ? 'customer' : answeredBy
    const authors = { customer: userId, agent: String(payload.userId), bot: '' }
    const name = this.around.platform.store.users.get(authors[from])?.object.name
    const text = shownText(payload)
    return {
      id,
      from,
      ...(name === undefined ? {} : { name }),
      type,
      ...(text === undefined ? {} : { text }),
      payload,
      createdAt,
    }
  }
}

/** The words of a message, or the address of what it shows. */
function shownText(payload: Payload): string | undefined {
  const { text, markdown, imageUrl, audioUrl, videoUrl, fileUrl } = payload
  const first = [text, markdown, imageUrl, audioUrl, videoUrl, fileUrl].find((part) => typeof part === 'string')
  return typeof first === 'string' ? first : undefined
}
