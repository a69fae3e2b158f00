import type { Faults } from '../http/faults'
import type { Wire } from '../http/wire'
import type { Announcement } from './assignment'
import type { Agent, RichElement, WebhookFilters, WebhookRegistration } from './model'
import type { Settings, SettingsPatch } from './settings'
import type { Store } from './store'

/** Where something happened: what every driving method answers. */
export type Happened = { chatId: string; threadId: string }
export type Said = Happened & { eventId: string }

/** A human agent at the desk. Every method throws an `Error` when LiveChat's app would not offer it. */
export type AgentPerson = {
  id: string
  /** Writes to the customer. The agent joins first when not in the chat, as the app demands. */
  says(chatId: string, text: string, options?: { customId?: string }): Said
  /** Writes a note that only agents see. */
  notes(chatId: string, text: string): Said
  sendsFile(chatId: string, file: { name: string; contentType?: string; bytes: Uint8Array }): Said
  sendsRichMessage(chatId: string, message: { templateId?: string; elements: RichElement[] }): Said
  edits(eventId: string, text: string): Said
  deletes(eventId: string): Said
  /**
   * Picks the chat up when nobody has it, else joins as a second agent. Tells `user_added_to_chat`, and `chat_transferred`
   * (reason `assigned`) for a pick-up; `announce` leaves one or both out, since nothing promises both.
   */
  joins(chatId: string, options?: { announce?: Announcement }): Happened
  /** Reads along for the agents only (`visibility: "agents"`): the chat stays with whom it is, or in the queue. */
  supervises(chatId: string): Happened
  leaves(chatId: string): Happened
  /** Hands the chat over: to an agent, who is in it at once, or to a group, where the router or a pick-up follows. */
  transfersTo(chatId: string, target: { agentId: string } | { groupId: number }): Happened
  closes(chatId: string): Happened
  tags(chatId: string, tag: string): Happened
  untags(chatId: string, tag: string): Happened
  /** Opens the archived chat again from the Agent App: a new thread that no bot started. */
  reopens(chatId: string, text?: string): Happened
  /** Has read everything said so far. */
  reads(chatId: string): Happened
  /** Accepts chats again; with `routing.autoAssign` the router hands over waiting chats at once. */
  goesOnline(): void
  /** Stops accepting chats (for the router: nobody there), chats in hand stay. */
  goesOffline(): void
}

/** A bot agent of LiveChat. */
export type BotPerson = Pick<
  AgentPerson,
  'id' | 'says' | 'sendsRichMessage' | 'joins' | 'leaves' | 'transfersTo' | 'closes' | 'goesOnline' | 'goesOffline'
>

/** A customer who acts outside the integration: on a website, or as the object of an administrator's doing. */
export type CustomerPerson = {
  id: string
  says(chatId: string, text: string): Said
  /** Presses a button of a rich message (only marks it; the answer is a message). */
  presses(chatId: string, eventId: string, postbackId: string): Happened
  closes(chatId: string): Happened
  /** Leaves the website: the router closes the chat (`archived_customer_disconnected`). */
  disconnects(chatId: string): Happened
  /** An agent bans the customer: the active chat closes, later calls get `customer_banned`. */
  isBanned(): void
  /** Every token of the customer stops working now. */
  losesTokens(): void
  /** The cookie secrets no longer prove the identity. */
  losesCookies(): void
}

/** LiveChat's router: what happens without a person. */
export type RouterPerson = {
  assigns(chatId: string, agentId: string, options?: { reason?: 'assigned' | 'inactive' | 'other' }): Happened
  /** The agent is lost: the chat goes to the queue, or is left unassigned when `queued` is `false`. */
  unassigns(chatId: string, options?: { queued?: boolean }): Happened
  /** Puts the chat at a place of the queue. A chat that waits already only moves; that is no documented webhook. */
  queues(chatId: string, place: { position: number; waitTime: number }): Happened
  /** `routing.archived_inactive`: no messages for a while. */
  closesIdle(chatId: string): Happened
  /** `routing.archived_offline`: nobody was available. */
  closesNobody(chatId: string): Happened
  /** `routing.archived_disconnected`, or any other type: the agent's connection was lost. */
  closesOther(chatId: string, systemMessageType?: string): Happened
  /** Marks the chat idle without closing it. */
  marksIdle(chatId: string): Said
  /** Writes a system message of any type. */
  writes(chatId: string, systemMessage: { type: string; text?: string; textVars?: Record<string, unknown> }): Said
}

export type Envelope = {
  webhook_id: string
  secret_key: string
  action: string
  organization_id?: string
  payload: unknown
  additional_data?: Record<string, unknown>
}

export type Attempt = { startedAt: number; endedAt?: number; status?: number; error?: string }

/** One webhook on its way to one registration, with everything that became of it. */
export type Delivery = {
  id: number
  registrationId: string
  url: string
  action: string
  envelope: Envelope
  attempts: Attempt[]
  /** `held` waits for `release`, `pending` is under way or between retries, `lost` used up its retries. */
  outcome: 'held' | 'pending' | 'delivered' | 'lost' | 'dropped'
}

/** What is done to deliveries, beside the faults on operation `webhook/<action>`. Applies from now on. */
export type Disturbance = {
  /** Absent: all actions. */
  action?: string
  kind: 'drop' | 'duplicate' | 'delay'
  /** Milliseconds, for `delay`. */
  delayMs?: number
  /** How many copies arrive in all, for `duplicate`; default 2. */
  copies?: number
  /** How many deliveries are hit; default 1, `Infinity` until `undisturb()`. */
  times?: number
}

export type WebhookControl = {
  /** Registrations made by API or by hand. */
  registrations(): readonly WebhookRegistration[]
  /** As the Console's "Chat Webhooks" block does: no token, no limit of filters. Answers the registration's id. */
  registerManually(registration: {
    action: string
    url: string
    secretKey: string
    clientId?: string
    type?: 'license' | 'bot'
    filters?: WebhookFilters
    additionalData?: ('chat_properties' | 'chat_presence_user_ids')[]
    version?: '3.5' | '3.6'
  }): string
  unregister(id: string): void
  /** Everything sent or to be sent, oldest first. */
  deliveries(action?: string): readonly Delivery[]
  /** From now on deliveries wait; those under way go on. With `action` only these. */
  hold(action?: string): void
  /** Sends what was held (in the given order, default the order of happening) and holds no more. */
  release(order?: 'in-order' | 'reversed' | 'shuffled' | ((held: Delivery[]) => Delivery[])): void
  disturb(disturbance: Disturbance): void
  undisturb(): void
  /** Sends the same envelope once more, as after a lost answer. */
  redeliver(delivery: Delivery): Promise<Delivery>
  /** Sends a hand-made or forged envelope to `url` (default: the first registration's) and answers the receiver's status. */
  post(envelope: unknown, options?: { url?: string; raw?: boolean }): Promise<{ status: number; body: string }>
  /** Resolves when nothing is under way and no retry is waiting (held deliveries do not count). */
  settled(): Promise<void>
}

/** What a bot owner copies out of LiveChat's consoles. */
export type Credentials = {
  organizationId: string
  clientId: string
  /** Base64 of `account:token`: an administrator's token with every scope. */
  fullToken: string
  /** The same for a token whose only scope is `chats--access:rw`. */
  minimalToken: string
}

export type LiveChatOptions = {
  /** Whitelist of redirect URIs of the default app; default: Botpress' webhook host. */
  redirectUris?: string[]
  settings?: SettingsPatch
  /** Milliseconds since the epoch; default `Date.now`. Tokens and uploads age by it. */
  now?: () => number
  port?: number
}

/** LiveChat on one loopback port: accounts, chat and configuration APIs, files, webhooks, and the people behind them. */
export type LiveChat = {
  /** Base of everything, without a final slash: `http://127.0.0.1:<port>`. */
  url: string
  port: number
  wire: Wire
  faults: Faults
  settings: Settings
  store: Store
  webhooks: WebhookControl
  credentials: Credentials
  agents: {
    /** Adds or replaces an agent; defaults: normal role, group 0 and 7, accepting chats. */
    add(agent: Partial<Agent> & { id: string }): Agent
    list(): readonly Agent[]
  }
  /** Another personal access token, of an existing agent; answers its base64 value. */
  issueToken(token: { agentId: string; scopes: string[] }): string
  agent(id: string): AgentPerson
  bot(id?: string): BotPerson
  customer(id: string): CustomerPerson
  /** A chat that somebody starts on a website, without the integration. Answers all its ids. */
  customerArrives(visitor?: {
    name?: string
    email?: string
    groupId?: number
    text?: string
    clientId?: string
  }): Happened & { customerId: string }
  /** An administrator wipes a chat: later calls get `chat_anonymized`. */
  anonymizes(chatId: string): void
  router: RouterPerson
  /** Same as `webhooks.settled()`. */
  deliveriesSettled(): Promise<void>
  /** Everything as after the start: store, settings, wire, faults; deliveries under way are given up. */
  reset(): void
  close(): Promise<void>
}
