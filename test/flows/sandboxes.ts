import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Botpress } from '../../sandbox/botpress'
import { startSandbox, type HandOver, type Sandbox, type SandboxOptions, platformSettings } from '../../sandbox/sandbox'
import { withMode } from '../modes'
import { createActiveHandoff, MARIA, OMAR } from './handoffs'
import { applySettings, defaultSettings } from '../../sandbox/botpress/settings'
import { restore } from '../../sandbox/livechat'

/** The sandbox of a test file, started once; each test finds both platforms empty and the integration without memory. */
export function useFreshSandbox(options: SandboxOptions = {}): () => Sandbox {
  let sandbox: Sandbox | undefined
  beforeAll(async () => {
    sandbox = await startSandbox(withMode(options))
  })
  afterEach(() => sandbox?.reset())
  afterAll(() => sandbox?.close())
  return () => {
    if (!sandbox) throw new Error('the sandbox is not there before the first test')
    return sandbox
  }
}

/** One talk of a customer with Maria for all tests of a file; each looks only at what came since it began. */
export function useActiveHandoff(options: SandboxOptions = {}): () => HandOver & { sandbox: Sandbox } {
  let talk: (HandOver & { sandbox: Sandbox }) | undefined
  beforeAll(async () => {
    const sandbox = await startSandbox(withMode(options))
    talk = { sandbox, ...(await createActiveHandoff(sandbox)) }
  })
  afterAll(() => talk?.sandbox.close())
  return () => {
    if (!talk) throw new Error('the talk has not begun before the first test')
    return talk
  }
}

export type FlowSandboxOptions = SandboxOptions & {
  /** `false`: the webhooks do not tell the app that a chat belongs to, as without `additional_data`. */
  additionalData?: boolean
  /** `false`: none. What calls an action without the plugin never activates a session that webhooks could be about. */
  webhooks?: boolean
}

/** Retries of webhooks follow LiveChat's pattern in a tenth of its time: 0.5, 1.5 and 3 s. */
const TIME_SCALE = 0.1

/** A sandbox with webhooks made by hand, for one story or many. */
export async function openSandbox(options: FlowSandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(withScale(options))
  registerByHand(sandbox, options)
  return sandbox
}

function withScale(wanted: FlowSandboxOptions): FlowSandboxOptions {
  const { livechat, ...options } = withMode(wanted)
  return { ...options, livechat: { ...livechat, webhooks: { timeScale: TIME_SCALE, ...livechat?.webhooks } } }
}

/**
 * The sandbox of a test file: started once and tidied after each story. Nothing is forgotten in between, as in real life:
 * each story takes customers of its own.
 */
export function useSandbox(options: FlowSandboxOptions = {}): () => Sandbox {
  let sandbox: Sandbox | undefined
  beforeAll(async () => {
    sandbox = await openSandbox(options)
  })
  afterEach(async () => {
    if (sandbox) await tidy(sandbox, options)
  })
  afterAll(() => sandbox?.close())
  return () => {
    if (!sandbox) throw new Error('the sandbox is not there before the first test')
    return sandbox
  }
}

async function tidy(sandbox: Sandbox, options: FlowSandboxOptions): Promise<void> {
  const { livechat, botpress } = sandbox
  for (const disturbed of [livechat, botpress]) disturbed.faults.clear()
  livechat.webhooks.undisturb()
  livechat.webhooks.release()
  botpress.release()
  botpress.releaseStart()
  await sandbox.settled()
  beSilentFor(A_SECOND_MS, botpress)
  for (const { id, threads } of livechat.store.chats.values())
    if (threads.at(-1)?.active) livechat.router.closesOther(id)
  await sandbox.settled()
  const settings = platformSettings(withScale(options))
  restore(livechat.settings, settings.livechat)
  applySettings(botpress.settings, defaultSettings())
  applySettings(botpress.settings, settings.botpress ?? {})
  for (const agent of [MARIA, OMAR]) livechat.agent(agent).goesOnline()
  livechat.wire.clear()
  botpress.wire.clear()
}

const A_SECOND_MS = 1_000

/** All words are so much older: an end waits for the plugin to pass on what was said just before it. */
function beSilentFor(ms: number, { store }: Botpress): void {
  for (const row of store.messages.values()) {
    const { createdAt } = row.object
    row.object = { ...row.object, createdAt: new Date(Date.parse(createdAt) - ms).toISOString() }
  }
}

/** The webhooks of the integration as an owner may have made them: without a filter, so that customers' words come back. */
function registerByHand({ livechat, installation, configuration }: Sandbox, options: FlowSandboxOptions): void {
  const { additionalData = true, webhooks = true } = options
  for (const { id, action } of livechat.webhooks.registrations()) {
    livechat.webhooks.unregister(id)
    if (!webhooks) continue
    livechat.webhooks.registerManually({
      action,
      url: installation.webhookUrl,
      secretKey: configuration.webhookSecret,
      ...(additionalData && { additionalData: ['chat_properties', 'chat_presence_user_ids'] }),
    })
  }
}
