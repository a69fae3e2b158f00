import type { Faults } from '../http/faults'
import type { Wire } from '../http/wire'
import type { ActionOutput, Session, StartHitlInput } from './cards'
import type { Declared } from './definition'
import type { Event, Message, Payload } from './objects'
import type { BotScript, CodeCard } from './script'
import type { DeepPartial, Settings } from './settings'
import type { Store } from './store'

export type BotpressOptions = {
  /** What the integration's definition declares; see `loadDefinition()`. Every install uses it unless it brings its own. */
  declared: Declared
  settings?: DeepPartial<Settings>
  /** Give the emulators one wire to see all exchanges in one order. */
  wire?: Wire
}

export type InstallOptions = {
  /** Where the integration's process listens, without path. Several make several instances of one installation. */
  integrationUrl?: string
  integrationUrls?: string[]
  /** Which instance takes the next call; default: one after the other. */
  chooseUrl?: (urls: string[], operation: string) => string
  configuration: Payload
  /** Default: a fresh id. */
  webhookId?: string
  /** Name under which the bot knows the integration; default: its name. */
  alias?: string
  /** Default: the declared name. */
  name?: string
  declared?: Declared
  /** What the small bot says and when it hands over; `null` installs no bot at all. */
  bot?: BotScript | null
}

/** One bot with the integration and the HITL plugin installed. */
export type Installation = {
  readonly botId: string
  readonly botUserId: string
  readonly integrationId: string
  readonly alias: string
  readonly webhookId: string
  /** `<emulator url>/<webhookId>`: what `register` gets, and where LiveChat's webhooks go. */
  readonly webhookUrl: string
  /** Last identifier and schedule given to `configureIntegration`. */
  readonly configured: Payload
  /** As on saving the configuration: calls `register`. Rejects with `ActionFailed` holding the integration's sentence. */
  register(): Promise<void>
  unregister(): Promise<void>
  ping(): Promise<void>
  /** Replaces the configuration and calls `register`. */
  configure(configuration: Payload): Promise<void>
  /** Replaces the addresses of the integration's processes, e.g. after a restart. */
  moveTo(integrationUrls: string[]): void
  customer(person: CustomerOptions): Customer
  /** The bot calls an action of the integration directly, `type` without alias. */
  callAction(type: string, input: Payload): Promise<ActionOutput>
  /** The plugin's own actions, as a bot author's card runs them. */
  startHitl(customer: UpstreamIds, input?: StartHitlInput): Promise<void>
  stopHitl(customer: UpstreamIds): Promise<void>
  /** Events that reached the bot's own triggers, oldest first (`<alias>:chatEnded`, `hitl#continueWorkflow`). */
  readonly botEvents: Event[]
  /** Hands over and waits until the plugin has activated both sides; rejects when the plugin ignored or failed it. */
  handOver(customer: UpstreamIds, input?: StartHitlInput): Promise<Session>
  readonly sessions: Session[]
  /** Resolves with the newest session as soon as it is in that phase; rejects after `timeoutMs` (default 10 000). */
  whenSession(phase: Session['phase'], timeoutMs?: number): Promise<Session>
  /** What the platform would log as failed: hooks of messages and events, flows, deliveries to the integration; oldest first. */
  readonly failures: string[]
  /** Names of the runtime calls that the plugin has made, and what it has logged as an error; oldest first. */
  readonly pluginCalls: readonly string[]
  readonly pluginLog: readonly string[]
  /** An Execute Code card in that conversation. */
  codeCard(place: UpstreamIds): CodeCard
}

export type CustomerOptions = {
  name?: string
  /** Given to the card as `userEmail` when the scripted bot hands over. */
  email?: string
  pictureUrl?: string
  /** The upstream integration; default `webchat`. */
  channel?: string
  /** Share the conversation of another customer (a group conversation). */
  joins?: Customer
}

/** Whom the plugin's card is run for. */
export type UpstreamIds = { userId: string; conversationId: string }

/** A person talking to the bot on the upstream side. */
export type Customer = {
  readonly userId: string
  readonly conversationId: string
  readonly email?: string
  /** Sends a text. Resolves when the bot has processed it. */
  says(text: string): Promise<Message>
  /** Sends any message, e.g. `{ type: 'image', payload: { imageUrl } }`. */
  sends(message: { type: string; payload: Payload }): Promise<Message>
  /** The same as `says`, for commands. */
  types(text: string): Promise<Message>
  /** All messages of the conversation, oldest first. */
  sees(): Seen[]
  /** Resolves with the first message that fits, past or future; rejects after `timeoutMs` (default 10 000). */
  waitToSee(fits: (seen: Seen) => boolean, timeoutMs?: number): Promise<Seen>
}

/** One message as the customer's window shows it. */
export type Seen = {
  id: string
  /** `agent`: relayed from the integration; `customer`: any person of the upstream side; `bot`: the bot or the plugin. */
  from: 'customer' | 'agent' | 'bot'
  /** Name shown beside it: the person's, or that of the agent's webchat user. */
  name?: string
  type: string
  /** `payload.text` or what stands for it. */
  text?: string
  payload: Payload
  createdAt: string
}

export type Botpress = {
  /** `http://127.0.0.1:<port>`: BP_API_URL and BP_WEBHOOK_URL of the integration. */
  readonly url: string
  readonly wire: Wire
  /** Fits operations of the runtime API (`getOrCreateMessage`), calls to the integration (`action/startHitl`, `message/text`)
   *  and the plugin's call to webchat (`action/webchat:getOrCreateUser`, which any fault fails). */
  readonly faults: Faults
  /** May be changed at any time. */
  readonly settings: Settings
  readonly store: Store
  /** Installs the integration (and the plugin) in a new bot. Does not call `register`. */
  install(options: InstallOptions): Installation
  readonly installations: Installation[]

  /** Short forms for the first installation. */
  register(): Promise<void>
  unregister(): Promise<void>
  configure(configuration: Payload): Promise<void>
  customer(person: CustomerOptions): Customer
  callAction(type: string, input: Payload): Promise<ActionOutput>
  startHitl(customer: UpstreamIds, input?: StartHitlInput): Promise<void>
  stopHitl(customer: UpstreamIds): Promise<void>
  handOver(customer: UpstreamIds, input?: StartHitlInput): Promise<Session>
  readonly botEvents: Event[]

  /** Messages of a conversation as the store holds them (tags with the owner's prefix), oldest first. */
  messagesIn(conversationId: string): Message[]
  /** Events of that type, with or without the alias in front, oldest first. */
  eventsOf(type: string): Event[]
  /** Payload of a state of the integration, the plugin (`hitl#hitl`) or the bot. */
  stateOf(type: string, id: string, name: string): Payload | undefined
  /** Whether the plugin holds that conversation, of either side, for active. */
  isActive(conversationId: string): boolean

  /** Stops the bot from processing messages and events; they wait. */
  hold(): void
  /** Lets the waiting ones go, in the order of `settings.processing.order`. */
  release(): void
  /** Stops every `startHitl` of the plugin in the activation gap: before the two conversations are linked, or after that
   *  and before they are active. Such a start does not count for `idle()`. */
  holdStart(before: 'link' | 'activation'): void
  releaseStart(): void
  /** Resolves when nothing is under way: no call to the integration, no queued message or event, no plugin step.
   *  What waits for `release()` or for a schedule does not count. Rejects after `timeoutMs` (default 60 000). */
  idle(timeoutMs?: number): Promise<void>
  /** Calls `listener` after each change of the store, the sessions or the bot's events. Returns how to stop. */
  onChange(listener: () => void): () => void
  /** Forgets every object, event, session, fault and exchange, and restores the settings it was started with.
   *  Installations stay. */
  reset(): void
  close(): Promise<void>
}
