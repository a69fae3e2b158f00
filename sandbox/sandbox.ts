import { existsSync } from 'node:fs'
import { loadDefinition, startBotpress } from './botpress'
import type { Botpress, BotScript, Customer, CustomerOptions, Declared, Installation, StartHitlInput } from './botpress'
import type { DeepPartial, Settings as BotpressSettings } from './botpress/settings'
import { startIntegration, type IntegrationProcess } from './host/integration'
import { defaults, startLiveChat } from './livechat'
import type { LiveChat, SettingsPatch } from './livechat'
import { startMediaHost, type MediaHost } from './media'

/** The five settings a bot owner fills in, and whatever else the definition knows. */
export type Configuration = {
  clientId: string
  organizationId: string
  webhookSecret: string
  agentToken: string
  groupId: number
  [further: string]: unknown
}

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
  /** Both platforms as after the start, the integration registered again. Its processes go on. */
  reset(): Promise<void>
  close(): Promise<void>
}

const DEFAULT_BUNDLE = 'dist/index.cjs'
const WEBHOOK_SECRET = 'sandbox-secret-9f2c41d7a8e3b605'
/** The webhooks that the guide has bot owners make by hand. */
const MANUAL_WEBHOOKS = ['incoming_event', 'chat_deactivated', 'chat_transferred']

let definition: Promise<Declared> | undefined

/** Starts everything; about a second. Rejects with a sentence when the bundle is missing or `register` refuses. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { bundle = DEFAULT_BUNDLE } = options
  if (!existsSync(bundle)) throw new Error(`There is no bundle at ${bundle}. Run "npm run build" first.`)
  definition ??= loadDefinition()
  const closers: (() => Promise<void>)[] = []
  try {
    return await assemble({ ...options, bundle }, closers)
  } catch (problem) {
    await Promise.all(closers.map((close) => close()))
    throw problem
  }
}

async function assemble(
  options: SandboxOptions & { bundle: string },
  closers: (() => Promise<void>)[],
): Promise<Sandbox> {
  const declared = await (definition ?? loadDefinition())
  const [botpress, media] = await Promise.all([
    startBotpress({ declared, settings: options.botpress }),
    startMediaHost(),
  ])
  closers.push(
    () => botpress.close(),
    () => media.close(),
  )
  const livechat = await startLiveChat({ redirectUris: [botpress.url], settings: options.livechat, now: options.now })
  closers.push(() => livechat.close())

  let integrations: IntegrationProcess[] = []
  closers.push(() => endAll(integrations))
  const env = { ...environment({ botpress, livechat, media }), ...options.env }
  const start = async () => {
    const count = options.processes ?? 1
    integrations = await Promise.all(
      Array.from({ length: count }, () => startIntegration({ bundle: options.bundle, env })),
    )
  }
  await start()

  const configuration = configurationFor(livechat, options)
  const { bot, alias } = options
  const installation = botpress.install({
    integrationUrls: integrations.map(({ url }) => url),
    configuration,
    bot,
    alias,
  })
  const connect = async () => {
    if (options.token === 'minimal') registerByHand(livechat, installation, configuration)
    if (options.register !== false) await installation.register()
    // Without the webhooks of `register` the three of the guide have to be there.
    if (livechat.webhooks.registrations().length === 0) registerByHand(livechat, installation, configuration)
  }
  await connect()

  return {
    livechat,
    botpress,
    media,
    installation,
    configuration,
    get integrations() {
      return integrations
    },
    get integration() {
      return first(integrations)
    },
    handOver: (who) => handOver({ botpress, installation }, who),
    async restartIntegration() {
      await Promise.all(integrations.map((process) => process.kill()))
      await start()
      installation.moveTo(integrations.map(({ url }) => url))
    },
    settled: () => settled(botpress, livechat),
    async reset() {
      livechat.reset()
      botpress.reset()
      media.clear()
      await connect()
    },
    close: async () => {
      await Promise.all(closers.map((close) => close()))
    },
  }
}

function environment(servers: { botpress: Botpress; livechat: LiveChat; media: MediaHost }): Record<string, string> {
  const { botpress, livechat, media } = servers
  const loopback = '127.0.0.1,localhost'
  return {
    BP_API_URL: botpress.url,
    BP_TOKEN: 'sandbox-integration-token',
    // Token calls give `<this>/<webhook id>` as their redirect URI, which the emulated app must know.
    BP_WEBHOOK_URL: botpress.url,
    LIVECHAT_API_URL: livechat.url,
    LIVECHAT_ACCOUNTS_URL: livechat.url,
    // Botpress' client would send even loopback calls through a proxy of the machine.
    NO_PROXY: loopback,
    no_proxy: loopback,
    // Media on loopback is refused as a private address unless its origin is named.
    MEDIA_ALLOWED_ORIGINS: [media.origin, livechat.url, botpress.url].join(','),
  }
}

function configurationFor({ credentials }: LiveChat, { token, configuration }: SandboxOptions): Configuration {
  return {
    clientId: credentials.clientId,
    organizationId: credentials.organizationId,
    webhookSecret: WEBHOOK_SECRET,
    agentToken: token === 'minimal' ? credentials.minimalToken : credentials.fullToken,
    groupId: defaults.SUPPORT_GROUP,
    ...configuration,
  }
}

function registerByHand(livechat: LiveChat, { webhookUrl }: Installation, { webhookSecret }: Configuration): void {
  for (const action of MANUAL_WEBHOOKS) {
    livechat.webhooks.registerManually({ action, url: webhookUrl, secretKey: webhookSecret })
  }
}

type Sides = { botpress: Botpress; installation: Installation }

async function handOver(
  { botpress, installation }: Sides,
  { customer: who, input }: { customer: string | CustomerOptions | Customer; input?: StartHitlInput },
): Promise<HandOver> {
  const person = typeof who === 'string' ? { name: who, email: `${who.toLowerCase()}@customer.test` } : who
  const customer = 'conversationId' in person ? person : installation.customer(person)
  const { downstreamId } = await installation.handOver(customer, input)
  if (downstreamId === undefined) throw new Error('the handoff made no conversation')
  return { customer, conversationId: downstreamId, ...chatOf(botpress, downstreamId) }
}

/** Chat and thread that the integration's tags name for a conversation. */
export function chatOf(botpress: Botpress, conversationId: string): { chatId: string; threadId: string } {
  const tags = botpress.store.conversations.get(conversationId)?.object.tags ?? {}
  const tag = (name: string) =>
    Object.entries(tags).find(([key]) => key === name || key.endsWith(`:${name}`))?.[1] ?? ''
  return { chatId: tag('chatId'), threadId: tag('threadId') }
}

/** Each side can set the other going, so quiet means that neither moved while the other was asked. */
async function settled(botpress: Botpress, livechat: LiveChat): Promise<void> {
  const seen = () => botpress.wire.exchanges.length + livechat.wire.exchanges.length
  for (let before = -1; before !== seen();) {
    before = seen()
    await livechat.deliveriesSettled()
    await botpress.idle()
  }
}

function first(integrations: IntegrationProcess[]): IntegrationProcess {
  const [process] = integrations
  if (!process) throw new Error('the sandbox was started without a process of the integration')
  return process
}

async function endAll(integrations: IntegrationProcess[]): Promise<void> {
  await Promise.all(integrations.map((process) => process.stop()))
}
