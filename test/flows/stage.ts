import { Client } from '@botpress/client'
import { performance } from 'node:perf_hooks'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Event, Seen } from '../../sandbox/botpress'
import type { Exchange } from '../../sandbox/http/wire'
import { defaults, type ChatEvent } from '../../sandbox/livechat'
import { startSandbox, type HandOver, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox'

export const { MARIA, OMAR, BOT_ID } = defaults
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

/** The sandbox of a test file, started once; each test finds both platforms empty and the integration without memory. */
export function freshStage(options: SandboxOptions = {}): () => Sandbox {
  let sandbox: Sandbox | undefined
  beforeAll(async () => {
    sandbox = await startSandbox(options)
    listenTo(sandbox, ACTIONS)
  })
  afterEach(async () => {
    if (!sandbox) return
    await sandbox.reset()
    listenTo(sandbox, ACTIONS)
  })
  afterAll(() => sandbox?.close())
  return () => {
    if (!sandbox) throw new Error('the sandbox is not there before the first test')
    return sandbox
  }
}

/** One talk of a customer with Maria for all tests of a file; each looks only at what came since it began. */
export function lastingTalk(options: SandboxOptions = {}): () => HandOver & { sandbox: Sandbox } {
  let talk: (HandOver & { sandbox: Sandbox }) | undefined
  beforeAll(async () => {
    const sandbox = await startSandbox(options)
    listenTo(sandbox, ACTIONS)
    talk = { sandbox, ...(await inTalk(sandbox)) }
  })
  afterAll(() => talk?.sandbox.close())
  return () => {
    if (!talk) throw new Error('the talk has not begun before the first test')
    return talk
  }
}

/** Webhooks of these actions arrive, whichever of them the integration has registered itself. */
function listenTo({ livechat, installation, configuration }: Sandbox, actions: readonly string[]): void {
  const registered = new Set(livechat.webhooks.registrations().map(({ action }) => action))
  for (const action of actions.filter((each) => !registered.has(each))) {
    livechat.webhooks.registerManually({
      action,
      url: installation.webhookUrl,
      secretKey: configuration.webhookSecret,
      additionalData: ['chat_properties', 'chat_presence_user_ids'],
    })
  }
}

/** Hands over, and lets the customer say something, which proves to the integration that the session is active. */
export async function inTouch(sandbox: Sandbox, who: Parameters<Sandbox['handOver']>[0]['customer']) {
  const handOver = await sandbox.handOver({ customer: who })
  await handOver.customer.says('Hello?')
  await sandbox.settled()
  return handOver
}

export const toSee = ({ customer }: Pick<HandOver, 'customer'>, text: string): Promise<Seen> =>
  customer.waitToSee((seen) => seen.text === text)

/** Events that the integration sent about one handoff, oldest first. */
export function told(
  { botpress }: Sandbox,
  type: string,
  { conversationId }: Pick<HandOver, 'conversationId'>,
): Event[] {
  const about = ({ payload }: Event) => [payload.conversationId, payload.hitlConversationId].includes(conversationId)
  return botpress.eventsOf(type).filter(about)
}

/** A customer in the hands of Maria: both have spoken, so the session is known to be active and everything is warm. */
export async function inTalk(sandbox: Sandbox, name = 'Ada'): Promise<HandOver> {
  const handOver = await inTouch(sandbox, name)
  sandbox.livechat.agent(MARIA).says(handOver.chatId, 'Maria here.')
  await toSee(handOver, 'Maria here.')
  await sandbox.settled()
  return handOver
}

/** What people and bots wrote in a chat, all threads, oldest first. */
export function eventsIn({ livechat }: Sandbox, chatId: string): readonly ChatEvent[] {
  return livechat.store.eventsIn(chatId).filter(({ type }) => type !== 'system_message')
}

/** The same as words: texts, and the names of files. */
export function wordsIn(sandbox: Sandbox, chatId: string): string[] {
  return eventsIn(sandbox, chatId).map(({ text, name }) => text ?? name ?? '')
}

/** The bot says something in the conversation of a handoff, as a workflow or the plugin would. */
export async function botSays(
  { sandbox, conversationId }: HandOver & { sandbox: Sandbox },
  message: { type: string; payload: Record<string, unknown> },
): Promise<void> {
  const { botId } = sandbox.installation
  const bot = new Client({ apiUrl: sandbox.botpress.url, token: 'the-token-of-the-bot', botId })
  await bot.createMessage({ ...message, conversationId, userId: botId, tags: {} })
}

/** The events that stand in a chat after something was sent. */
export async function newEvents({ sandbox, chatId }: HandOver & { sandbox: Sandbox }, send: () => unknown) {
  const before = eventsIn(sandbox, chatId).length
  await send()
  await sandbox.settled()
  return eventsIn(sandbox, chatId).slice(before)
}

/** The messages of agents that a customer sees after something was done at the desk. */
export async function newFromAgents({ sandbox, customer }: HandOver & { sandbox: Sandbox }, act: () => unknown) {
  const ofAgents = () => customer.sees().filter(({ from }) => from === 'agent')
  const before = ofAgents().length
  await act()
  await sandbox.settled()
  return ofAgents().slice(before)
}

/** What a customer sees of agents, as texts or addresses. */
export function fromAgents({ customer }: HandOver): (string | undefined)[] {
  return customer
    .sees()
    .filter(({ from }) => from === 'agent')
    .map(({ text }) => text)
}

/** An envelope as LiveChat sends it, with the right secret unless another is given. */
export function envelope(
  { configuration, livechat }: Sandbox,
  action: string,
  payload: unknown,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    webhook_id: 'W1',
    secret_key: configuration.webhookSecret,
    action,
    organization_id: livechat.credentials.organizationId,
    payload,
    additional_data: {},
    ...changes,
  }
}

/** An event in the chat of a handoff as `incoming_event` would bring it, written by Maria. */
export function eventBy(author: string | undefined, { chatId, threadId }: HandOver, event: Record<string, unknown>) {
  const id = `${threadId}_${Math.floor(performance.now() * 1000)}`
  const created_at = new Date().toISOString()
  const whole = { id, created_at, visibility: 'all', ...(author !== undefined && { author_id: author }), ...event }
  return { chat_id: chatId, thread_id: threadId, event: whole }
}

/** Requests of the integration to the two platforms since then, in order; webhooks and actions are what it was asked. */
export function callsSince({ livechat, botpress }: Sandbox, mark: number): Exchange[] {
  return [...livechat.wire.exchanges, ...botpress.wire.exchanges]
    .filter(({ to, startedAt }) => to !== 'integration' && startedAt >= mark)
    .sort((a, b) => a.startedAt - b.startedAt)
}
