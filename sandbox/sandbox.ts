import { existsSync } from 'node:fs'
import { loadDefinition, startBotpress } from './botpress'
import type { Botpress, BotScript, Customer, CustomerOptions, Declared, Installation, StartHitlInput } from './botpress'
import type { DeepPartial, Settings as BotpressSettings } from './botpress/settings'
import { configurationFor, environment, registerByHand, type Configuration } from './environment'
import { startIntegration, type IntegrationProcess } from './host/integration'
import { startLiveChat } from './livechat'
import type { LiveChat, SettingsPatch } from './livechat'
import { startMediaHost, type MediaHost } from './media'

export type { Configuration } from './environment'

export type SandboxOptions = {
  /** Path of the integration's bundle; default `dist/index.cjs`. */
  bundle?: string
  /** How many processes serve the one installation; default 1. Calls go to one after the other. */
  processes?: number
  /** `full` (default) lets the integration register its own webhooks; for `minimal` the three documented ones are made by hand. */
  token?: 'full' | 'minimal'
  /** Written over the five settings. */
  configuration?: Partial<Configuration>
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
  /** The first process; see `integrations`. */
  readonly integration: IntegrationProcess
  readonly integrations: readonly IntegrationProcess[]
  readonly configuration: Configuration
  /** Hands a customer (a name is enough) over and resolves when both sides are active. Rejects when the handoff fails. */
  handOver(who: { customer: string | CustomerOptions | Customer; input?: StartHitlInput }): Promise<HandOver>
  /** Ends the processes at once and starts as many new ones: nothing remembered survives. */
  restartIntegration(): Promise<void>
  /** Resolves when no call, webhook, message or event is under way. */
  settled(): Promise<void>
  /** Both platforms as after the start, the integration registered again. Its processes go on and remember nothing. */
  reset(): Promise<void>
  close(): Promise<void>
}

const DEFAULT_BUNDLE = 'dist/index.cjs'

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

async function startPlatforms({ botpress: settings, livechat: patch, now }: SandboxOptions): Promise<Platforms> {
  definition ??= loadDefinition()
  const [declared, media] = await Promise.all([definition, startMediaHost()])
  const botpress = await startBotpress({ declared, settings })
  const livechat = await startLiveChat({ redirectUris: [botpress.url], settings: patch, now })
  return { botpress, livechat, media }
}

class RunningSandbox implements Sandbox {
  readonly botpress: Botpress
  readonly livechat: LiveChat
  readonly media: MediaHost
  readonly installation: Installation
  readonly configuration: Configuration
  integrations: readonly IntegrationProcess[] = []

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

  get integration(): IntegrationProcess {
    const [process] = this.integrations
    if (!process) throw new Error('the sandbox was started without a process of the integration')
    return process
  }

  async start(): Promise<void> {
    await this.startProcesses()
    await this.connect()
  }

  async handOver({ customer: who, input }: Parameters<Sandbox['handOver']>[0]): Promise<HandOver> {
    const person = typeof who === 'string' ? { name: who, email: `${who.toLowerCase()}@customer.test` } : who
    const customer = 'conversationId' in person ? person : this.installation.customer(person)
    const { downstreamId } = await this.installation.handOver(customer, input)
    if (downstreamId === undefined) throw new Error('the handoff made no conversation')
    return { customer, conversationId: downstreamId, ...chatOf(this.botpress, downstreamId) }
  }

  async restartIntegration(): Promise<void> {
    await this.killProcesses()
    await this.startProcesses()
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
    await Promise.all(this.integrations.map((process) => process.forget()))
    await this.connect()
  }

  async close(): Promise<void> {
    await Promise.all(this.integrations.map((process) => process.stop()))
    await Promise.all([this.livechat.close(), this.botpress.close(), this.media.close()])
  }

  private async killProcesses(): Promise<void> {
    await Promise.all(this.integrations.map((process) => process.kill()))
  }

  private async startProcesses(): Promise<void> {
    const { processes = 1, bundle, env } = this.options
    const given = { bundle, env: { ...environment(this), ...env } }
    this.integrations = await Promise.all(Array.from({ length: processes }, () => startIntegration(given)))
    this.installation.moveTo(this.integrations.map(({ url }) => url))
  }

  private async connect(): Promise<void> {
    const { token, register } = this.options
    if (token === 'minimal') registerByHand(this.livechat, this.installation, this.configuration)
    if (register !== false) await this.installation.register()
  }
}

/** Chat and thread that the integration's tags name for a conversation. */
export function chatOf(botpress: Botpress, conversationId: string): { chatId: string; threadId: string } {
  const tags = Object.entries(botpress.store.conversations.get(conversationId)?.object.tags ?? {})
  const tag = (name: string) => tags.find(([key]) => key.endsWith(`:${name}`))?.[1] ?? ''
  return { chatId: tag('chatId'), threadId: tag('threadId') }
}
