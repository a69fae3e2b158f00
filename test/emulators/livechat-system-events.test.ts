import { beforeEach, describe, expect, test } from 'vitest'
import { startedChat } from './livechat-client'
import { useLiveChat } from './use-livechat'

const MARIA = 'maria@acme.test'

const { livechat, calls } = await useLiveChat()

const lastOf = (chatId: string) => livechat.store.eventsIn(chatId).at(-1)

/** Everything that makes LiveChat write a grey line, by the name of the line. */
const CAUSES: Record<string, (chatId: string, customerId: string) => unknown> = {
  'routing.archived_inactive': (chatId) => livechat.router.closesIdle(chatId),
  'routing.archived_offline': (chatId) => livechat.router.closesNobody(chatId),
  'routing.archived_disconnected': (chatId) => livechat.router.closesOther(chatId),
  'routing.idle': (chatId) => livechat.router.marksIdle(chatId),
  manual_archived_agent: (chatId) => livechat.agent(MARIA).closes(chatId),
  manual_archived_customer: (chatId, customerId) => livechat.customer(customerId).closes(chatId),
  archived_customer_disconnected: (chatId, customerId) => livechat.customer(customerId).disconnects(chatId),
  customer_banned: (_, customerId) => livechat.customer(customerId).isBanned(),
  chat_transferred: (chatId) => livechat.agent(MARIA).transfersTo(chatId, { agentId: MARIA }),
}

describe.each(Object.entries(CAUSES))('%s', (name, cause) => {
  test('is a system message by default', async () => {
    const { chatId, customerId } = await startedChat(calls)
    cause(chatId, customerId)
    expect(lastOf(chatId)).toMatchObject({ type: 'system_message', system_message_type: name, visibility: 'all' })
    expect(lastOf(chatId)).not.toHaveProperty('author_id')
  })

  test('can be a system event', async () => {
    livechat.settings.chats.systemEvents = 'system'
    const { chatId, customerId } = await startedChat(calls)
    cause(chatId, customerId)
    expect(lastOf(chatId)).toMatchObject({ type: 'system', source: 'messaging', subtype: name, version: 1 })
    expect(JSON.parse(String(lastOf(chatId)?.details))).toMatchObject({ text: expect.any(String) })
    for (const absent of ['author_id', 'text', 'system_message_type', 'text_vars'])
      expect(lastOf(chatId)).not.toHaveProperty(absent)
  })
})

test.each([
  { name: 'an agent closes', vars: { agent: 'Maria' }, act: (id: string) => livechat.agent(MARIA).closes(id) },
  {
    name: 'an agent hands over to a group',
    vars: { initiator: 'Maria', targets: 'the group General' },
    act: (id: string) => livechat.agent(MARIA).transfersTo(id, { groupId: 0 }),
  },
  { name: 'the router closes', vars: {}, act: (id: string) => livechat.router.closesIdle(id) },
])('the variables of a system message are names: $name', async ({ vars, act }) => {
  const { chatId } = await startedChat(calls)
  act(chatId)
  expect(lastOf(chatId)?.text_vars).toEqual(vars)
})

describe('a system event', () => {
  beforeEach(() => {
    livechat.settings.chats.systemEvents = 'system'
  })

  test('is read by agents and customers, and sent like other system events', async () => {
    livechat.webhooks.registerManually({ action: 'incoming_event', url: 'http://127.0.0.1:9/hook', secretKey: 's' })
    livechat.settings.webhooks.retryDelaysMs = []
    const { token, chatId } = await startedChat(calls)
    livechat.router.marksIdle(chatId)
    const idle = expect.objectContaining({ type: 'system', subtype: 'routing.idle' })
    const told = livechat.webhooks.deliveries('incoming_event').at(-1)
    expect(told?.envelope.payload).toMatchObject({ chat_id: chatId, event: { type: 'system' } })
    for (const { body } of [
      await calls.customer(token, 'get_chat', { chat_id: chatId }),
      await calls.agent('get_chat', { chat_id: chatId }),
    ])
      expect((body.thread as { events: unknown[] }).events.at(-1)).toEqual(idle)
  })

  test("leaves an app's own system messages as they are", async () => {
    const { token, chatId } = await startedChat(calls)
    const event = { type: 'system_message', system_message_type: 'acme.handoff', text: 'From the bot' }
    await calls.customer(token, 'send_event', { chat_id: chatId, event })
    expect(lastOf(chatId)).toMatchObject(event)
  })
})
