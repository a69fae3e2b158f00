import type { Customer, Seen } from '../../sandbox/botpress'
import type { ChatEvent } from '../../sandbox/livechat'
import type { HandOver, Sandbox } from '../../sandbox/sandbox'

/** What the plugin tells the customer of each accepted assignment. */
export const AGENT_JOINED = 'A human agent has joined the conversation.'
/** What the bot says when it has taken over again. */
export const BOT_IS_BACK = 'I am back. Is there anything else?'

/** Resolves when the customer sees these words. */
export function visibleTo(customer: Customer, text: string, timeoutMs?: number): Promise<Seen> {
  return customer.waitToSee((seen) => seen.text === text, timeoutMs)
}

/** The whole conversation as the customer reads it. */
export function transcriptOf(customer: Customer): string[] {
  return customer.sees().map(({ from, text, type }) => `${from}: ${text ?? type}`)
}

/** How often the customer has seen these words. */
export function timesVisible(customer: Customer, text: string): number {
  return customer.sees().filter((seen) => seen.text === text).length
}

const ofAgents = (customer: Customer): Seen[] => customer.sees().filter(({ from }) => from === 'agent')

/** What a customer sees of agents, as texts or addresses. */
export function agentMessages({ customer }: HandOver): (string | undefined)[] {
  return ofAgents(customer).map(({ text }) => text)
}

/** The messages of agents that a customer sees after something was done at the desk. */
export async function newAgentMessages(
  { sandbox, customer }: HandOver & { sandbox: Sandbox },
  act: () => unknown,
): Promise<Seen[]> {
  const before = ofAgents(customer).length
  await act()
  await sandbox.settled()
  return ofAgents(customer).slice(before)
}

/** What people and bots wrote in a chat, all threads, oldest first. */
export function chatEvents({ livechat }: Sandbox, chatId: string): readonly ChatEvent[] {
  return livechat.store.eventsIn(chatId).filter(({ type }) => type !== 'system_message')
}

/** The same as words: texts, and the names of files. */
export function chatTexts(sandbox: Sandbox, chatId: string): string[] {
  return chatEvents(sandbox, chatId).map(({ text, name }) => text ?? name ?? '')
}

/** The events that stand in a chat after something was sent. */
export async function newChatEvents(
  { sandbox, chatId }: HandOver & { sandbox: Sandbox },
  send: () => unknown,
): Promise<readonly ChatEvent[]> {
  const before = chatEvents(sandbox, chatId).length
  await send()
  await sandbox.settled()
  return chatEvents(sandbox, chatId).slice(before)
}
