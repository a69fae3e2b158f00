import type { AgentId, ChatId, CustomerId, EventId, ThreadId } from './ids'

/**
 * The button that a customer's answer belongs to. `id` alone is not unique among the buttons of an event
 * [livechat.md: Buttons].
 */
export type Postback = { id: string; threadId: ThreadId; eventId: EventId; type?: string; value?: string }

/** An event that we send as the customer. `customId` is ours: it marks what we wrote and finds it again after a lost answer. */
export type OutgoingEvent =
  | { type: 'message'; text: string; customId: string; postback?: Postback }
  | { type: 'file'; url: string; customId: string }

export type Button = { text?: string; type?: string; value?: string; postbackId?: string }
export type RichElement = {
  title?: string
  subtitle?: string
  image?: { url?: string; name?: string; contentType?: string; alternativeText?: string }
  buttons?: Button[]
}

/** An event as LiveChat tells it (webhooks, `get_chat`): the fields we use; `type` is open, the vendor may add more. */
export type IncomingEvent = {
  id: EventId
  type: string
  createdAt?: string
  /** Absent on `system_message` and `system`. */
  authorId?: string
  customId?: string
  visibility?: string
  text?: string
  systemMessageType?: string
  textVars?: Record<string, unknown>
  url?: string
  name?: string
  contentType?: string
  alternativeText?: string
  templateId?: string
  elements?: RichElement[]
  deleted?: boolean
  /** `properties.lc2.welcome_message`: the automatic greeting that LiveChat writes in an agent's name. */
  isWelcome: boolean
  /** The text is CommonMark (default properties, chats.formatting). Absent: plain text. */
  isMarkdown?: boolean
  /** `properties.source.client_id`: the app that wrote it; a hint only [livechat.md: Webhook filters]. */
  sourceClientId?: string
}

/** `queuedAt` tells one wait from the next; its form differs between versions. */
export type Queue = { position?: number; waitTimeSeconds?: number; queuedAt?: string }

export type ChatUser = {
  id: string
  /** `agent` (bots included) or `customer`. */
  type: string
  name?: string
  /** Always with a scheme: LiveChat leaves it out at times [livechat.md: Ids of people]. */
  avatar?: string
  present?: boolean
  /** In the chat for the other agents only, as a supervisor who reads along: the customer does not know of them. */
  isUnseen: boolean
}

export type Thread = {
  id: ThreadId
  active: boolean
  createdAt?: string
  userIds: string[]
  events: IncomingEvent[]
  tags: string[]
  queue?: Queue
  rating?: { score?: number; comment?: string }
  /** LiveChat's own summary, one statement a line. */
  summary?: string
}

export type Chat = {
  id: ChatId
  thread?: Thread
  users: ChatUser[]
  groupIds: number[]
  /** Client ids of the apps that agent and customer use in this chat (`properties.source`). */
  source: { clientId?: string; customerClientId?: string }
}

export type { AgentId, ChatId, CustomerId, EventId, ThreadId }
