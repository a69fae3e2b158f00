import { expect, test } from 'vitest'
import type { Exchange } from '../../sandbox/http/wire'
import type { Delivery } from '../../sandbox/livechat'
import { MARIA, newCustomer } from './handoffs'
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
