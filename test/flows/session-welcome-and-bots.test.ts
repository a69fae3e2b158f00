import { expect, test } from 'vitest'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { AGENT_JOINED, transcriptOf, timesVisible, visibleTo } from './visible'
import { useSandbox } from './sandboxes'
import { eventsSent } from './sent'

const sandbox = useSandbox()

const fromAgent = (lines: string[]) => lines.filter((line) => line.startsWith('agent'))

test('the automatic welcome in an agent’s name is neither relayed nor a sign of presence', async () => {
  sandbox().livechat.settings.webhooks.initialEventsAlsoIncoming = true
  sandbox().livechat.settings.routing.welcomeMessage = 'Welcome to our chat!'
  sandbox().livechat.settings.routing.autoAssign = true
  sandbox().livechat.webhooks.hold('incoming_chat') // the only webhook that tells of the agent
  const { chatId, conversationId, customer } = await sandbox().handOver({ customer: newCustomer(sandbox()) })
  await sandbox().settled()
  expect(
    sandbox()
      .livechat.store.eventsIn(chatId)
      .map(({ text }) => text),
  ).toContain('Welcome to our chat!')
  expect(eventsSent(sandbox(), 'hitlAssigned', conversationId)).toEqual([])
  expect(fromAgent(transcriptOf(customer))).toEqual([])
})

test('a welcome that comes late, after the agent was announced, is not relayed either', async () => {
  sandbox().livechat.settings.webhooks.initialEventsAlsoIncoming = true
  sandbox().livechat.settings.routing.welcomeMessage = 'Welcome to our chat!'
  sandbox().livechat.settings.routing.autoAssign = true
  sandbox().livechat.webhooks.hold('incoming_event')
  const { customer } = await sandbox().handOver({ customer: newCustomer(sandbox()) })
  await visibleTo(customer, AGENT_JOINED)
  sandbox().livechat.webhooks.release()
  await sandbox().settled()
  expect(fromAgent(transcriptOf(customer))).toEqual([])
})

test('words of LiveChat’s bots are dropped before and after a person has come', async () => {
  sandbox().livechat.settings.chats.severalPublicAgents = true
  const { chatId, conversationId, customer } = await createHandoff(sandbox())
  const bot = sandbox().livechat.bot()
  bot.says(chatId, 'I am a bot')
  await sandbox().settled()
  expect(eventsSent(sandbox(), 'hitlAssigned', conversationId)).toEqual([])
  bot.leaves(chatId)
  sandbox().livechat.agent(MARIA).says(chatId, 'I am not')
  bot.says(chatId, 'I still am')
  await visibleTo(customer, 'I am not')
  await sandbox().settled()
  expect(fromAgent(transcriptOf(customer))).toEqual(['agent: I am not'])
  expect(timesVisible(customer, AGENT_JOINED)).toBe(1)
})

test('LiveChat’s bots are asked to stay out of the chat', async () => {
  sandbox().livechat.bot().goesOnline()
  const { chatId } = await sandbox().handOver({ customer: newCustomer(sandbox()) })
  const agents = sandbox()
    .livechat.store.chats.get(chatId)
    ?.users.filter(({ type }) => type === 'agent')
  expect(agents).toEqual([])
  sandbox().livechat.bot().goesOffline()
})
