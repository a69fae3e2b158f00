import { describe, expect, test } from 'vitest'
import { startedChat, type Json } from './livechat-client'
import { useLiveChat } from './use-livechat'

const MARIA = 'maria@acme.test'
const OMAR = 'omar@acme.test'

const { livechat, calls } = await useLiveChat({ settings: { webhooks: { retryDelaysMs: [] } } })

function listen(action: string): void {
  livechat.webhooks.registerManually({ action, url: 'http://127.0.0.1:9/hook', secretKey: 's' })
}
const told = (action: string) => livechat.webhooks.deliveries(action).map(({ envelope }) => envelope.payload)

describe('private notes', () => {
  test('are written in every chat by default', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).notes(chatId, 'for us')
    expect(livechat.store.eventsIn(chatId).at(-1)).toMatchObject({ text: 'for us', visibility: 'agents' })
  })

  test('may have no field in chats of customers who came through the API', async () => {
    livechat.settings.desk.privateNotes = false
    const { chatId } = await startedChat(calls)
    expect(() => livechat.agent(MARIA).notes(chatId, 'for us')).toThrow('no field for private notes')
    expect(livechat.store.eventsIn(chatId)).toHaveLength(1)
    const visitor = livechat.customerArrives({ text: 'Hi' })
    livechat.agent(MARIA).notes(visitor.chatId, 'for us')
  })
})

test('words can be marked as CommonMark', async () => {
  listen('incoming_event')
  const { chatId } = await startedChat(calls)
  livechat.agent(MARIA).says(chatId, '**Hello**', { markdown: true })
  livechat.agent(MARIA).says(chatId, '5*3*2')
  const events = told('incoming_event').map((payload) => (payload as { event: { properties: Json } }).event.properties)
  expect(events).toEqual([
    { chats: { formatting: 'commonmark' }, source: expect.any(Object) },
    { source: expect.any(Object) },
  ])
})

test('adding and removing a tag send webhooks', async () => {
  for (const action of ['thread_tagged', 'thread_untagged']) listen(action)
  const { chatId, threadId } = await startedChat(calls)
  livechat.agent(MARIA).tags(chatId, 'billing')
  livechat.agent(MARIA).untags(chatId, 'billing')
  const payload = { chat_id: chatId, thread_id: threadId, tag: 'billing' }
  expect([told('thread_tagged'), told('thread_untagged')]).toEqual([[payload], [payload]])
})

describe('names and pictures of agents', () => {
  test.each([
    { agentNames: true, agentAvatars: true },
    { agentNames: false, agentAvatars: true },
    { agentNames: true, agentAvatars: false },
    { agentNames: false, agentAvatars: false },
  ])('names $agentNames, avatars $agentAvatars', async ({ agentNames, agentAvatars }) => {
    Object.assign(livechat.settings.desk, { agentNames, agentAvatars })
    listen('user_added_to_chat')
    const { token, chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    const [added] = told('user_added_to_chat') as { user: Json }[]
    const { body: forAgents } = await calls.agent('get_chat', { chat_id: chatId })
    const { body: forCustomers } = await calls.customer(token, 'get_chat', { chat_id: chatId })
    const users = [added?.user, (forAgents.users as Json[])[1], (forCustomers.users as Json[])[1]]
    for (const user of users) {
      expect(user?.type).toBe('agent')
      expect(user?.name).toBe(agentNames ? 'Maria' : undefined)
      expect(Boolean(user?.avatar)).toBe(agentAvatars)
    }
  })
})

describe('places in the queue', () => {
  const placeOf = async (token: string, chatId: string) => {
    const { body } = await calls.customer(token, 'get_chat', { chat_id: chatId })
    return (body.thread as { queue?: { position: number } }).queue?.position
  }
  const waiting = () => Promise.all([1, 2, 3].map(() => startedChat(calls)))

  test.each([
    { name: 'is picked up', leaves: (chatId: string) => livechat.agent(MARIA).joins(chatId) },
    { name: 'ends', leaves: (chatId: string) => livechat.router.closesNobody(chatId) },
  ])('move up when a chat before them $name, without a webhook', async ({ leaves }) => {
    const chats = await waiting()
    const places = await Promise.all(chats.map(({ token, chatId }) => placeOf(token, chatId)))
    expect([...places].sort()).toEqual([1, 2, 3])
    const second = chats[places.indexOf(2)]
    if (!second) throw new Error('nobody is second')
    for (const action of ['chat_transferred', 'thread_properties_updated']) listen(action)
    leaves(second.chatId)
    const after = await Promise.all(chats.map(({ token, chatId }) => placeOf(token, chatId)))
    expect(after).toEqual(places.map((place) => ({ 1: 1, 2: undefined, 3: 2 })[place ?? 0]))
    const others = chats.filter((chat) => chat !== second).map(({ chatId }) => chatId)
    const aboutOthers = livechat.webhooks
      .deliveries()
      .filter(({ envelope }) => others.includes((envelope.payload as { chat_id: string }).chat_id))
    expect(aboutOthers).toEqual([])
  })

  test('are published as thread properties where LiveChat still does that', async () => {
    livechat.settings.webhooks.queuePositionsAsProperties = true
    const chats = await waiting()
    const places = await Promise.all(chats.map(({ token, chatId }) => placeOf(token, chatId)))
    listen('thread_properties_updated')
    livechat.agent(OMAR).joins(chats[places.indexOf(1)]?.chatId ?? '')
    const positions = told('thread_properties_updated') as { properties: { lc2: Json } }[]
    expect(positions.map(({ properties }) => properties.lc2.queue_pos).sort()).toEqual([1, 2])
  })
})
