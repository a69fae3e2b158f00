import { describe, expect, test } from 'vitest'
import type { HandOver, Sandbox } from '../../sandbox/sandbox'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, transcriptOf, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { callsNamed, eventsSent } from './sent'

const sandbox = useSandbox()

/** A whole handoff, closed by the agent, after which the customer talks to the bot again. */
async function once(): Promise<HandOver> {
  const first = await createHandoff(sandbox())
  sandbox().livechat.agent(MARIA).closes(first.chatId)
  await visibleTo(first.customer, BOT_IS_BACK)
  await first.customer.says('One more thing')
  await sandbox().settled()
  return first
}

const chatOf = ({ livechat }: Sandbox, chatId: string) => livechat.store.chats.get(chatId)

describe('the same customer again', () => {
  test('same LiveChat customer and chat, a new thread and a new conversation', async () => {
    const first = await once()
    const again = await createHandoff(sandbox(), first.customer)
    expect(again.chatId).toBe(first.chatId)
    expect(again.threadId).not.toBe(first.threadId)
    expect(again.conversationId).not.toBe(first.conversationId)
    sandbox().livechat.agent(MARIA).says(again.chatId, 'Welcome back')
    await visibleTo(first.customer, 'Welcome back')
    expect(
      sandbox()
        .botpress.messagesIn(first.conversationId)
        .map(({ payload }) => payload.text),
    ).not.toContain('Welcome back')
  })

  test('also for a process that does not know them', async () => {
    const first = await once()
    await sandbox().restartIntegration()
    const again = await createHandoff(sandbox(), first.customer)
    expect(again.chatId).toBe(first.chatId)
  })

  test('with a token of the same customer when the old one has ended', async () => {
    const first = await once()
    sandbox()
      .livechat.customer(chatOf(sandbox(), first.chatId)?.customerId ?? '')
      .losesTokens()
    const again = await createHandoff(sandbox(), first.customer)
    expect(again.chatId).toBe(first.chatId)
    expect(chatTexts(sandbox(), again.chatId)).toContain('Hello?')
  })

  test('a token that ends in the middle of the handoff is renewed, and nothing is lost', async () => {
    const { chatId, customer } = await createHandoff(sandbox())
    sandbox()
      .livechat.customer(chatOf(sandbox(), chatId)?.customerId ?? '')
      .losesTokens()
    await customer.says('Still here')
    await sandbox().settled()
    expect(chatTexts(sandbox(), chatId).filter((text) => text === 'Still here')).toHaveLength(1)
  })
})

describe('LiveChat does not know them any more', () => {
  test('cookies refused: a new customer and chat, and the agent reads that the history is elsewhere', async () => {
    const first = await once()
    const customer = sandbox().livechat.customer(chatOf(sandbox(), first.chatId)?.customerId ?? '')
    customer.losesTokens()
    customer.losesCookies()
    const again = await createHandoff(sandbox(), first.customer)
    expect(again.chatId).not.toBe(first.chatId)
    expect(chatTexts(sandbox(), again.chatId).join('\n')).toContain(
      '[Earlier chats of this person are stored under another customer.]',
    )
  })

  test('cookies refused in the middle of a handoff: the bot takes over and the message is counted', async () => {
    const { chatId, conversationId, customer } = await createHandoff(sandbox())
    const person = sandbox().livechat.customer(chatOf(sandbox(), chatId)?.customerId ?? '')
    person.losesTokens()
    person.losesCookies()
    await customer.says('Anybody?')
    await visibleTo(customer, BOT_IS_BACK)
    await sandbox().settled()
    expect(eventsSent(sandbox(), 'chatEnded', conversationId)[0]?.payload).toMatchObject({ undelivered: 1 })
  })

  // What LiveChat does with it after that is not documented.
  test.each([
    { anonymizedChats: 'gone', isSameCustomer: true },
    { anonymizedChats: 'counted', isSameCustomer: false },
    { anonymizedChats: 'listed', isSameCustomer: false },
  ] as const)('chat anonymized ($anonymizedChats): a new chat', async ({ anonymizedChats, isSameCustomer }) => {
    const first = await once()
    sandbox().livechat.settings.chats.anonymizedChats = anonymizedChats
    sandbox().livechat.anonymizes(first.chatId)
    const again = await createHandoff(sandbox(), first.customer)
    expect(again.chatId).not.toBe(first.chatId)
    const [before, now] = [first, again].map(({ chatId }) => chatOf(sandbox(), chatId)?.customerId)
    expect(now === before).toBe(isSameCustomer)
    sandbox().livechat.agent(MARIA).says(again.chatId, 'Hello')
    await visibleTo(first.customer, 'Hello')
  })

  test('chat anonymized in the middle of a handoff: the bot takes over and the message is counted', async () => {
    const { chatId, conversationId, customer } = await createHandoff(sandbox())
    sandbox().livechat.anonymizes(chatId)
    await customer.says('Anybody?')
    await visibleTo(customer, BOT_IS_BACK)
    await sandbox().settled()
    expect(eventsSent(sandbox(), 'chatEnded', conversationId)[0]?.payload).toMatchObject({ undelivered: 1 })
  })

  test('customer banned in the middle of a handoff: the bot takes over and the message is counted', async () => {
    const { chatId, conversationId, customer } = await createHandoff(sandbox())
    sandbox().livechat.webhooks.disturb({ action: 'chat_deactivated', kind: 'drop' })
    sandbox()
      .livechat.customer(chatOf(sandbox(), chatId)?.customerId ?? '')
      .isBanned()
    await customer.says('Anybody?')
    await visibleTo(customer, BOT_IS_BACK)
    await sandbox().settled()
    expect(eventsSent(sandbox(), 'chatEnded', conversationId)[0]?.payload).toMatchObject({
      reason: 'agent',
      undelivered: 1,
    })
  })

  test('customer banned: the handoff fails with a fixed phrase, and no new customer is made', async () => {
    const first = await once()
    const { store } = sandbox().livechat
    sandbox()
      .livechat.customer(chatOf(sandbox(), first.chatId)?.customerId ?? '')
      .isBanned()
    const customers = store.customers.size
    await expect(sandbox().handOver({ customer: first.customer })).rejects.toThrow(/Customer is banned/)
    expect(store.customers.size).toBe(customers)
  })

  test('customer banned and their token ended: the same', async () => {
    const first = await once()
    const person = sandbox().livechat.customer(chatOf(sandbox(), first.chatId)?.customerId ?? '')
    person.isBanned()
    person.losesTokens()
    await expect(sandbox().handOver({ customer: first.customer })).rejects.toThrow(/Customer is banned/)
  })
})

describe('late news of the handoff before', () => {
  test('the end of the previous thread ends nothing', async () => {
    const first = await createHandoff(sandbox())
    sandbox().livechat.webhooks.hold('chat_deactivated')
    sandbox().livechat.agent(MARIA).closes(first.chatId)
    await first.customer.types('/end') // the bot ends it too, since LiveChat's news is late
    await visibleTo(first.customer, BOT_IS_BACK)
    await first.customer.says('One more thing')
    const again = await createHandoff(sandbox(), first.customer)
    sandbox().livechat.webhooks.release()
    await sandbox().settled()
    expect(sandbox().botpress.isActive(again.conversationId)).toBe(true)
    expect(eventsSent(sandbox(), 'hitlStopped', again.conversationId)).toEqual([])
    sandbox().livechat.agent(MARIA).says(again.chatId, 'Still with you')
    await visibleTo(first.customer, 'Still with you')
  })

  test('an end that LiveChat explains late is still reported after the next handoff has begun', async () => {
    const first = await createHandoff(sandbox())
    sandbox().livechat.faults.add({ operation: 'agent/get_chat', kind: 'slow', delayMs: 2500 })
    sandbox().livechat.agent(MARIA).closes(first.chatId)
    await visibleTo(first.customer, BOT_IS_BACK)
    await first.customer.says('Somebody else please')
    const again = await createHandoff(sandbox(), first.customer)
    expect(eventsSent(sandbox(), 'chatEnded', first.conversationId)[0]?.payload).toMatchObject({ reason: 'agent' })
    expect(sandbox().botpress.isActive(again.conversationId)).toBe(true)
  })

  test('an end that is delivered again long after does not end the next session', async () => {
    const first = await once()
    const again = await createHandoff(sandbox(), first.customer)
    const end = sandbox().livechat.webhooks.deliveries('chat_deactivated').find(concerns(first.threadId))
    if (!end) throw new Error('the end was never delivered')
    await sandbox().livechat.webhooks.redeliver(end)
    await sandbox().settled()
    expect(sandbox().botpress.isActive(again.conversationId)).toBe(true)
    expect(eventsSent(sandbox(), 'chatEnded', first.conversationId)).toHaveLength(1)
  })
})

const concerns = (threadId: string) => (delivery: { envelope: { payload: unknown } }) =>
  JSON.stringify(delivery.envelope.payload).includes(threadId)

test('a customer who is known costs no second token', async () => {
  const first = await once()
  sandbox().livechat.wire.clear()
  await createHandoff(sandbox(), first.customer)
  expect(callsNamed(sandbox(), 'accounts/customer/token')).toEqual([])
  expect(sandbox().livechat.wire.exchanges.filter(({ operation }) => operation.includes('token'))).toEqual([])
  expect(transcriptOf(first.customer).at(-1)).toBe('customer: Hello?')
})

test('somebody else is somebody else', async () => {
  const [one, other] = [await createHandoff(sandbox()), await createHandoff(sandbox(), newCustomer(sandbox()))]
  expect(one.chatId).not.toBe(other.chatId)
})
