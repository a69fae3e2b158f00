import { expect, test } from 'vitest'
import type { Exchange } from '../../sandbox/http/wire'
import type { Delivery } from '../../sandbox/livechat'
import { envelope } from './deliveries'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, transcriptOf, visibleTo } from './visible'
import { useSandbox } from './sandboxes'

/** Webhooks made by hand in LiveChat's console tell nothing of the app that a chat belongs to. */
const sandbox = useSandbox({ additionalData: false })

/** The three that hub.md tells how to make by hand. */
const BY_HAND = ['incoming_event', 'chat_deactivated', 'chat_transferred']

const isAbout = (chatId: string) => (delivery: Delivery) => JSON.stringify(delivery.envelope).includes(chatId)

test('a session lives on webhooks that do not say whose chat it is', async () => {
  const { chatId, customer } = await sandbox().handOver({ customer: newCustomer(sandbox()) })
  const maria = sandbox().livechat.agent(MARIA)
  maria.says(chatId, 'Hello')
  await visibleTo(customer, 'Hello')
  maria.closes(chatId)
  await visibleTo(customer, BOT_IS_BACK)
  await sandbox().settled()
  expect(transcriptOf(customer).filter((line) => line.startsWith('agent'))).toEqual(['agent: Hello'])
})

test('chats of the website are nobody’s business, and LiveChat is not asked to repeat them', async () => {
  const before = sandbox().botpress.store.conversations.size
  const { chatId } = sandbox().livechat.customerArrives({ text: 'Hi' })
  sandbox().livechat.agent(MARIA).closes(chatId)
  await sandbox().settled()
  const told = sandbox().livechat.webhooks.deliveries('chat_deactivated').filter(isAbout(chatId))
  expect(told.flatMap(({ attempts }) => attempts.map(({ status }) => status))).toEqual([200])
  expect(sandbox().botpress.store.conversations.size).toBe(before)
  expect(
    sandbox()
      .botpress.eventsOf('chatEnded')
      .filter(({ payload }) => payload.chatId === chatId),
  ).toEqual([])
})

test('a chat that is closed while its handoff still starts gives the bot back', async () => {
  for (const { id, action } of sandbox().livechat.webhooks.registrations())
    if (!BY_HAND.includes(action)) sandbox().livechat.webhooks.unregister(id)
  sandbox().botpress.faults.add({ operation: 'getOrCreateConversation', kind: 'slow', delayMs: 2000 })
  const customer = newCustomer(sandbox())
  const handOver = sandbox().handOver({ customer })
  const isStart = ({ operation }: Exchange) => operation === 'customer/start_chat'
  const { responseBody } = await sandbox().livechat.wire.waitFor(isStart)
  sandbox()
    .livechat.agent(MARIA)
    .closes((responseBody as { chat_id: string }).chat_id)
  await handOver
  await visibleTo(customer, BOT_IS_BACK)
})

test('a first webhook without events does not make strangers of a handoff that still starts', async () => {
  const { livechat, botpress } = sandbox()
  botpress.faults.add({ operation: 'getOrCreateConversation', kind: 'slow', delayMs: 1500 })
  livechat.webhooks.hold('incoming_chat')
  const customer = newCustomer(sandbox())
  const handOver = sandbox().handOver({ customer })
  const isStart = ({ operation }: Exchange) => operation === 'customer/start_chat'
  const { responseBody } = await livechat.wire.waitFor(isStart)
  const { chat_id: id, thread_id } = responseBody as { chat_id: string; thread_id: string }
  const chat = { id, users: [], thread: { id: thread_id, active: true, queue: { position: 1, wait_time: 60 } } }
  await livechat.webhooks.post(envelope(sandbox(), 'incoming_chat', { chat }))
  const { chatId } = await handOver
  livechat.agent(MARIA).says(chatId, 'Hello')
  await visibleTo(customer, 'Hello')
})

test('an end that names no thread is heard in a chat that the agent token may not see', async () => {
  const { livechat } = sandbox()
  const customer = newCustomer(sandbox())
  const { chatId } = await createHandoff(sandbox(), customer)
  livechat.webhooks.disturb({ action: 'chat_deactivated', kind: 'drop' })
  livechat.agent(MARIA).closes(chatId)
  const body = { error: { type: 'authorization', message: 'no' } }
  livechat.faults.add({ operation: 'agent/get_chat', kind: 'answer', status: 403, body, times: Infinity })
  await livechat.webhooks.post(envelope(sandbox(), 'chat_deactivated', { chat_id: chatId, user_id: MARIA }))
  await visibleTo(customer, BOT_IS_BACK)
})
