import { expect, test } from 'vitest'
import { inTalk, inTouch, MARIA } from './people'
import { BACK, toSee, wordsIn } from './seen'
import { freshStage } from './stage'
import { told } from './told'

const sandbox = freshStage()

/** Names of the customers at LiveChat; the set-up is proved with one who has none. */
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
  await toSee(ada, 'I will look for it.')
  maria.closes(chatId)
  await toSee(ada, BACK)
  expect(ada.sees().map(({ from, text }) => `${from}: ${text}`)).toEqual([
    'customer: What are your prices?',
    'bot: Our plans start at 20 dollars a month.',
    'customer: I want a human',
    'bot: I have escalated this conversation to a human agent. They should be with you shortly.',
    'customer: My parcel is lost',
    'bot: A human agent has joined the conversation.',
    'agent: I will look for it.',
    'bot: The human agent closed the conversation. I will continue assisting you.',
    `bot: ${BACK}`,
  ])
  await sandbox().settled()
  expect(told(sandbox(), 'hitlStopped', downstreamId)).toHaveLength(1)
  expect(sandbox().installation.failures).toEqual([])
})

test('the agent is shown with their own name', async () => {
  const { customer } = await inTalk(sandbox())
  expect(customer.sees().find(({ from }) => from === 'agent')?.name).toBe('Maria')
})

test('a customer who types /end closes the chat, and nothing tells the bot what it knows', async () => {
  const handOver = await inTalk(sandbox())
  const { customer, chatId, threadId } = handOver
  await customer.types('/end')
  await toSee(handOver.customer, BACK)
  await sandbox().settled()
  expect(isOpen(chatId, threadId)).toBe(false)
  expect(told(sandbox(), 'hitlStopped', handOver.conversationId)).toEqual([])
  expect(told(sandbox(), 'chatEnded', handOver.conversationId)).toEqual([])
})

test('a bot that takes over by itself closes the chat, and hears of no end', async () => {
  const handOver = await inTalk(sandbox())
  const { customer, chatId, threadId } = handOver
  await sandbox().installation.stopHitl(customer)
  await sandbox().settled()
  expect(isOpen(chatId, threadId)).toBe(false)
  expect(told(sandbox(), 'hitlStopped', handOver.conversationId)).toEqual([])
  expect(told(sandbox(), 'chatEnded', handOver.conversationId)).toEqual([])
  expect(sandbox().installation.failures).toEqual([])
})

test.each([{ memory: 'warm' }, { memory: 'cold' }])(
  'stopping a session that is over succeeds and leaves the next chat of the customer open, $memory',
  async ({ memory }) => {
    const first = await inTalk(sandbox())
    sandbox().livechat.agent(MARIA).closes(first.chatId)
    await toSee(first.customer, BACK)
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
  const first = await inTalk(sandbox())
  sandbox().livechat.agent(MARIA).closes(first.chatId)
  await toSee(first.customer, BACK)
  await first.customer.says('It is me again')
  const second = await sandbox().handOver({ customer: first.customer })
  expect(second.chatId).toBe(first.chatId)
  expect(second.threadId).not.toBe(first.threadId)
  expect(second.conversationId).not.toBe(first.conversationId)
  expect(customers()).toEqual(['Ada'])
})

test('the late end of an older thread ends nothing', async () => {
  const first = await inTalk(sandbox())
  sandbox().livechat.webhooks.hold('chat_deactivated')
  await sandbox().installation.stopHitl(first.customer)
  await first.customer.says('Hello again')
  const second = await sandbox().handOver({ customer: first.customer })
  sandbox().livechat.webhooks.release()
  await sandbox().livechat.wire.waitFor(({ operation }) => operation === 'webhook/chat_deactivated')
  await sandbox().settled()
  expect(sandbox().botpress.isActive(second.conversationId)).toBe(true)
  expect(told(sandbox(), 'hitlStopped', second.conversationId)).toEqual([])
})

test('a token that LiveChat refuses is renewed for the same customer, and the words arrive', async () => {
  const { customer, chatId } = await inTalk(sandbox())
  const [known] = sandbox().livechat.store.customers.values()
  sandbox()
    .livechat.customer(known?.id ?? '')
    .losesTokens()
  await customer.says('Still there?')
  await sandbox().settled()
  expect(wordsIn(sandbox(), chatId).at(-1)).toBe('Still there?')
  expect(customers()).toEqual(['Ada'])
})

test('the chat opens in the configured group and is tied to no bot of LiveChat', async () => {
  const { chatId, threadId } = await inTouch(sandbox(), 'Ada')
  const chat = sandbox().livechat.store.chats.get(chatId)
  expect(chat?.access.group_ids).toEqual([sandbox().configuration.groupId])
  expect([...(chat?.ignoreBotsIn ?? [])]).toContain(threadId)
})
