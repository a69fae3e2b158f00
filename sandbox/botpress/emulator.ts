import { Faults } from '../http/faults'
import { Wire } from '../http/wire'
import { Activity } from './activity'
import { BotInstallation } from './bot-installation'
import type { Botpress, BotpressOptions, CustomerOptions, InstallOptions, UpstreamIds } from './api'
import type { StartHitlInput } from './cards'
import { Deliveries } from './deliveries'
import { Gate, type Point } from './plugin/gate'
import { InstalledIntegration } from './installation'
import { IntegrationCalls } from './integration-calls'
import { Chance } from './chance'
import { Conflicts } from './conflicts'
import type { Event, Message, Payload } from './objects'
import type { Installed, Platform } from './platform'
import { Processing } from './processing'
import { startServer } from './server'
import { applySettings, defaultSettings } from './settings'
import { Store } from './store'

/** Nothing that is under way takes as long; a busy machine may. */
const IDLE_TIMEOUT_MS = 60_000

/** The whole platform: holds the store, sets messages and events on their way, and answers the tests' questions. */
export class Emulator implements Botpress, Platform {
  readonly wire: Wire
  readonly faults = new Faults()
  readonly settings = defaultSettings()
  readonly store = new Store()
  readonly installations: BotInstallation[] = []
  url = ''
  readonly chance = new Chance(this.settings)
  private readonly conflicts = new Conflicts(this.settings, this.chance)
  private readonly activity = new Activity()
  private readonly processing = new Processing(this.settings, this.activity)
  private readonly gate = new Gate(this.activity)
  private readonly calls: IntegrationCalls
  private readonly deliveries = new Deliveries(this, (work) => void this.activity.track(work))
  /** Ends of the processing of messages. */
  private readonly processed = new Map<string, Promise<void>>()
  private readonly scheduled = new Map<string, () => void>()
  private stopServer: () => Promise<void> = () => Promise.resolve()

  private constructor(private readonly options: BotpressOptions) {
    this.wire = options.wire ?? new Wire()
    this.calls = new IntegrationCalls(this.wire, this.faults, this.settings)
    applySettings(this.settings, options.settings ?? {})
  }

  static async start(options: BotpressOptions): Promise<Emulator> {
    const emulator = new Emulator(options)
    const { url, close } = await startServer({
      platform: emulator,
      wire: emulator.wire,
      faults: emulator.faults,
      conflicts: emulator.conflicts,
      installations: () => emulator.installations.map(({ integration }) => integration),
      track: (work) => emulator.activity.track(work),
    })
    emulator.url = url
    emulator.stopServer = close
    return emulator
  }

  install(options: InstallOptions): BotInstallation {
    const { declared } = this.options
    const integration = new InstalledIntegration(options, declared, this.url, this.calls, this.settings)
    const processed = (id: string) => this.whenProcessed(id)
    const installation = new BotInstallation(integration, options, this, this.activity, this.gate, processed)
    this.installations.push(installation)
    return installation
  }

  messageCreated(installed: Installed, message: Message, delayMs: number): void {
    const start = () => {
      if (message.direction === 'outgoing') this.deliveries.deliver(installed, message)
      else this.processed.set(message.id, this.process(installed, message))
    }
    if (delayMs > 0) this.activity.scheduled(delayMs, start)
    else start()
  }

  eventCreated(installed: Installed, event: Event, delayMs: number): void {
    const start = () => {
      this.setEvent(event.id, { status: 'pending' })
      const conversationId = this.queueOf(event)
      void this.processing.add({ kind: 'event', conversationId, run: () => this.runEvent(installed, event) })
    }
    if (delayMs > 0) this.scheduled.set(event.id, this.activity.scheduled(delayMs, start))
    else start()
  }

  cancelEvent(eventId: string): void {
    this.scheduled.get(eventId)?.()
    this.setEvent(eventId, { status: 'ignored' })
  }

  callAction(installed: Installed, type: string, input: Payload): Promise<Payload>
  callAction(type: string, input: Payload): Promise<Payload>
  callAction(...given: [Installed, string, Payload] | [string, Payload]): Promise<Payload> {
    if (given.length === 2) return this.first.callAction(...given)
    const [installed, type, input] = given
    return this.installationOf(installed).callAction(type, input)
  }

  register = () => this.first.register()
  unregister = () => this.first.unregister()
  configure = (configuration: Payload) => this.first.configure(configuration)
  customer = (person: CustomerOptions) => this.first.customer(person)
  startHitl = (customer: UpstreamIds, input?: StartHitlInput) => this.first.startHitl(customer, input)
  stopHitl = (customer: UpstreamIds) => this.first.stopHitl(customer)
  handOver = (customer: UpstreamIds, input?: StartHitlInput) => this.first.handOver(customer, input)

  get botEvents(): Event[] {
    return this.first.botEvents
  }

  messagesIn = (conversationId: string) => this.store.messagesIn(conversationId)
  eventsOf = (type: string) => this.store.eventsOf(type)
  stateOf = (type: string, id: string, name: string) => this.store.stateOf(type, id, name)
  isActive = (conversationId: string) =>
    this.store.stateOf('conversation', conversationId, 'hitl#hitl')?.hitlActive === true
  onChange = (listener: () => void) => this.store.onChange(listener)
  hold = () => this.processing.hold()
  release = () => this.processing.release()
  holdStart = (before: Point) => this.gate.hold(before)
  releaseStart = () => this.gate.release()
  idle = (timeoutMs = IDLE_TIMEOUT_MS) => this.activity.idle(timeoutMs)

  reset(): void {
    this.activity.stop()
    this.processing.clear()
    this.gate.release()
    for (const memory of [this.processed, this.deliveries, this.scheduled]) memory.clear()
    this.faults.clear()
    this.conflicts.clear()
    this.chance.restart()
    this.wire.clear()
    this.store.clear()
    applySettings(this.settings, defaultSettings())
    applySettings(this.settings, this.options.settings ?? {})
    for (const installation of this.installations) installation.reset()
  }

  close(): Promise<void> {
    this.activity.stop()
    return this.stopServer()
  }

  private get first(): BotInstallation {
    const [installation] = this.installations
    if (!installation) throw new Error('nothing is installed yet: call install() first')
    return installation
  }

  installationOf({ botId }: Installed): BotInstallation {
    return this.installations.find((installation) => installation.botId === botId) ?? this.first
  }

  private process(installed: Installed, message: Message): Promise<void> {
    const run = () => this.installationOf(installed).processMessage(message)
    return this.processing.add({ kind: 'message', conversationId: message.conversationId, run })
  }

  /** The platform knows only the conversation that an event names beside its payload. */
  private queueOf({ conversationId, payload }: Event): string | undefined {
    const { payloadQueues } = this.settings.processing
    const inPayload = typeof payload.conversationId === 'string' ? payload.conversationId : undefined
    return conversationId ?? (payloadQueues ? inPayload : undefined)
  }

  private whenProcessed(messageId: string): Promise<void> {
    return this.processing.held ? Promise.resolve() : (this.processed.get(messageId) ?? Promise.resolve())
  }

  private async runEvent(installed: Installed, event: Event): Promise<void> {
    const failureReason = await this.installationOf(installed).processEvent(event)
    this.setEvent(event.id, failureReason === undefined ? { status: 'processed' } : { status: 'failed', failureReason })
  }

  private setEvent(eventId: string, changes: Partial<Event>): void {
    const row = this.store.events.get(eventId)
    if (!row) return
    row.object = { ...row.object, ...changes }
    this.store.changed()
  }
}
