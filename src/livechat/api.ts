import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type { Readable } from 'node:stream'
import type { AgentId, Chat, ChatId, CustomerId, EventId, OutgoingEvent, ThreadId } from './types'

/** The customer that a call of the Customer Chat API speaks for. */
export type CustomerSession = { accessToken: string }

export type Opening = {
  groupId: number
  /** The first events, in order; each `customId` finds the chat again after a lost answer. */
  events: OutgoingEvent[]
  /** The same without files, sent when LiveChat refuses to open a thread with files. Absent: `events` holds none. */
  eventsWithoutFiles?: OutgoingEvent[]
  /** `true`: the chat may wait for an agent. `false`: refused with `nobody-available` when no one is online. */
  continuous: boolean
  /** Default `true`: LiveChat's own bots do not take the chat. Given up by itself where LiveChat refuses the property. */
  ignoreBots?: boolean
}
export type StartedChat = { chatId: ChatId; threadId: ThreadId }
export type ChatSummary = { chatId: ChatId; active: boolean; lastThreadId?: ThreadId }

export type Profile = {
  name?: string
  email?: string
  avatar?: string
  /** Ordered; they live for the customer's session only, so send them at every handoff. */
  sessionFields?: { name: string; value: string }[]
}

/** `online_for_queue`: agents are there and all of them are busy. */
export type GroupStatus = 'online' | 'offline' | 'online_for_queue'

export type Upload = {
  /** A function is called for each attempt; bytes can be repeated too; a stream is sent once. */
  content: Uint8Array | Readable | (() => Readable | Promise<Readable>)
  /** With the extension that fits the content: LiveChat derives the kind of the file from it. */
  fileName: string
  contentType?: string
  /** Milliseconds that are left for it, all attempts and the pauses between them included. */
  leftMs?: () => number
}

type Properties = Record<string, Record<string, string | number | boolean>>

/** Customer Chat API: everything is done as the customer whose token is given. All methods throw `LiveChatError`. */
export type CustomerApi = {
  /** `chat-exists` when the customer has a chat: resume it. A lost answer is looked up before the call is repeated. */
  startChat(session: CustomerSession, opening: Opening): Promise<StartedChat>
  /** Opens a new thread in a chat that is over; `chat-active` when it is not. A lost answer is looked up. */
  resumeChat(session: CustomerSession, resumed: Opening & { chatId: ChatId }): Promise<StartedChat>
  /** Newest first. A customer has one chat at the most. `limit`: default 10, at most 25. */
  listChats(session: CustomerSession, query?: { limit?: number }): Promise<ChatSummary[]>
  /** The latest thread unless one is named. Agents' ids are hashes here. */
  getChat(session: CustomerSession, query: { chatId: ChatId; threadId?: ThreadId }): Promise<Chat>
  /**
   * `session-over` when the thread is not the active one any more. LiveChat knows only the chat, so before each repetition
   * the event is looked up by its `customId`, in this very thread. Repeated for as long as the caller waits.
   */
  sendEvent(session: CustomerSession, thread: StartedChat, event: OutgoingEvent): Promise<EventId>
  /** Hides an event of the customer's own; agents of higher roles may still see it [livechat.md: Events]. */
  deleteEvent(session: CustomerSession, event: { chatId: ChatId; threadId: ThreadId; eventId: EventId }): Promise<void>
  /** Does nothing when there is nothing to say. */
  updateCustomer(session: CustomerSession, profile: Profile): Promise<void>
  /** Groups that do not exist are missing from the answer. */
  listGroupStatuses(session: CustomerSession, query: { groupIds: number[] }): Promise<Map<number, GroupStatus>>
  /** As the agents' method. `lookFirst`: time has passed, so the thread may be over and the customer's next one open. */
  deactivateChat(session: CustomerSession, thread: StartedChat, options?: { lookFirst?: boolean }): Promise<void>
  /** The address to send in a `file` event, good for 24 hours. An error of the given stream is thrown as it is. */
  uploadFile(session: CustomerSession, upload: Upload): Promise<string>
  /** `seenUpTo`: RFC 3339, the `createdAt` of the newest event seen. */
  markEventsAsSeen(session: CustomerSession, seen: { chatId: ChatId; seenUpTo: string }): Promise<void>
  /** For example `{ rating: { score: 1, comment: '…' } }`. */
  updateThreadProperties(
    session: CustomerSession,
    update: { chatId: ChatId; threadId: ThreadId; properties: Properties },
  ): Promise<void>
}

/** `accepting_chats`, `not_accepting_chats`, `offline`; the vendor's spellings are made one. */
export type RoutingStatus = { agentId: AgentId; status: string }

/** Agent Chat API, with the personal access token. All methods throw `LiveChatError`. */
export type AgentApi = {
  getChat(query: { chatId: ChatId; threadId?: ThreadId }): Promise<Chat>
  /**
   * Closes the chat's open thread, expected to be this one; before each repetition LiveChat is asked whether it still is.
   * Closing what is over is success. The token's owner need not be in the chat.
   */
  deactivateChat(thread: StartedChat): Promise<void>
  /** `nobody-available` when the agent cannot take it. The token's owner need not be in the chat. */
  transferChat(transfer: { chatId: ChatId; agentId: AgentId }): Promise<void>
  /** LiveChat summarizes the thread later, of a closed one once: `refused` with the type `already_exists` then. */
  requestThreadSummary(thread: StartedChat): Promise<void>
  tagThread(tag: { chatId: ChatId; threadId: ThreadId; tag: string }): Promise<void>
  /** A probe: succeeds when the token may read chats. */
  listChats(query?: { limit?: number }): Promise<{ chatId: ChatId }[]>
  listRoutingStatuses(query?: { groupIds?: number[] }): Promise<RoutingStatus[]>
}

/** The customer whose token is asked for again. */
export type CustomerProof = { customerId: CustomerId; cookieSecret: string }

/** How the accounts service is asked for a customer's token. */
export type CustomerGrant = {
  /** What is sent beside the content type. Without an identity LiveChat makes a new customer. */
  request(identity?: CustomerProof): Promise<{ body: object; headers: Record<string, string> }>
  /** What identifies the customer next time, when the answer holds it. */
  proofIn(setCookies: readonly string[]): string | undefined
}

export type CustomerToken = {
  accessToken: string
  /** May differ from the identity that was asked for: compare. */
  customerId: CustomerId
  /** The newest proof of the identity, when LiveChat sent one. */
  cookieSecret?: string
  expiresInSeconds: number
}

/** Accounts service: identities. All methods throw `LiveChatError`. */
export type AccountsApi = {
  /** With an identity: a token for that customer. Without: a new customer. */
  customerToken(identity?: CustomerProof): Promise<CustomerToken>
  /** The organization of the personal access token. */
  organizationsMy(): Promise<{ organizationId: string; name?: string }>
  /** The owner of the personal access token; the e-mail is the agent id. */
  accountsMe(): Promise<{ accountId: string; email?: string; name?: string }>
}

export type WebhookRegistration = {
  action: string
  url: string
  secretKey: string
  description?: string
  filters?: Record<string, unknown>
  additionalData?: string[]
}
export type RegisteredWebhook = {
  id: string
  action: string
  url: string
  description?: string
  filters?: Record<string, unknown>
  type?: string
}
export type Group = {
  id: number
  name?: string
  languageCode?: string
  routingStatus?: string
  /** Agent id to priority; present for `getGroup` and when asked for. `supervisor` never gets chats by itself. */
  agentPriorities?: Record<string, string>
}
export type Agent = {
  id: AgentId
  accountId?: string
  name?: string
  role?: string
  avatar?: string
  suspended?: boolean
  /** Present when asked for, where LiveChat returns it. Times are local to `timezone`; empty: the agent's own, unknown. */
  workScheduler?: { timezone: string; shifts: { day: string; enabled: boolean; start: string; end: string }[] }
}

/** Configuration API, with the personal access token. All methods throw `LiveChatError`; the client id is ours. */
export type ConfigurationApi = {
  /**
   * A license webhook. `refused` when three of this action exist already. `existing`: the ids there before at that address,
   * by which one is found whose answer was lost; without them it is not repeated.
   */
  registerWebhook(registration: WebhookRegistration, existing?: ReadonlySet<string>): Promise<{ id: string }>
  /** All webhooks of the client id, other people's included. */
  listWebhooks(): Promise<RegisteredWebhook[]>
  /** `clientId`: whose it is, when not the configured one's. A webhook that is gone already is success. */
  unregisterWebhook(webhook: { id: string; clientId?: string }): Promise<void>
  getLicenseWebhooksState(): Promise<{ enabled: boolean }>
  enableLicenseWebhooks(): Promise<void>
  getGroup(groupId: number): Promise<Group>
  listGroups(): Promise<Group[]>
  listAgents(query?: { groupIds?: number[]; withHours?: boolean }): Promise<Agent[]>
}

export type LiveChatApi = {
  customer: CustomerApi
  agent: AgentApi
  accounts: AccountsApi
  configuration: ConfigurationApi
}

/** Connections that are kept open over calls; made once by `keepAliveAgents()`. */
export type KeepAliveAgents = { httpAgent: HttpAgent; httpsAgent: HttpsAgent }

export type LiveChatOptions = Partial<KeepAliveAgents> & {
  /** Default `https://api.livechatinc.com`. */
  apiUrl?: string
  /** Default `https://accounts.livechat.com`. */
  accountsUrl?: string
  organizationId: string
  clientId: string
  /** Sent with every customer token request; LiveChat checks it against the app's list. */
  redirectUri: string
  /** The `Authorization` header of the agent who owns the installation; asked for before each call. */
  agentAuthorization: () => Promise<string>
  /** Default: the cookie grant, which needs no login of an agent. */
  customerGrant?: CustomerGrant
  /**
   * The region that LiveChat asked for, by the one that the token names. Read before each call and written when LiveChat
   * asks for another; hand in the same map again to remember it.
   */
  regions?: Map<string, string>
  /** LiveChat announces the end of this version of its API; called once per client. */
  onNotice?: (text: string) => void
  /** Longest time of one attempt, in milliseconds. Default 8000. */
  timeoutMs?: number
  /**
   * The same for what must not be done twice (an event, a start). Above the 15 s after which LiveChat gives a call up, no
   * first attempt can be carried out after a second one was sent. Default 16 000.
   */
  unrepeatableTimeoutMs?: number
  /** Longest time of one upload, in milliseconds. Default 30 000. */
  uploadTimeoutMs?: number
  /** Milliseconds that the caller has left; no attempt and no pause goes beyond it. */
  deadline?: () => number
  /** How often `try-later` is repeated (default 3) and the first pause in milliseconds (default 1000, then doubled). */
  retries?: { max?: number; firstPauseMs?: number }
  sleep?: (ms: number) => Promise<void>
  /** In [0, 1), spreads the pauses. */
  random?: () => number
}
