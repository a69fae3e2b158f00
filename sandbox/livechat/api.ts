import type { Faults } from '../http/faults'
import type { Wire } from '../http/wire'
import type { AgentPerson, BotPerson, CustomerPerson, Happened, RouterPerson } from './people/persons'
import type { WebhookControl } from './webhooks/control'
import type { Agent } from './world/model'
import type { Settings, SettingsPatch } from './world/settings'
import type { Store } from './world/store'

/** What a bot owner copies out of LiveChat's consoles. */
type Credentials = {
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
  /**
   * LiveChat deletes a chat, or one of its threads, as retention and administrators do. No webhook tells of it; later
   * calls get `chats.unknownError`, and the customer may start a chat again.
   */
  deletes(chatId: string, threadId?: string): void
  router: RouterPerson
  /** Same as `webhooks.settled()`. */
  deliveriesSettled(): Promise<void>
  /** Everything as after the start: store, settings, wire, faults; deliveries under way are given up. */
  reset(): void
  close(): Promise<void>
}
