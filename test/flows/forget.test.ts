import { expect, test } from 'vitest'
import { createActiveHandoff, createHandoff, MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, chatEvents, visibleTo } from './visible'
import { useSandbox } from './sandboxes'

const sandbox = useSandbox()

/** A customer after one handoff, with the ids that the bot knows. */
async function handedOver(email: string) {
  const customer = newCustomer(sandbox(), { name: 'Ada Lovelace', email })
  const handOver = await createHandoff(sandbox(), customer, { userEmail: email })
  const { userId } = await userOf(handOver.conversationId)
  const end = async () => {
    sandbox().livechat.agent(MARIA).closes(handOver.chatId)
    await visibleTo(customer, BOT_IS_BACK)
    await sandbox().settled()
  }
  return { ...handOver, userId, end }
}

async function userOf(conversationId: string) {
  const { tags } = sandbox().botpress.store.conversations.get(conversationId)?.object ?? { tags: {} }
  return { userId: String(new Map(Object.entries(tags)).get('livechat-hitl:userId')) }
}

const forget = (input: Record<string, unknown>) => sandbox().installation.callAction('forgetInBotpress', input)

test('nothing of a customer is left in what the integration holds, and what LiveChat keeps is listed', async () => {
  const { chatId, conversationId, userId, end } = await handedOver('ada.forget@customer.test')
  await end()
  const customerId = sandbox().livechat.store.chats.get(chatId)?.customerId
  const output = await forget({ userId })
  expect(output).toMatchObject({ users: 1, conversations: 1, chatIds: [chatId], customerIds: [customerId] })
  expect(String(output.remains)).toContain('LiveChat keeps')
  const { store } = sandbox().botpress
  expect(store.conversations.has(conversationId)).toBe(false)
  expect(store.messagesIn(conversationId)).toEqual([])
  expect(
    [...store.states.values()].filter(({ object }) => JSON.stringify(object).includes(String(customerId))),
  ).toEqual([])
  const user = JSON.stringify(store.users.get(userId)?.object)
  for (const rest of ['Ada', 'ada.forget', chatId]) expect(user).not.toContain(rest)
  expect(chatEvents(sandbox(), chatId)).not.toEqual([])
})

test('who is known by an address only is found by it, however it is written', async () => {
  const { conversationId, end } = await handedOver('ada.typed@customer.test')
  await end()
  expect(await forget({ email: ' Ada.Typed@customer.test' })).toMatchObject({ users: 1, conversations: 1 })
  expect(sandbox().botpress.store.conversations.has(conversationId)).toBe(false)
})

test('a forgotten customer is handed over again, as somebody new', async () => {
  const { customer, chatId, userId, end } = await handedOver('ada.again@customer.test')
  await end()
  await forget({ userId })
  await customer.says('I am back')
  const again = await createHandoff(sandbox(), customer)
  expect(again.chatId).not.toBe(chatId)
})

test('a handoff whose end got lost does not keep its customer from being forgotten', async () => {
  const { customer, userId, chatId, conversationId } = await handedOver('ada.lost@customer.test')
  sandbox().livechat.webhooks.disturb({ action: 'chat_deactivated', kind: 'drop', times: Infinity })
  sandbox().livechat.agent(MARIA).closes(chatId)
  await sandbox().settled()
  expect(await forget({ userId })).toMatchObject({ users: 1, conversations: 1 })
  expect(sandbox().botpress.store.conversations.has(conversationId)).toBe(false)
  expect(sandbox().botpress.isActive(customer.conversationId)).toBe(false)
})

test('somebody who is in a handoff is not deleted', async () => {
  const { customer, userId, chatId } = await handedOver('ada.live@customer.test')
  await expect(forget({ userId })).rejects.toThrow(/Customer is in a handoff/)
  sandbox().livechat.agent(MARIA).says(chatId, 'Still here')
  await visibleTo(customer, 'Still here')
})

test('nor while an agent waits in a chat that may not be seen as the customer', async () => {
  const { customer, userId, chatId } = await handedOver('ada.unseen@customer.test')
  const body = { error: { type: 'authorization', message: 'no' } }
  sandbox().livechat.faults.add({ operation: 'customer/get_chat', kind: 'answer', status: 403, body, times: Infinity })
  await expect(forget({ userId })).rejects.toThrow(/Customer is in a handoff/)
  sandbox().livechat.agent(MARIA).says(chatId, 'Still here')
  await visibleTo(customer, 'Still here')
})

test.each([{}, { userId: 'user_nobody' }, { email: 'nobody@customer.test' }, { userId: '', email: 'test' }])(
  'nobody is found by %j',
  async (input) => {
    await expect(forget(input)).rejects.toThrow(/Unknown customer/)
  },
)

test('what Botpress does not delete is said, and the next call deletes the rest', async () => {
  const { chatId, userId, end } = await handedOver('ada.fault@customer.test')
  await end()
  sandbox().botpress.faults.add({ operation: 'deleteConversation', kind: 'answer', status: 403, body: {}, times: 1 })
  await expect(forget({ userId })).rejects.toThrow(/Not everything was deleted/)
  expect(await forget({ userId })).toMatchObject({ conversations: 1, chatIds: [chatId] })
  expect(JSON.stringify(sandbox().botpress.store.users.get(userId)?.object)).not.toContain('ada.fault')
})

test('an agent is no customer: nothing of theirs is deleted', async () => {
  const { conversationId } = await createActiveHandoff(sandbox())
  const users = [...sandbox().botpress.store.users.values()].map(({ object }) => object)
  const agent = users.find(({ tags }) => new Map(Object.entries(tags)).get('livechat-hitl:agentId') === MARIA)
  await expect(forget({ userId: agent?.id })).rejects.toThrow(/^Unknown customer/)
  expect(sandbox().botpress.store.users.get(agent?.id ?? '')?.object).toMatchObject({ name: 'Maria' })
  expect(sandbox().botpress.isActive(conversationId)).toBe(true)
})
