import { Client } from '@botpress/client'
import type { Customer, CustomerOptions, StartHitlInput } from '../../sandbox/botpress'
import { defaults } from '../../sandbox/livechat'
import type { HandOver, Sandbox } from '../../sandbox/sandbox'
import { visibleTo } from './visible'

export const { MARIA, OMAR, BOT_ID } = defaults

let people = 0

/** A customer whom nobody has met before. */
export function newCustomer({ installation }: Sandbox, options: CustomerOptions = {}): Customer {
  people += 1
  return installation.customer({ name: 'Ada', email: `ada.${process.pid}.${people}@customer.test`, ...options })
}

/** Hands over, and lets the customer say something, which shows the integration that the session is active. */
export async function createHandoff(
  sandbox: Sandbox,
  customer: string | CustomerOptions | Customer = newCustomer(sandbox),
  input?: StartHitlInput,
): Promise<HandOver> {
  const handOver = await sandbox.handOver({ customer, input })
  await handOver.customer.says('Hello?')
  await sandbox.settled()
  return handOver
}

/** A customer in the hands of Maria: both have spoken, so the session is known to be active and everything is warm. */
export async function createActiveHandoff(sandbox: Sandbox, name = 'Ada'): Promise<HandOver> {
  const handOver = await createHandoff(sandbox, name)
  sandbox.livechat.agent(MARIA).says(handOver.chatId, 'Maria here.')
  await visibleTo(handOver.customer, 'Maria here.')
  await sandbox.settled()
  return handOver
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
