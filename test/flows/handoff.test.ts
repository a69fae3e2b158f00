import { expect, test } from 'vitest'
import { createActiveHandoff, createHandoff, MARIA } from './handoffs'
import { BOT_IS_BACK, visibleTo, chatTexts } from './visible'
import { useFreshSandbox } from './sandboxes'
import { eventsSent } from './sent'

const sandbox = useFreshSandbox()

/** Names of the customers at LiveChat; the set-up is verified with one who has none. */
const customers = () => [...sandbox().livechat.store.customers.values()].flatMap(({ name }) => name ?? [])

const isOpen = (chatId: string, threadId: string) =>
  sandbox()
    .livechat.store.chats.get(chatId)
    ?.threads.find(({ id }) => id === threadId)?.active

test('a customer asks for a human, talks with an agent, and has the bot back when the agent closes', async () => {
  const ada = sandbox().installation.customer({ name: 'Ada', email: 'ada@customer.test' })
  await ada.says('What are your prices?')
  await ada.says('I want a human')
  const { downstreamId = '' } = await sandbox().installation.whenSession('active')
  await ada.says('My parcel is lost')
  const sent = await sandbox().livechat.wire.waitFor(({ operation }) => operation === 'customer/send_event')
  const chatId = String((sent.requestBody as { chat_id: string }).chat_id)
  const maria = sandbox().livechat.agent(MARIA)
  maria.says(chatId, 'I will look for it.')
  await visibleTo(ada, 'I will look for it.')
  maria.closes(chatId)
  await visibleTo(ada, BOT_IS_BACK)
  expect(ada.sees().map(({ from, text }) => `${from}: ${text}`)).toEqual([
    'customer: What are your prices?',
    'bot: Our plans start at 20 dollars a month.',
    'customer: I want a human',
    'bot: I have escalated this conversation to a human agent. They should be with you shortly.',
    'customer: My parcel is lost',
    'bot: A human agent has joined the conversation.',
    'agent: I will look for it.',
    'bot: The human agent closed the conversation. I will continue assisting you.',
    `bot: ${BOT_IS_BACK}`,
  ])
  await sandbox().settled()
  expect(eventsSent(sandbox(), 'hitlStopped', downstreamId)).toHaveLength(1)
  expect(sandbox().installation.failures).toEqual([])
})

test('the agent is shown with their own name', async () => {
  const { customer } = await createActiveHandoff(sandbox())
  expect(customer.sees().find(({ from }) => from === 'agent')?.name).toBe('Maria')
})

test('a customer who types /end closes the chat, and the bot gets no second end', async () => {
  const handOver = await createActiveHandoff(sandbox())
  const { customer, chatId, threadId } = handOver
  await customer.types('/end')
  await visibleTo(handOver.customer, BOT_IS_BACK)
  await sandbox().settled()
  expect(isOpen(chatId, threadId)).toBe(false)
  expect(eventsSent(sandbox(), 'hitlStopped', handOver.conversationId)).toEqual([])
  expect(eventsSent(sandbox(), 'chatEnded', handOver.conversationId)).toEqual([])
})

test('a bot that takes over closes the chat, and gets no end event', async () => {
  const handOver = await createActiveHandoff(sandbox())
  const { customer, chatId, threadId } = handOver
  await sandbox().installation.stopHitl(customer)
  await sandbox().settled()
  expect(isOpen(chatId, threadId)).toBe(false)
  expect(eventsSent(sandbox(), 'hitlStopped', handOver.conversationId)).toEqual([])
  expect(eventsSent(sandbox(), 'chatEnded', handOver.conversationId)).toEqual([])
  expect(sandbox().installation.failures).toEqual([])
})

test.each([{ memory: 'warm' }, { memory: 'cold' }])(
  'stopping a session that is over succeeds and leaves the next chat of the customer open, $memory',
  async ({ memory }) => {
    const first = await createActiveHandoff(sandbox())
    sandbox().livechat.agent(MARIA).closes(first.chatId)
    await visibleTo(first.customer, BOT_IS_BACK)
    await first.customer.says('One more thing')
    const second = await sandbox().handOver({ customer: first.customer })
    if (memory === 'cold') await sandbox().integration.forget()
    await expect(sandbox().botpress.callAction('stopHitl', { conversationId: first.conversationId })).resolves.toEqual(
      {},
    )
    await sandbox().settled()
    expect(isOpen(second.chatId, second.threadId)).toBe(true)
    expect(sandbox().botpress.isActive(second.conversationId)).toBe(true)
  },
)

test.each(['conv_unknown', ''])('stopping a conversation that nobody knows (%j) succeeds', async (conversationId) => {
  await expect(sandbox().botpress.callAction('stopHitl', { conversationId })).resolves.toEqual({})
})

test('a customer who comes back keeps the chat, in a new thread and a new conversation', async () => {
  const first = await createActiveHandoff(sandbox())
  sandbox().livechat.agent(MARIA).closes(first.chatId)
  await visibleTo(first.customer, BOT_IS_BACK)
  await first.customer.says('It is me again')
  const second = await sandbox().handOver({ customer: first.customer })
  expect(second.chatId).toBe(first.chatId)
  expect(second.threadId).not.toBe(first.threadId)
  expect(second.conversationId).not.toBe(first.conversationId)
  expect(customers()).toEqual(['Ada'])
})

test('the late end of an older thread ends nothing', async () => {
  const first = await createActiveHandoff(sandbox())
  sandbox().livechat.webhooks.hold('chat_deactivated')
  await sandbox().installation.stopHitl(first.customer)
  await first.customer.says('Hello again')
  const second = await sandbox().handOver({ customer: first.customer })
  sandbox().livechat.webhooks.release()
  await sandbox().livechat.wire.waitFor(({ operation }) => operation === 'webhook/chat_deactivated')
  await sandbox().settled()
  expect(sandbox().botpress.isActive(second.conversationId)).toBe(true)
  expect(eventsSent(sandbox(), 'hitlStopped', second.conversationId)).toEqual([])
})

test('a token that LiveChat refuses is renewed for the same customer, and the words arrive', async () => {
  const { customer, chatId } = await createActiveHandoff(sandbox())
  const [known] = sandbox().livechat.store.customers.values()
  sandbox()
    .livechat.customer(known?.id ?? '')
    .losesTokens()
  await customer.says('Still there?')
  await sandbox().settled()
  expect(chatTexts(sandbox(), chatId).at(-1)).toBe('Still there?')
  expect(customers()).toEqual(['Ada'])
})

test('the chat opens in the configured group and is tied to no bot of LiveChat', async () => {
  const { chatId, threadId } = await createHandoff(sandbox(), 'Ada')
  const chat = sandbox().livechat.store.chats.get(chatId)
  expect(chat?.access.group_ids).toEqual([sandbox().configuration.groupId])
  expect([...(chat?.ignoreBotsIn ?? [])]).toContain(threadId)
})
