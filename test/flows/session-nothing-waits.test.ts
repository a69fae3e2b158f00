import { expect, test, vi } from 'vitest'
import { createHandoff, MARIA, OMAR } from './handoffs'
import { visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { callsNamed, eventsSent } from './sent'

// What is slow or broken beside a conversation must not hold back, end or double what people say in it.

const sandbox = useSandbox()
const PICTURE = { name: 'a.png', contentType: 'image/png', bytes: new Uint8Array([137, 80, 78, 71]) }

test("an agent's words arrive while a file of the customer is still on its way", async () => {
  const { chatId, customer } = await createHandoff(sandbox())
  sandbox().livechat.faults.add({ operation: 'customer/upload_file', kind: 'slow', delayMs: 6000 })
  const sent = customer.sends({ type: 'image', payload: { imageUrl: sandbox().media.put(PICTURE) } })
  await vi.waitFor(() => expect(sandbox().livechat.faults.list()).toEqual([])) // the upload has begun
  sandbox().livechat.agent(MARIA).says(chatId, 'Thank you')
  await visibleTo(customer, 'Thank you', 4000)
  const files = () =>
    sandbox()
      .livechat.store.eventsIn(chatId)
      .filter(({ type }) => type === 'file')
  expect(files()).toEqual([])
  await sent
  await sandbox().settled()
  expect(files()).toHaveLength(1)
})

test('the words of a new agent arrive although LiveChat does not say who that is', async () => {
  const { chatId, customer } = await createHandoff(sandbox())
  sandbox().livechat.webhooks.hold('user_added_to_chat')
  sandbox().livechat.webhooks.hold('chat_transferred')
  sandbox().livechat.faults.add({ operation: 'agent/get_chat', kind: 'silence', times: Infinity })
  sandbox().livechat.agent(OMAR).says(chatId, 'Omar here')
  await visibleTo(customer, 'Omar here', 7000)
})

test('the bot is notified once of a chat that ends for no stated reason', async () => {
  const { chatId, conversationId } = await createHandoff(sandbox())
  sandbox().livechat.faults.add({ operation: 'agent/get_chat', kind: 'silence', times: Infinity })
  sandbox().livechat.agent(MARIA).closes(chatId)
  await sandbox().settled()
  expect(eventsSent(sandbox(), 'hitlStopped', conversationId)).toHaveLength(1)
  expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toMatchObject([{ payload: { reason: 'agent' } }])
})

test('a handoff that could not be noted with its customer is no handoff that is over', async () => {
  const first = await createHandoff(sandbox())
  sandbox().livechat.agent(MARIA).closes(first.chatId)
  await sandbox().settled()
  await first.customer.says('Once more')
  const body = { id: 'err_1', code: 500, type: 'Internal', message: 'no' }
  sandbox().botpress.faults.add({ operation: 'updateUser', kind: 'answer', status: 500, body, times: 4 })
  const second = await sandbox().handOver({ customer: first.customer })
  expect(callsNamed(sandbox(), 'updateUser').some(({ status }) => status === 500)).toBe(true)
  await sandbox().restartIntegration()
  await first.customer.says('Are you there?')
  await sandbox().settled()
  expect(chatTexts(sandbox(), second.chatId)).toContain('Are you there?')
  expect(eventsSent(sandbox(), 'hitlStopped', second.conversationId)).toEqual([])
})

test('several messages that meet the closed chat end the handoff once', async () => {
  const { chatId, conversationId, customer } = await createHandoff(sandbox())
  sandbox().livechat.webhooks.hold('chat_deactivated')
  sandbox().livechat.agent(MARIA).closes(chatId)
  await Promise.all(['one', 'two', 'three'].map((text) => customer.says(text)))
  await sandbox().settled()
  sandbox().livechat.webhooks.release()
  await sandbox().settled()
  expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toHaveLength(1)
})

test.each([
  { name: 'a page', body: '<html>401</html>' },
  { name: 'nothing', body: '' },
])('a token that is refused with $name instead of a reason is renewed', async ({ body }) => {
  const { chatId, customer } = await createHandoff(sandbox())
  sandbox().livechat.faults.add({ operation: 'customer/send_event', kind: 'answer', status: 401, body })
  await customer.says('Still there?')
  await sandbox().settled()
  expect(chatTexts(sandbox(), chatId).filter((text) => text === 'Still there?')).toHaveLength(1)
})

test('a renewed token that Botpress does not keep carries the words all the same', async () => {
  const { chatId, customer } = await createHandoff(sandbox())
  const { customerId = '' } = sandbox().livechat.store.chats.get(chatId) ?? {}
  sandbox().livechat.customer(customerId).losesTokens()
  const body = { id: 'err_1', code: 500, type: 'Internal', message: 'no' }
  sandbox().botpress.faults.add({ operation: 'setState', kind: 'answer', status: 500, body, times: 2 })
  await customer.says('Still there?')
  await sandbox().settled()
  expect(chatTexts(sandbox(), chatId)).toContain('Still there?')
  expect(callsNamed(sandbox(), 'setState').some(({ status }) => status === 500)).toBe(true)
})
