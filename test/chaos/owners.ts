import type { Botpress } from '../../sandbox/botpress'
import type { LiveChat } from '../../sandbox/livechat'
import { sessionIn, sessionOfAddress } from './marks'

type Body = Record<string, unknown>

/** Tells which session of the run a request, a delivery or a chat belongs to. */
export class Owners {
  /** Sessions by the ids of what their customers bring: upstream users and conversations. */
  private readonly brought = new Map<string, number>()
  private readonly chats = new Map<string, number>()

  constructor(
    private readonly livechat: LiveChat,
    private readonly botpress: Botpress,
  ) {}

  note(session: number, ...ids: string[]): void {
    for (const id of ids) this.brought.set(id, session)
  }

  ofUser(userId: string): number | undefined {
    return this.brought.get(userId) ?? this.ofAddress(tag(this.botpress.store.users.get(userId)?.object.tags, 'email'))
  }

  ofConversation(id: string): number | undefined {
    const tags = this.botpress.store.conversations.get(id)?.object.tags
    return this.brought.get(id) ?? this.ofUser(tag(tags, 'userId'))
  }

  ofChat(chatId: string): number | undefined {
    const known = this.chats.get(chatId)
    if (known !== undefined) return known
    const events = this.livechat.store.eventsIn(chatId)
    const session = events.map(({ text }) => sessionIn(text)).find((each) => each !== undefined)
    if (session !== undefined) this.chats.set(chatId, session)
    return session
  }

  /** Of a webhook of LiveChat's. */
  ofDelivery(envelope: unknown): number | undefined {
    const { chat_id, chat } = bodyIn(bodyIn(envelope)['payload'])
    const id = chat_id ?? bodyIn(chat)['id']
    return typeof id === 'string' ? this.ofChat(id) : undefined
  }

  /** Of what Botpress asks the integration: an action, a message, a webhook. */
  ofRequest(body: unknown): number | undefined {
    const { conversation, input, req } = bodyIn(body)
    if (conversation) return this.ofConversation(textIn(conversation, 'id'))
    if (req) return this.ofDelivery(parsed(textIn(req, 'body')))
    const { email, userId, conversationId } = bodyIn(input)
    if (typeof email === 'string') return this.ofAddress(email)
    if (typeof userId === 'string') return this.ofUser(userId)
    return typeof conversationId === 'string' ? this.ofConversation(conversationId) : undefined
  }

  /** The plugin makes an address of the user's id where the bot gives none. */
  private ofAddress(address: string): number | undefined {
    return sessionOfAddress(address) ?? this.brought.get(address.split('@')[0] ?? '')
  }
}

/** The integration's tag of that name; empty where there is none. */
export function tag(tags: Record<string, string> | undefined, name: string): string {
  return Object.entries(tags ?? {}).find(([key]) => key.endsWith(`:${name}`))?.[1] ?? ''
}

export function bodyIn(value: unknown): Body {
  return typeof value === 'object' && value !== null ? (value as Body) : {}
}

export function textIn(value: unknown, name: string): string {
  const text = bodyIn(value)[name]
  return typeof text === 'string' ? text : ''
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
