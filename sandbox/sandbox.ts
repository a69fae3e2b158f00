import { existsSync } from 'node:fs'
import { loadDefinition, startBotpress } from './botpress'
import type { Botpress, BotScript, Customer, CustomerOptions, Declared, Installation, StartHitlInput } from './botpress'
import type { DeepPartial, Settings as BotpressSettings } from './botpress/settings'
import { configurationFor, environment, registerByHand, type Configuration } from './environment'
import type { Host } from './host/host'
import type { IntegrationOptions, IntegrationProcess } from './host/integration'
import { startPool, type Pool, type PoolOptions } from './host/pool'
import { Processes } from './host/processes'
import type { Exchange } from './http/wire'
import { startLiveChat } from './livechat'
import type { LiveChat, SettingsPatch } from './livechat'
import { seeded } from './random'
import { startMediaHost, type MediaHost } from './media'

export type { Configuration } from './environment'

export type SandboxOptions = {
  /** Path of the integration's bundle; default `dist/index.cjs`. */
  bundle?: string
  /**
   * What serves the one installation. A number (default 1): so many processes that always run; calls go to one after the
   * other. `pool`: processes as the platform runs them, each with one request at a time and frozen between two.
   */
  processes?: number | 'pool' | { pool: PoolOptions }
  /** `full` (default) lets the integration register its own webhooks; for `minimal` the three documented ones are made by hand. */
  token?: 'full' | 'minimal'
  /** Written over the five settings. */
  configuration?: Partial<Configuration>
  /**
   * How long each call of the integration to a platform takes, in milliseconds: evenly spread, drawn from `seed` (default 1) so
   * that a run can be repeated. Default: no time at all. `latency` among the settings of a platform goes before it.
   */
  latency?: { minMs: number; maxMs: number; seed?: number }
  livechat?: SettingsPatch
  /** Plugin version, delays and texts; answers to what Botpress leaves open. */
  botpress?: DeepPartial<BotpressSettings>
  /** The small bot; `null`: none. */
  bot?: BotScript | null
  alias?: string
  /** Added to the environment of the integration. */
  env?: Record<string, string>
  /** The clock of LiveChat, milliseconds since 1970. */
  now?: () => number
  /** `false`: installed, but `register` is left to the caller. */
  register?: boolean
}

export type HandOver = { chatId: string; threadId: string; conversationId: string; customer: Customer }

/** Both platforms and the integration between them, on loopback. */
export type Sandbox = {
  readonly livechat: LiveChat
  readonly botpress: Botpress
  readonly media: MediaHost
  readonly installation: Installation
  /** The first process; see `integrations`. Throws when there is a pool. */
  readonly integration: IntegrationProcess
  /** The processes that always run: none when there is a pool. */
  readonly integrations: readonly IntegrationProcess[]
  /** The processes as the platform runs them, with `processes: 'pool'`. */
  readonly pool: Pool | undefined
  /** Where the platform sends its calls: the processes in turn, or the one address of the pool. */
  readonly urls: readonly string[]
  /** What the integration has written, whichever process it was. */
  output(): string
  readonly configuration: Configuration
  /** Hands a customer (a name is enough) over and resolves when both sides are active. Rejects when the handoff fails. */
  handOver(who: { customer: string | CustomerOptions | Customer; input?: StartHitlInput }): Promise<HandOver>
  /** From now on the integration remembers nothing, as after a cold start. */
  forget(): Promise<void>
  /** Ends the processes at once and starts as many new ones: nothing remembered survives. */
  restartIntegration(): Promise<void>
  /** Resolves when no call, webhook, message or event is under way. */
  settled(): Promise<void>
  /** Both platforms as after the start, the integration registered again. No process remembers anything. */
  reset(): Promise<void>
  close(): Promise<void>
}

const DEFAULT_BUNDLE = 'dist/index.cjs'
const REGISTER_ATTEMPTS = 4

let definition: Promise<Declared> | undefined

/** Starts everything; about a second. Rejects with a sentence when the bundle is missing or `register` refuses. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { bundle = DEFAULT_BUNDLE } = options
  if (!existsSync(bundle)) throw new Error(`There is no bundle at ${bundle}. Run "npm run build" first.`)
  const platforms = await startPlatforms(options)
  const sandbox = new RunningSandbox(platforms, { ...options, bundle })
  try {
    await sandbox.start()
    return sandbox
  } catch (problem) {
    await sandbox.close()
    throw problem
  }
}

type Platforms = { botpress: Botpress; livechat: LiveChat; media: MediaHost }

async function startPlatforms(options: SandboxOptions): Promise<Platforms> {
  const { botpress: settings, livechat: patch } = platformSettings(options)
  definition ??= loadDefinition()
  const [declared, media] = await Promise.all([definition, startMediaHost()])
  const botpress = await startBotpress({ declared, settings })
  const livechat = await startLiveChat({ redirectUris: [botpress.url], settings: patch, now: options.now })
  return { botpress, livechat, media }
}

/** What the two platforms are started with. */
export function platformSettings({ latency, livechat, botpress }: SandboxOptions) {
  if (!latency) return { livechat, botpress }
  const { seed = 1, ...range } = latency
  const drawnFrom = (ownSeed: number) => ({ ...range, random: seeded(ownSeed) })
  return {
    livechat: { latency: drawnFrom(2 * seed), ...livechat },
    botpress: { latency: drawnFrom(2 * seed + 1), ...botpress },
  }
}

class RunningSandbox implements Sandbox {
  readonly botpress: Botpress
  readonly livechat: LiveChat
  readonly media: MediaHost
  readonly installation: Installation
  readonly configuration: Configuration
  pool: Pool | undefined
  private processes: Processes | undefined

  constructor(
    platforms: Platforms,
    private readonly options: SandboxOptions & { bundle: string },
  ) {
    const { bot, alias, token = 'full', configuration: changes = {} } = options
    this.botpress = platforms.botpress
    this.livechat = platforms.livechat
    this.media = platforms.media
    this.configuration = configurationFor(this.livechat, { token, changes })
    this.installation = this.botpress.install({ configuration: this.configuration, bot, alias })
  }

  get integrations(): readonly IntegrationProcess[] {
    return this.processes?.running ?? []
  }

  get integration(): IntegrationProcess {
    const [process] = this.integrations
    if (!process) throw new Error('the sandbox was started without a process of the integration that always runs')
    return process
  }

  async start(): Promise<void> {
    await this.startHost()
    this.installation.moveTo([...this.host.urls])
    await this.connect()
  }

  get urls(): readonly string[] {
    return this.host.urls
  }

  output(): string {
    return this.host.output()
  }

  forget(): Promise<void> {
    return this.host.forget()
  }

  async handOver({ customer: who, input }: Parameters<Sandbox['handOver']>[0]): Promise<HandOver> {
    const person = typeof who === 'string' ? { name: who, email: `${who.toLowerCase()}@customer.test` } : who
    const customer = 'conversationId' in person ? person : this.installation.customer(person)
    const { downstreamId } = await this.installation.handOver(customer, input)
    if (downstreamId === undefined) throw new Error('the handoff made no conversation')
    return { customer, conversationId: downstreamId, ...chatOf(this.botpress, downstreamId) }
  }

  async restartIntegration(): Promise<void> {
    await this.host.restart()
    this.installation.moveTo([...this.host.urls])
  }

  /** Each side can set the other going, so quiet means that neither moved while the other was asked. */
  async settled(): Promise<void> {
    const seen = () => this.botpress.wire.exchanges.length + this.livechat.wire.exchanges.length
    for (let before = -1; before !== seen();) {
      before = seen()
      await this.livechat.deliveriesSettled()
      await this.botpress.idle()
    }
  }

  async reset(): Promise<void> {
    this.livechat.reset()
    this.botpress.reset()
    this.media.clear()
    await this.forget()
    this.pool?.log.clear()
    await this.connect()
  }

  async close(): Promise<void> {
    const isQuiet = [this.livechat, this.botpress].every(({ wire }) => wire.exchanges.every(hasEnded))
    await (this.pool ?? this.processes)?.stop(isQuiet)
    await Promise.all([this.livechat.close(), this.botpress.close(), this.media.close()])
  }

  private get host(): Host {
    const host = this.pool ?? this.processes
    if (!host) throw new Error('the integration does not run yet')
    return host
  }

  private async startHost(): Promise<void> {
    const { processes = 1, bundle, env } = this.options
    const given = { bundle, env: { ...environment(this), ...env } }
    if (typeof processes === 'number') this.processes = await Processes.start(given, processes)
    else this.pool = await this.startPool(given, processes === 'pool' ? {} : processes.pool)
  }

  private async startPool(given: IntegrationOptions, options: PoolOptions): Promise<Pool> {
    const pool = await startPool(given, options)
    const note = ({ to, process, endedAt }: Exchange) => {
      if (to !== 'integration' && process !== undefined && endedAt === undefined) pool.noteCall(process)
    }
    for (const { wire } of [this.livechat, this.botpress]) wire.subscribe(note)
    return pool
  }

  private async connect(): Promise<void> {
    const { token, register } = this.options
    if (token === 'minimal') registerByHand(this.livechat, this.installation, this.configuration)
    if (register !== false) await this.registered()
  }

  /** Time limits that were shortened for a test may be too short for a busy machine: then once more. */
  private async registered(): Promise<void> {
    const isHastened = this.options.env?.['LIVECHAT_TIME_SCALE'] !== undefined
    for (let attempt = 1; isHastened && attempt < REGISTER_ATTEMPTS; attempt += 1) {
      const isDone = await this.installation.register().then(
        () => true,
        () => false,
      )
      if (isDone) return
    }
    await this.installation.register()
  }
}

const hasEnded = ({ endedAt }: Exchange) => endedAt !== undefined

/** Chat and thread that the integration's tags name for a conversation. */
export function chatOf(botpress: Botpress, conversationId: string): { chatId: string; threadId: string } {
  const tags = Object.entries(botpress.store.conversations.get(conversationId)?.object.tags ?? {})
  const tag = (name: string) => tags.find(([key]) => key.endsWith(`:${name}`))?.[1] ?? ''
  return { chatId: tag('chatId'), threadId: tag('threadId') }
}
