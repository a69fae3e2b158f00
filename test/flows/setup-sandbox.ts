import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Installation } from '../../sandbox/botpress'
import type { Exchange } from '../../sandbox/http/wire'
import { defaults } from '../../sandbox/livechat'
import { startSandbox, type Configuration, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox'
import { WEBHOOKS } from '../../src/setup/webhook-set'
import { withMode } from '../modes'

export type SetupSandbox = {
  readonly sandbox: Sandbox
  /** Another bot with the integration, not registered yet: nothing is remembered of the bots before it. */
  newBot(configuration?: Partial<Configuration>): Installation
  /** What the integration has logged since the test began. */
  logged(): string
  /** Calls to LiveChat since `since` (default: since the test began), by name. */
  calls(since?: number): string[]
  /** Registered webhooks of that address. */
  webhooksOf(bot: Installation): { id: string; action: string }[]
  setupOf(bot: Installation): Record<string, unknown> | undefined
}

/** Both platforms and the integration, by default in one process, for a file of tests; LiveChat's account is new for each test. */
export function useSetupSandbox(options: Pick<SandboxOptions, 'env' | 'processes'> = {}): () => SetupSandbox {
  let sandbox: Sandbox
  let logStart = 0
  beforeAll(async () => {
    sandbox = await startSandbox(withMode({ ...options, register: false, bot: null }))
  })
  beforeEach(() => {
    sandbox.livechat.reset()
    sandbox.botpress.reset()
    logStart = sandbox.integration.output().length
  })
  afterAll(() => sandbox.close())

  const operations = (exchanges: readonly Exchange[]) => exchanges.map(({ operation }) => operation)
  return () => ({
    sandbox,
    newBot: (configuration) =>
      sandbox.botpress.install({
        integrationUrls: sandbox.integrations.map(({ url }) => url),
        configuration: { ...sandbox.configuration, ...configuration },
        bot: null,
      }),
    logged: () => sandbox.integration.output().slice(logStart),
    calls: (since = 0) => operations(sandbox.livechat.wire.exchanges.slice(since)),
    webhooksOf: ({ webhookUrl }) => sandbox.livechat.webhooks.registrations().filter(({ url }) => url === webhookUrl),
    setupOf: ({ integrationId }) => sandbox.botpress.stateOf('integration', integrationId, 'setup'),
  })
}

/** The scopes that a guide would name for all that the integration can do. */
export const GUIDE_SCOPES = [
  'chats--access:rw',
  'webhooks.configuration:rw',
  'webhooks.state:rw',
  'groups--all:ro',
  'agents--all:ro',
]

/** A token as LiveChat issues it in Europe. */
export function europeanToken({ sandbox }: Pick<SetupSandbox, 'sandbox'>): string {
  const token = tokenWith({ sandbox }, defaults.ALL_SCOPES)
  const issued = sandbox.livechat.store.tokens.at(-1)
  if (!issued) throw new Error(`no token was issued as ${token}`)
  issued.secret = issued.secret.replace('dal:', 'fra:')
  return Buffer.from(`${issued.accountId}:${issued.secret}`).toString('base64')
}

export const tokenWith = ({ sandbox }: Pick<SetupSandbox, 'sandbox'>, scopes: string[]) =>
  sandbox.livechat.issueToken({ agentId: defaults.OWNER, scopes })

/** The actions of the webhooks that an installation registers, in the order of the alphabet. */
export const ALL_ACTIONS = WEBHOOKS.map(({ action }) => action).sort()

/** How many webhooks an installation registers. */
export const WHOLE_SET = WEBHOOKS.length
