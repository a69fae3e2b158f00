import { expect, test } from 'vitest'
import { startedChat } from './livechat-client'
import { useLiveChat, useReceiver } from './use-livechat'

const { livechat, calls } = await useLiveChat({ settings: { webhooks: { retryDelaysMs: [5, 5, 5] } } })
const receiver = await useReceiver()

function listen(...actions: string[]): void {
  for (const action of actions) livechat.webhooks.registerManually({ action, url: receiver.url, secretKey: 's3cr3t' })
}

const heard = () => receiver.received.map(({ envelope }) => envelope.action)

test('a chat lives from its start over an answer to its end', async () => {
  listen('incoming_chat', 'incoming_event', 'user_added_to_chat', 'chat_transferred', 'chat_deactivated')
  const { token, chatId, threadId } = await startedChat(calls)
  const maria = livechat.agent('maria@acme.test')
  maria.joins(chatId)
  const { eventId } = maria.says(chatId, 'Hello Ada ✨')
  const sent = await calls.customer(token, 'send_event', {
    chat_id: chatId,
    event: { type: 'message', text: 'Thanks' },
  })
  maria.closes(chatId)
  await livechat.deliveriesSettled()
  expect(eventId).toMatch(new RegExp(`^${threadId}_\\d+$`))
  expect(sent).toMatchObject({ status: 200, body: { event_id: expect.stringContaining(threadId) } })
  expect(heard().sort()).toEqual(
    [
      'chat_deactivated',
      'chat_transferred',
      'incoming_chat',
      'incoming_event',
      'incoming_event',
      'incoming_event',
      'user_added_to_chat',
    ].sort(),
  )
  expect(livechat.store.eventsIn(chatId).map(({ text }) => text)).toContain('Hello Ada ✨')
})

test('the start of a chat waits in the queue of its group and shows the customer', async () => {
  listen('incoming_chat')
  const { chatId, threadId, customerId } = await startedChat(calls)
  await livechat.deliveriesSettled()
  expect(receiver.received[0]?.envelope).toMatchObject({
    action: 'incoming_chat',
    payload: {
      chat: {
        id: chatId,
        users: [{ id: customerId, type: 'customer', present: true }],
        properties: { source: { client_id: livechat.credentials.clientId }, routing: { continuous: true } },
        thread: { id: threadId, queue: { position: 1 }, events: [{ id: `${threadId}_1`, custom_id: 'bp-1' }] },
      },
    },
  })
})
