import type { Activity } from './activity'
import { ApiError } from './api-error'
import { ScriptedBot } from './bot'
import type { Customer, CustomerOptions, Installation, InstallOptions, UpstreamIds } from './api'
import type { Session, StartHitlInput } from './cards'
import { BotCard, type FlowPlace } from './code-card'
import type { InstalledIntegration } from './installation'
import type { Event, Message, Payload } from './objects'
import { Person, type Surroundings } from './people'
import type { Platform } from './platform'
import { Abandoned } from './plugin/client'
import { endByBot } from './plugin/end'
import { onEvent } from './plugin/events'
import type { Gate } from './plugin/gate'
import { newPlugin, type Plugin } from './plugin/plugin'
import { onMessage } from './plugin/relay'
import { startHitl } from './plugin/start'
import type { CodeCard } from './script'

/** One bot: the installed integration, the HITL plugin and the script behind it. */
export class BotInstallation implements Installation {
  botEvents: Event[] = []
  failures: string[] = []
  private plugin: Plugin
  private bot: ScriptedBot | undefined
  private readonly emails = new Map<string, string>()

  constructor(
    readonly integration: InstalledIntegration,
    private readonly options: InstallOptions,
    private readonly platform: Platform,
    private readonly activity: Activity,
    private readonly gate: Gate,
    private readonly processed: Surroundings['processed'],
  ) {
    this.plugin = newPlugin(platform, integration, activity, gate)
    this.reset()
  }

  get botId() {
    return this.integration.botId
  }
  get botUserId() {
    return this.integration.botUserId
  }
  get integrationId() {
    return this.integration.integrationId
  }
  get alias() {
    return this.integration.alias
  }
  get webhookId() {
    return this.integration.webhookId
  }
  get webhookUrl() {
    return this.integration.webhookUrl
  }
  get configured() {
    return this.integration.configured
  }
  get sessions(): Session[] {
    return this.plugin.sessions
  }
  get pluginCalls(): readonly string[] {
    return this.plugin.client.made
  }
  get pluginLog(): readonly string[] {
    return this.plugin.log
  }

  register(): Promise<void> {
    return this.activity.track(this.integration.ask('register'))
  }

  unregister(): Promise<void> {
    return this.activity.track(this.integration.ask('unregister'))
  }

  ping(): Promise<void> {
    return this.activity.track(this.integration.ask('ping'))
  }

  configure(configuration: Payload): Promise<void> {
    this.integration.configuration = configuration
    return this.register()
  }

  moveTo(integrationUrls: string[]): void {
    this.integration.moveTo(integrationUrls)
  }

  customer(options: CustomerOptions): Customer {
    const { platform, integration: installed, processed } = this
    const isRelayed = (payload: Payload) => this.plugin.relayed.has(payload)
    const person = new Person({ platform, installed, processed, isRelayed }, options)
    if (options.email !== undefined) this.emails.set(person.userId, options.email)
    return person
  }

  callAction(type: string, input: Payload): Promise<Payload> {
    return this.activity.track(this.integration.callAction(type, input))
  }

  codeCard(place: UpstreamIds): CodeCard {
    return this.cardIn(place)
  }

  async startHitl(customer: UpstreamIds, input: StartHitlInput = {}): Promise<void> {
    await this.activity.track(this.start(customer, input))
  }

  stopHitl(customer: UpstreamIds): Promise<void> {
    return this.activity.track(endByBot(this.plugin, customer.conversationId))
  }

  async handOver(customer: UpstreamIds, input: StartHitlInput = {}): Promise<Session> {
    const session = await this.activity.track(this.start(customer, input))
    if (!session)
      throw new Error('the plugin ignored startHitl: active already, or nothing new was said since the last')
    return session
  }

  whenSession(phase: Session['phase'], timeoutMs = 10_000): Promise<Session> {
    const current = () => this.sessions.at(-1)
    const failure = () => new Error(`no session became ${phase} within ${timeoutMs} ms; it is ${current()?.phase}`)
    return this.platform.store.when(() => (current()?.phase === phase ? current() : undefined), timeoutMs, failure)
  }

  /** The bot's hooks for a new message, then the bot itself. Never rejects: the platform notes the failure. */
  async processMessage(message: Message): Promise<void> {
    try {
      if ((await onMessage(this.plugin, message)) === 'pass-to-bot') await this.bot?.onMessage(message)
    } catch (thrown) {
      this.failed(`message ${message.id}`, thrown)
    }
  }

  /** Returns why the event failed, if it did. */
  async processEvent(event: Event): Promise<string | undefined> {
    try {
      if ((await onEvent(this.plugin, event)) === 'pass-to-bot') await this.passToBot(event)
      return undefined
    } catch (thrown) {
      return this.failed(`event ${event.type}`, thrown)
    }
  }

  failed(what: string, thrown: unknown): string {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    if (thrown instanceof Abandoned) return reason
    const type = thrown instanceof ApiError ? `${thrown.type}: ` : ''
    this.failures.push(`${what}: ${type}${reason}`)
    this.platform.store.changed()
    return reason
  }

  /** Forgets sessions and events, and puts the bot's own user into the emptied store. */
  reset(): void {
    const { platform, integration, activity, gate } = this
    this.plugin.client.abandon()
    this.plugin = newPlugin(platform, integration, activity, gate)
    const { bot: script = {} } = this.options
    this.bot = script === null ? undefined : new ScriptedBot(script, platform.store, (place) => this.cardIn(place))
    this.botEvents = []
    this.failures = []
    this.emails.clear()
    storeBotUser(platform, integration)
  }

  private start(customer: UpstreamIds, input: StartHitlInput): Promise<Session | undefined> {
    const { conversationId: upstreamId, userId: upstreamUserId } = customer
    return startHitl(this.plugin, { ...input, upstreamId, upstreamUserId })
  }

  private async passToBot(event: Event): Promise<void> {
    this.botEvents.push(event)
    this.platform.store.changed()
    await this.bot?.onEvent(event)
  }

  /** The bot knows the address that a customer gave. */
  private cardIn(place: FlowPlace): CodeCard {
    const start = (customer: UpstreamIds, input?: StartHitlInput) => {
      const userEmail = this.emails.get(customer.userId)
      return this.start(customer, { ...(userEmail === undefined ? {} : { userEmail }), ...input })
    }
    const stopHitl = ({ conversationId }: UpstreamIds) => endByBot(this.plugin, conversationId)
    return new BotCard(this.platform, this.integration, place, { startHitl: start, stopHitl })
  }
}

/** The bot towards this integration: author of what the plugin says in the integration's conversations. */
function storeBotUser({ store }: Platform, { botId, botUserId, alias }: InstalledIntegration): void {
  const at = new Date().toISOString()
  const object = { id: botUserId, createdAt: at, updatedAt: at, tags: {}, name: 'Bot' }
  store.users.set(botUserId, { botId, owner: alias, taggings: [], object })
}
