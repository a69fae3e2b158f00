import { beforeEach, describe, expect, test } from 'vitest'
import { startedChat, type Json } from './livechat-client'
import { useLiveChat } from './use-livechat'

const MARIA = 'maria@acme.test'
const OMAR = 'omar@acme.test'

const { livechat, calls } = await useLiveChat()

const error = (type: string) => ({ body: { error: { type } } })
const tokenOf = (agentId: string, ...scopes: string[]) => livechat.issueToken({ agentId, scopes })

describe('who may call', () => {
  test.each([
    { name: 'no header', header: {} },
    { name: 'the token as Bearer', header: { authorization: 'Bearer FULL' } },
    { name: 'a wrong token', header: { authorization: 'Basic d3Jvbmc=' } },
    { name: "a customer's token", header: { authorization: 'Bearer CUSTOMER' } },
  ])('$name is refused', async ({ header }) => {
    const { token } = await startedChat(calls)
    const value = header.authorization?.replace('FULL', livechat.credentials.fullToken).replace('CUSTOMER', token)
    const headers: Record<string, string> = value ? { authorization: value } : {}
    const refused = await calls.post('/v3.6/agent/action/list_chats', {}, headers)
    expect(refused).toMatchObject({ status: 401, ...error('authentication') })
  })

  test.each([
    { scopes: ['chats--access:rw'], method: 'deactivate_chat', allowed: true },
    { scopes: ['chats--access:ro'], method: 'deactivate_chat', allowed: false },
    { scopes: ['chats--my:rw'], method: 'deactivate_chat', allowed: false },
    { scopes: ['chats.conversation--access:rw'], method: 'deactivate_chat', allowed: false },
    { scopes: ['chats--access:ro'], method: 'list_chats', allowed: true },
    { scopes: ['chats--access:rw'], method: 'list_chats', allowed: true },
    { scopes: ['chats--access:rw'], method: 'get_customer', allowed: false },
    { scopes: ['customers:rw'], method: 'get_customer', allowed: true },
    { scopes: ['agents--my:ro'], method: 'list_routing_statuses', allowed: false },
    { scopes: ['agents--all:ro'], method: 'list_routing_statuses', allowed: true },
    { scopes: ['agents-bot--all:ro'], method: 'list_routing_statuses', allowed: true },
    { scopes: [], method: 'list_routing_statuses', allowed: false },
    { scopes: [], method: 'list_agents_for_transfer', allowed: true },
  ])('scopes $scopes reach $method: $allowed', async ({ scopes, method, allowed }) => {
    const { body } = await calls.agent(method, {}, tokenOf(MARIA, ...scopes))
    const refusal = (body.error as { type: string } | undefined)?.type
    expect(refusal === 'authorization').toBe(!allowed)
  })

  test.each(['owner', 'viceowner', 'administrator'] as const)(
    'a scope of administrators works for a %s',
    async (role) => {
      livechat.agents.add({ id: 'ina@acme.test', role })
      expect((await calls.agent('list_chats', {}, tokenOf('ina@acme.test', 'chats--all:rw'))).status).toBe(200)
    },
  )

  test('a scope of administrators does nothing for a normal agent', async () => {
    expect(await calls.agent('list_chats', {}, tokenOf(MARIA, 'chats--all:rw'))).toMatchObject(error('authorization'))
  })
})

describe('the scopes of list_routing_statuses', () => {
  const listed = async (...scopes: string[]) => {
    const { status, body } = await calls.agent('list_routing_statuses', {}, tokenOf(MARIA, ...scopes))
    if (status !== 200) return status
    const ids = (body as unknown as { agent_id: string }[]).map(({ agent_id }) => agent_id)
    return { people: ids.includes(MARIA), bots: ids.includes(livechat.bot().id) }
  }

  test.each([
    { scopes: ['agents--all:ro'], each: { people: true, bots: false }, both: 403 },
    { scopes: ['agents-bot--all:ro'], each: { people: false, bots: true }, both: 403 },
    {
      scopes: ['agents--all:ro', 'agents-bot--all:ro'],
      each: { people: true, bots: true },
      both: { people: true, bots: true },
    },
  ])('$scopes', async ({ scopes, each, both }) => {
    expect(await listed(...scopes)).toEqual(each)
    livechat.settings.requests.routingStatusScopes = 'both'
    expect(await listed(...scopes)).toEqual(both)
  })
})

describe('which chats a token reaches', () => {
  beforeEach(() => {
    livechat.store.groups.set(9, { id: 9, name: 'Night', languageCode: 'en', tags: [] })
    livechat.agents.add({ id: 'zoe@acme.test', groups: [9] })
  })

  test.each([
    { name: 'access, in the group', agentId: MARIA, scope: 'chats--access:rw', reached: true },
    { name: 'access, not in the group', agentId: 'zoe@acme.test', scope: 'chats--access:rw', reached: false },
    { name: 'all, an administrator', agentId: 'owner@acme.test', scope: 'chats--all:rw', reached: true },
  ])('$name: $reached', async ({ agentId, scope, reached }) => {
    const { chatId } = await startedChat(calls)
    const { status } = await calls.agent('get_chat', { chat_id: chatId }, tokenOf(agentId, scope))
    expect(status).toBe(reached ? 200 : 403)
  })

  test("the chat's current groups count, not those of its start", async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    livechat.agent(MARIA).transfersTo(chatId, { groupId: 9 })
    const minimal = livechat.credentials.minimalToken
    const body = { id: chatId, ignore_requester_presence: true }
    expect(await calls.agent('deactivate_chat', body, minimal)).toMatchObject({
      status: 403,
      ...error('missing_access'),
    })
    expect(await calls.agent('deactivate_chat', body)).toMatchObject({ status: 200 })
  })

  test('somebody present reaches a chat of other groups', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent('zoe@acme.test').joins(chatId)
    const token = tokenOf('zoe@acme.test', 'chats--access:rw')
    expect((await calls.agent('get_chat', { chat_id: chatId }, token)).status).toBe(200)
  })
})

describe('who must be in the chat', () => {
  test.each([
    { method: 'deactivate_chat', body: (id: string): Json => ({ id }) },
    { method: 'transfer_chat', body: (id: string): Json => ({ id, target: { type: 'agent', ids: [OMAR] } }) },
    {
      method: 'add_user_to_chat',
      body: (id: string): Json => ({ chat_id: id, user_id: OMAR, user_type: 'agent', visibility: 'all' }),
    },
  ])('$method needs the requester there, unless that is ignored', async ({ method, body }) => {
    const { chatId } = await startedChat(calls)
    expect(await calls.agent(method, body(chatId))).toMatchObject({
      status: 403,
      body: { error: { type: 'authorization', message: 'Requester is not user of the chat' } },
    })
    const ignoring = { ...body(chatId), ignore_requester_presence: true }
    expect((await calls.agent(method, ignoring)).status).toBe(200)
  })

  test('send_event has no way around it', async () => {
    const { chatId } = await startedChat(calls)
    const event = { type: 'message', text: 'Hi' }
    expect(await calls.agent('send_event', { chat_id: chatId, event })).toMatchObject(error('authorization'))
    const add = { chat_id: chatId, user_id: 'owner@acme.test', user_type: 'agent', visibility: 'agents' }
    await calls.agent('add_user_to_chat', { ...add, ignore_requester_presence: true })
    expect(await calls.agent('send_event', { chat_id: chatId, event })).toMatchObject(error('authorization'))
    const note = { ...event, visibility: 'agents' }
    expect((await calls.agent('send_event', { chat_id: chatId, event: note })).status).toBe(200)
    const written = livechat.store.eventsIn(chatId).at(-1)
    expect(written).toMatchObject({
      visibility: 'agents',
      properties: { source: { client_id: 'personal_access_token' } },
    })
  })
})
