import { beforeEach, describe, expect, test } from 'vitest'
import { callsTo, startedChat, type Json } from './livechat-client'
import { useLiveChat } from './use-livechat'

const MARIA = 'maria@acme.test'
const OMAR = 'omar@acme.test'

const { livechat, calls } = await useLiveChat()

const error = (type: string) => ({ body: { error: { type } } })
const tokenOf = (agentId: string, ...scopes: string[]) => livechat.issueToken({ agentId, scopes })

describe('requests that do not fit', () => {
  test.each([
    { name: 'close_chat does not exist', method: 'close_chat', body: {}, type: 'not_found' },
    { name: 'deactivate_chat wants id', method: 'deactivate_chat', body: { chat_id: 'CHAT' }, type: 'validation' },
    { name: 'get_chat wants chat_id', method: 'get_chat', body: { id: 'CHAT' }, type: 'validation' },
    { name: 'an unknown chat', method: 'get_chat', body: { chat_id: 'nobody' }, type: 'not_found' },
    { name: 'an unknown thread', method: 'get_chat', body: { chat_id: 'CHAT', thread_id: 'x' }, type: 'not_found' },
    {
      name: 'group ids as strings',
      method: 'transfer_chat',
      body: { id: 'CHAT', target: { type: 'group', ids: ['7'] }, ignore_requester_presence: true },
      type: 'validation',
    },
    {
      name: 'an unknown group',
      method: 'transfer_chat',
      body: { id: 'CHAT', target: { type: 'group', ids: [99] }, ignore_requester_presence: true },
      type: 'validation',
    },
    {
      name: 'attach_to_last_thread is for customers',
      method: 'send_event',
      body: { chat_id: 'CHAT', event: { type: 'message', text: 'x' }, attach_to_last_thread: true },
      type: 'validation',
    },
    {
      name: 'no visibility',
      method: 'add_user_to_chat',
      body: { chat_id: 'CHAT', user_id: OMAR, user_type: 'agent' },
      type: 'validation',
    },
    {
      name: 'include_active is of 3.5',
      method: 'list_chats',
      body: { filters: { include_active: true } },
      type: 'validation',
    },
    { name: 'a page with a limit', method: 'list_chats', body: { page_id: 'p', limit: 5 }, type: 'validation' },
    { name: 'too long a page', method: 'list_chats', body: { limit: 101 }, type: 'validation' },
  ])('$name', async ({ method, body, type }) => {
    const { chatId } = await startedChat(calls)
    const filled: unknown = JSON.parse(JSON.stringify(body).replace('CHAT', chatId))
    expect(await calls.agent(method, filled)).toMatchObject(error(type))
  })

  test('a closed chat is closed', async () => {
    const { chatId } = await startedChat(calls)
    livechat.router.closesIdle(chatId)
    const body = { id: chatId, ignore_requester_presence: true }
    expect(await calls.agent('deactivate_chat', body)).toMatchObject(error('chat_inactive'))
    expect(await calls.agent('transfer_chat', body)).toMatchObject(error('chat_inactive'))
  })

  test.each([
    { answer: 'accept' as const, status: 200 },
    { answer: 'validation' as const, status: 400 },
  ])('an unknown tag: $answer', async ({ answer, status }) => {
    livechat.settings.chats.unknownTags = answer
    const { chatId, threadId } = await startedChat(calls)
    const body = { chat_id: chatId, thread_id: threadId, tag: 'never heard of' }
    expect((await calls.agent('tag_thread', body)).status).toBe(status)
    expect((await calls.agent('tag_thread', { ...body, tag: 'billing' })).status).toBe(200)
  })

  test('a second public agent is refused, unless LiveChat enabled it for the account', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    const add = { chat_id: chatId, user_id: OMAR, user_type: 'agent', ignore_requester_presence: true }
    expect(await calls.agent('add_user_to_chat', { ...add, visibility: 'all' })).toMatchObject({
      status: 422,
      body: { error: { message: 'Public agents in chat limit reached' } },
    })
    expect((await calls.agent('add_user_to_chat', { ...add, visibility: 'agents' })).status).toBe(200)
    livechat.settings.chats.severalPublicAgents = true
    const third = { ...add, user_id: 'owner@acme.test', visibility: 'all' }
    expect((await calls.agent('add_user_to_chat', third)).status).toBe(200)
  })
})

describe('starting as an agent', () => {
  beforeEach(() => {
    livechat.store.groups.set(9, { id: 9, name: 'Night', languageCode: 'en', tags: [] })
    livechat.agents.add({ id: 'zoe@acme.test', groups: [9] })
  })
  const start = (chat: Json, body: Json = {}, token?: string) => calls.agent('start_chat', { chat, ...body }, token)
  const mariaMay = () => tokenOf(MARIA, 'chats--access:rw')

  test('in a group that the owner of the token is not in is refused, unless the scope covers all chats', async () => {
    const chat = { access: { group_ids: [9] } }
    expect(await start(chat, {}, mariaMay())).toMatchObject({ status: 403, ...error('missing_access') })
    expect((await start({ access: { group_ids: [7] } }, {}, mariaMay())).status).toBe(200)
    expect((await start(chat)).status).toBe(200)
  })

  test('resuming in such a group is refused alike, and the chat stays closed', async () => {
    const { body } = await start({ access: { group_ids: [7] } }, {}, mariaMay())
    const id = String(body.chat_id)
    await calls.agent('deactivate_chat', { id }, mariaMay())
    const chat = { id, access: { group_ids: [9] } }
    expect(await calls.agent('resume_chat', { chat }, mariaMay())).toMatchObject(error('missing_access'))
    expect(livechat.store.chats.get(id)?.threads).toHaveLength(1)
  })

  test('needs somebody who accepts chats, unless the chat is continuous', async () => {
    livechat.agent('zoe@acme.test').goesOffline()
    const chat = { access: { group_ids: [9] } }
    expect(await start(chat)).toMatchObject(error('validation'))
    expect(await start(chat, { continuous: false })).toMatchObject(error('validation'))
    expect((await start(chat, { continuous: true })).status).toBe(200)
  })

  test('with a further agent is refused, unless LiveChat enabled several agents in a chat', async () => {
    const chat = { users: [{ id: OMAR, type: 'agent' }] }
    expect(await start(chat)).toMatchObject({ status: 422, ...error('limit_reached') })
    livechat.settings.chats.severalPublicAgents = true
    expect((await start(chat)).status).toBe(200)
  })
})

describe('transfers', () => {
  const transfer = (id: string, body: Json = {}) =>
    calls.agent('transfer_chat', { id, ignore_requester_presence: true, ...body })

  test('to an agent makes that agent the one who is there', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    expect((await transfer(chatId, { target: { type: 'agent', ids: [OMAR] } })).status).toBe(200)
    const present = livechat.store.chats
      .get(chatId)
      ?.users.filter((user) => user.present)
      .map(({ id }) => id)
    expect(present).toContain(OMAR)
    expect(present).not.toContain(MARIA)
  })

  test('to an agent who does not accept chats is refused', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(OMAR).goesOffline()
    expect(await transfer(chatId, { target: { type: 'agent', ids: [OMAR] } })).toMatchObject(error('agent_offline'))
  })

  test('to an agent who has as many chats as they may have is refused, unless availability is ignored', async () => {
    livechat.agents.add({ id: OMAR, maxChats: 0 })
    const { chatId } = await startedChat(calls)
    const target = { type: 'agent', ids: [OMAR] }
    expect(await transfer(chatId, { target })).toMatchObject({
      body: { error: { type: 'validation', message: 'Cannot assign any agent from requested groups' } },
    })
    expect((await transfer(chatId, { target, ignore_agents_availability: true })).status).toBe(200)
  })

  test('to a group with nobody free is refused, unless the chat may be queued', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).goesOffline()
    livechat.agent(OMAR).goesOffline()
    const target = { type: 'group', ids: [7] }
    expect(await transfer(chatId, { target })).toMatchObject({
      body: { error: { type: 'validation', message: 'Cannot assign any agent from requested groups' } },
    })
    expect((await transfer(chatId, { target, ignore_agents_availability: true })).status).toBe(200)
    const thread = livechat.store.chats.get(chatId)?.threads[0]
    expect(thread?.queue).toMatchObject({ position: 1 })
  })
})

describe('reading', () => {
  test('get_chat shows agents by e-mail and system messages without author', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).says(chatId, 'Hello')
    livechat.agent(MARIA).closes(chatId)
    const { body } = await calls.agent('get_chat', { chat_id: chatId })
    expect(body).toMatchObject({
      thread: {
        active: false,
        events: [
          { type: 'message', custom_id: 'bp-1' },
          { type: 'message', author_id: MARIA },
          { type: 'system_message', system_message_type: 'manual_archived_agent' },
        ],
      },
    })
    expect(JSON.stringify(body)).toMatch(/"created_at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"/)
  })

  test.each([
    { version: '3.6', visit: 'visit', other: 'last_visit' },
    { version: '3.5', visit: 'last_visit', other: 'visit' },
    { version: '3.4', visit: 'last_visit', other: 'visit' },
  ])('on $version the visit of a customer is named $visit', async ({ version, visit, other }) => {
    const { chatId, customerId } = await startedChat(calls)
    const old = callsTo(livechat, version)
    const { body: customer } = await old.agent('get_customer', { id: customerId })
    const { body: chat } = await old.agent('get_chat', { chat_id: chatId })
    const { body: list } = await old.agent('list_chats')
    const users = [customer, (chat.users as Json[])[0], (list.chats_summary as { users: Json[] }[])[0]?.users[0]]
    for (const user of users) {
      expect(user).toHaveProperty(visit)
      expect(user).not.toHaveProperty(other)
    }
  })

  test('routing statuses are a bare array; people are never offline', async () => {
    const { body } = await calls.agent('list_routing_statuses', { filters: { group_ids: [7] } })
    expect(body).toContainEqual({ agent_id: MARIA, status: 'accepting_chats' })
    expect(body).toContainEqual({ agent_id: livechat.bot().id, status: 'offline' })
  })

  test('active and closed chats can be distinguished', async () => {
    const first = await startedChat(calls)
    const second = await startedChat(calls)
    livechat.router.closesNobody(first.chatId)
    const ids = async (active: boolean) => {
      const { body } = await calls.agent('list_chats', { filters: { active } })
      return (body.chats_summary as { id: string }[]).map(({ id }) => id)
    }
    expect(await ids(true)).toEqual([second.chatId])
    expect(await ids(false)).toEqual([first.chatId])
  })
})
