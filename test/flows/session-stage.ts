import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Customer, CustomerOptions, Event, StartHitlInput } from '../../sandbox/botpress'
import { applySettings, defaultSettings } from '../../sandbox/botpress/settings'
import { defaults, type Delivery } from '../../sandbox/livechat'
import { restore } from '../../sandbox/livechat/settings'
import { startSandbox, type HandOver, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox'

export const { MARIA, OMAR } = defaults
/** What the plugin tells the customer of each accepted assignment. */
export const JOINED = 'A human agent has joined the conversation.'
/** What the bot says when it has taken over again. */
export const BACK = 'I am back. Is there anything else?'

/** Every webhook that a session can live on. */
const ACTIONS = [
  'incoming_chat',
  'incoming_event',
  'event_updated',
  'event_deleted',
  'chat_deactivated',
  'chat_transferred',
  'user_added_to_chat',
  'user_removed_from_chat',
]

export type StageOptions = SandboxOptions & {
  /** `false`: the webhooks do not tell the app that a chat belongs to, as without `additional_data`. */
  additionalData?: boolean
  /** `false`: none. What calls an action without the plugin never activates a session that webhooks could be about. */
  webhooks?: boolean
}

/** Retries of webhooks follow LiveChat's pattern in a tenth of its time: 0.5, 1.5 and 3 s. */
const TIME_SCALE = 0.1

/** A sandbox with all webhooks of a session, for one story or many. */
export async function openStage(options: StageOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(withScale(options))
  registerAll(sandbox, options)
  return sandbox
}

function withScale({ livechat, ...options }: StageOptions): StageOptions {
  return { ...options, livechat: { ...livechat, webhooks: { timeScale: TIME_SCALE, ...livechat?.webhooks } } }
}

/**
 * The sandbox of a test file: started once and tidied after each story. Nothing is forgotten in between, as in real life:
 * each story takes customers of its own.
 */
export function stage(options: StageOptions = {}): () => Sandbox {
  let sandbox: Sandbox | undefined
  beforeAll(async () => {
    sandbox = await openStage(options)
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

async function tidy(sandbox: Sandbox, options: StageOptions): Promise<void> {
  const { livechat, botpress } = sandbox
  for (const disturbed of [livechat, botpress]) disturbed.faults.clear()
  livechat.webhooks.undisturb()
  livechat.webhooks.release()
  botpress.release()
  botpress.releaseStart()
  for (const { id, threads } of livechat.store.chats.values())
    if (threads.at(-1)?.active) livechat.router.closesOther(id)
  await sandbox.settled()
  restore(livechat.settings, withScale(options).livechat)
  applySettings(botpress.settings, defaultSettings())
  applySettings(botpress.settings, options.botpress ?? {})
  for (const agent of [MARIA, OMAR]) livechat.agent(agent).goesOnline()
  livechat.wire.clear()
  botpress.wire.clear()
}

let people = 0

/** A customer whom nobody has met before. */
export function somebody({ installation }: Sandbox, options: CustomerOptions = {}): Customer {
  people += 1
  return installation.customer({ name: 'Ada', email: `ada.${process.pid}.${people}@customer.test`, ...options })
}

function registerAll({ livechat, installation, configuration }: Sandbox, options: StageOptions): void {
  const { additionalData = true, webhooks = true } = options
  for (const { id } of livechat.webhooks.registrations()) livechat.webhooks.unregister(id)
  if (!webhooks) return
  for (const action of ACTIONS) {
    livechat.webhooks.registerManually({
      action,
      url: installation.webhookUrl,
      secretKey: configuration.webhookSecret,
      ...(additionalData && { additionalData: ['chat_properties', 'chat_presence_user_ids'] }),
    })
  }
}

/** Hands over, and lets the customer say something, which proves to the integration that the session is active. */
export async function inTouch(
  sandbox: Sandbox,
  customer: Customer = somebody(sandbox),
  input?: StartHitlInput,
): Promise<HandOver> {
  const handOver = await sandbox.handOver({ customer, input })
  await handOver.customer.says('Hello?')
  await sandbox.settled()
  return handOver
}

/** The whole conversation as the customer reads it. */
export function story(customer: Customer): string[] {
  return customer.sees().map(({ from, text, type }) => `${from}: ${text ?? type}`)
}

/** How often the customer has seen these words. */
export function times(customer: Customer, text: string): number {
  return customer.sees().filter((seen) => seen.text === text).length
}

/** Resolves when the customer sees these words. */
export function toSee(customer: Customer, text: string, timeoutMs?: number) {
  return customer.waitToSee((seen) => seen.text === text, timeoutMs)
}

/** Events that the integration sent about one handoff, oldest first. */
export function told(sandbox: Sandbox, type: string, conversationId: string): Event[] {
  return sandbox.botpress
    .eventsOf(type)
    .filter(({ payload }) => [payload.conversationId, payload.hitlConversationId].includes(conversationId))
}

/** The agents announced to the bot in one handoff, by name, in order. */
export function announced(sandbox: Sandbox, conversationId: string): (string | undefined)[] {
  return told(sandbox, 'hitlAssigned', conversationId).map(
    ({ payload }) => sandbox.botpress.store.users.get(String(payload.userId))?.object.name,
  )
}

/** Exchanges of that name at either platform, LiveChat's first. A webhook passes both. */
export function calls(sandbox: Sandbox, operation: string) {
  const all = [...sandbox.livechat.wire.exchanges, ...sandbox.botpress.wire.exchanges]
  return all.filter((exchange) => exchange.operation === operation)
}

/** Sorts deliveries by their action, in the order given. */
export function order(...actions: string[]): (held: Delivery[]) => Delivery[] {
  const place = ({ action }: Delivery) => (actions.includes(action) ? actions.indexOf(action) : actions.length)
  return (held) => [...held].sort((a, b) => place(a) - place(b))
}

/** Every text of a chat as it stands at the agent's desk, all threads, oldest first. */
export function wordsAtDesk(sandbox: Sandbox, chatId: string): string[] {
  return sandbox.livechat.store.eventsIn(chatId).flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
}
