import { describe, expect, test } from 'vitest'
import { callsTo, startedChat } from './livechat-client'
import { useLiveChat } from './use-livechat'

const { livechat, calls } = await useLiveChat()

const message = (text: string) => ({ type: 'message', text })
const error = (type: string) => ({ body: { error: { type } } })

describe('who may call', () => {
  const path = () => `/v3.6/customer/action/get_customer?organization_id=${livechat.credentials.organizationId}`

  test.each([
    { name: 'no token', authorization: undefined },
    { name: 'an unknown token', authorization: 'Bearer dal:nobody' },
    { name: 'a personal access token', authorization: 'Basic full' },
    { name: 'a personal access token as Bearer', authorization: 'Bearer full' },
  ])('$name is refused', async ({ authorization }) => {
    const value = authorization?.replace('full', livechat.credentials.fullToken)
    const refused = await calls.post(path(), {}, value ? { authorization: value } : {})
    expect(refused).toMatchObject({ status: 401, ...error('authentication') })
  })

  test.each([
    { name: 'without organization', query: '', type: 'validation' },
    { name: 'with another organization', query: '?organization_id=x', type: 'license_not_found' },
  ])('a call $name is refused', async ({ query, type }) => {
    const { body } = await calls.token()
    const headers = { authorization: `Bearer ${String(body.access_token)}` }
    expect(await calls.post(`/v3.6/customer/action/get_customer${query}`, {}, headers)).toMatchObject(error(type))
  })

  test.each([
    { name: 'another content type', body: {}, type: 'text/plain' },
    { name: 'no JSON', body: '{broken', type: 'application/json' },
    { name: 'no object', body: '', type: 'application/json' },
    { name: 'an unknown field', body: { extra: 1 }, type: 'application/json' },
  ])('a body with $name is refused', async ({ body, type }) => {
    const token = await calls.token()
    const authorization = `Bearer ${String(token.body.access_token)}`
    expect(await calls.post(path(), body, { authorization, 'content-type': type })).toMatchObject({
      status: 400,
      ...error('validation'),
    })
  })

  test('GET is refused where POST is needed', async () => {
    const response = await fetch(`${livechat.url}${path()}`)
    expect(await response.json()).toMatchObject({ error: { type: 'validation' } })
  })

  test.each([
    { version: '3.6', header: null },
    { version: '3.5', header: 'legacy' },
    { version: '3.4', header: 'deprecation' },
  ])('version $version answers with the header of its stage: $header', async ({ version, header }) => {
    const old = callsTo(livechat, version)
    const token = await old.token()
    const { status, headers } = await old.customer(String(token.body.access_token), 'get_customer')
    expect(status).toBe(200)
    for (const name of ['legacy', 'deprecation']) expect(headers.has(name)).toBe(name === header)
  })

  test.each(['3.3', '3.7', '9.9'])('version %s is refused', async (version) => {
    const { body } = await calls.token()
    const refused = await callsTo(livechat, version).customer(String(body.access_token), 'get_customer')
    expect(refused).toMatchObject(error('unsupported_version'))
  })

  test("another customer's chat is refused", async () => {
    const { chatId } = await startedChat(calls)
    const { body } = await calls.token()
    const refused = await calls.customer(String(body.access_token), 'get_chat', { chat_id: chatId })
    expect(refused).toMatchObject({ status: 403, ...error('authorization') })
  })

  test('a banned customer is refused', async () => {
    const { token, customerId } = await startedChat(calls)
    livechat.customer(customerId).isBanned()
    expect(await calls.customer(token, 'list_chats')).toMatchObject(error('customer_banned'))
  })

  test('an anonymized chat is refused', async () => {
    const { token, chatId } = await startedChat(calls)
    livechat.anonymizes(chatId)
    expect(await calls.customer(token, 'get_chat', { chat_id: chatId })).toMatchObject(error('chat_anonymized'))
  })
})

describe('events that a customer may send', () => {
  test.each([
    { name: 'text of exactly the limit', event: message('a'.repeat(16_000)), status: 200 },
    { name: 'text one byte over the limit', event: message('a'.repeat(16_001)), status: 400 },
    { name: 'text whose bytes are over, not its characters', event: message('é'.repeat(8_193)), status: 400 },
    { name: 'empty text', event: message(''), status: 400 },
    { name: 'no text', event: { type: 'message' }, status: 400 },
    { name: 'recipients, as in the samples', event: { ...message('x'), recipients: 'all' }, status: 200 },
    { name: 'unknown recipients', event: { ...message('x'), recipients: 'nobody' }, status: 400 },
    { name: 'a custom event without content', event: { type: 'custom' }, status: 200 },
    { name: 'visibility', event: { ...message('x'), visibility: 'all' }, status: 400 },
    { name: 'an author', event: { ...message('x'), author_id: 'x' }, status: 400 },
    { name: 'an unknown type', event: { type: 'annotation', text: 'x' }, status: 400 },
    { name: 'the read-only type', event: { type: 'system', details: '{}' }, status: 400 },
    {
      name: 'a system message',
      event: { type: 'system_message', system_message_type: 'acme.x', text: 'x' },
      status: 200,
    },
    { name: 'a system message without type', event: { type: 'system_message', text: 'x' }, status: 400 },
    {
      name: 'a system message with properties',
      event: { type: 'system_message', system_message_type: 'a', properties: { test: { int_property: 1 } } },
      status: 400,
    },
    { name: 'a foreign file', event: { type: 'file', url: 'https://acme.test/a.png' }, status: 400 },
    {
      name: 'a writable property',
      event: { ...message('x'), properties: { status: { delivered: true } } },
      status: 200,
    },
    {
      name: 'a read-only property',
      event: { ...message('x'), properties: { lc2: { welcome_message: true } } },
      status: 403,
    },
    { name: 'an unregistered property', event: { ...message('x'), properties: { acme: { x: 1 } } }, status: 400 },
    {
      name: 'a property of another type',
      event: { ...message('x'), properties: { status: { delivered: 1 } } },
      status: 400,
    },
    {
      name: 'a postback with type and value',
      event: { ...message('Yes'), postback: { id: 'a', thread_id: 't', event_id: 'e', type: 'message', value: 'y' } },
      status: 200,
    },
    {
      name: 'a postback with type alone',
      event: { ...message('Yes'), postback: { id: 'a', thread_id: 't', event_id: 'e', type: 'message' } },
      status: 400,
    },
    {
      name: 'eleven elements',
      event: { type: 'rich_message', template_id: 'cards', elements: Array.from({ length: 11 }, () => ({})) },
      status: 400,
    },
    {
      name: 'fourteen buttons',
      event: {
        type: 'rich_message',
        template_id: 'cards',
        elements: [{ buttons: Array.from({ length: 14 }, () => ({ text: 'a', postback_id: 'b' })) }],
      },
      status: 400,
    },
    { name: 'an unknown template', event: { type: 'rich_message', template_id: 'ecommerce' }, status: 400 },
    { name: 'a form without recipients', event: { type: 'filled_form', form_id: 'f', fields: [] }, status: 400 },
  ])('$name: $status', async ({ event, status }) => {
    const { token, chatId } = await startedChat(calls)
    expect((await calls.customer(token, 'send_event', { chat_id: chatId, event })).status).toBe(status)
  })

  test('own system messages can be refused', async () => {
    livechat.settings.chats.customerSystemMessages = 'validation'
    const { token, chatId } = await startedChat(calls)
    const event = { type: 'system_message', system_message_type: 'acme.handoff' }
    expect(await calls.customer(token, 'send_event', { chat_id: chatId, event })).toMatchObject(error('validation'))
  })

  test('a closed chat takes no event unless it is attached to the last thread', async () => {
    const { token, chatId, threadId } = await startedChat(calls)
    await calls.customer(token, 'deactivate_chat', { id: chatId })
    const body = { chat_id: chatId, event: message('late') }
    expect(await calls.customer(token, 'send_event', body)).toMatchObject(error('chat_inactive'))
    const attached = await calls.customer(token, 'send_event', { ...body, attach_to_last_thread: true })
    expect(attached.body.event_id).toEqual(expect.stringContaining(threadId))
  })
})

describe('fields that no table lists', () => {
  const event = { ...message('Hello'), author_id: 'x', postback: { id: 'a', thread_id: 't', event_id: 'e', extra: 1 } }

  test('are refused, whatever else is right', async () => {
    const { token, chatId } = await startedChat(calls)
    const refused = await calls.customer(token, 'send_event', { chat_id: chatId, event })
    expect(refused).toMatchObject({ status: 400, ...error('validation') })
  })

  test('can be ignored, at every depth, while what is wrong is still refused', async () => {
    livechat.settings.requests.unknownFields = 'ignore'
    const { token, chatId } = await startedChat(calls)
    const send = (body: object) => calls.customer(token, 'send_event', { chat_id: chatId, more: 1, ...body })
    expect((await send({ event })).status).toBe(200)
    const written = livechat.store.eventsIn(chatId).at(-1)
    expect(written).toMatchObject({ text: 'Hello', postback: { id: 'a' } })
    expect(written).not.toHaveProperty('postback.extra')
    expect(await send({ event: { ...event, text: '' } })).toMatchObject(error('validation'))
    expect(await calls.customer(token, 'update_customer', { phone_number: '+15550100' })).toMatchObject({
      body: { error: { type: 'validation', message: 'at least one field is required' } },
    })
  })
})

describe('what a customer sees', () => {
  test('agents under hashed ids, no notes, no deleted events', async () => {
    const { token, chatId } = await startedChat(calls)
    const maria = livechat.agent('maria@acme.test')
    maria.says(chatId, 'Hello')
    maria.notes(chatId, 'a secret note')
    maria.deletes(maria.says(chatId, 'a slip').eventId)
    const { body } = await calls.customer(token, 'get_chat', { chat_id: chatId })
    const seen = JSON.stringify(body)
    expect(seen).toContain('Hello')
    for (const hidden of ['maria@acme.test', 'a secret note', 'a slip', 'visibility'])
      expect(seen).not.toContain(hidden)
    expect(seen).toMatch(/"author_id":"[0-9a-f]{32}"/)
  })

  test('the list of chats says whether the chat is active', async () => {
    const { token, chatId } = await startedChat(calls)
    expect((await calls.customer(token, 'list_chats')).body).toMatchObject({
      chats_summary: [{ id: chatId, active: true }],
    })
    await calls.customer(token, 'deactivate_chat', { id: chatId })
    expect((await calls.customer(token, 'list_chats')).body).toMatchObject({ chats_summary: [{ active: false }] })
  })

  test('group statuses: unknown groups are missing, full groups are for the queue', async () => {
    livechat.agents.add({ id: 'zoe@acme.test', groups: [9], maxChats: 0 })
    livechat.store.groups.set(9, { id: 9, name: 'Night', languageCode: 'en', tags: [] })
    livechat.store.groups.set(12, { id: 12, name: 'Nobody', languageCode: 'en', tags: [] })
    const { body } = await calls.token()
    const statuses = await calls.customer(String(body.access_token), 'list_group_statuses', {
      group_ids: [7, 9, 12, 99],
    })
    expect(statuses.body).toEqual({ groups_status: { 7: 'online', 9: 'online_for_queue', 12: 'offline' } })
  })
})

test('customers see their statistics', async () => {
  const { token, customerId } = await startedChat(calls)
  await calls.customer(token, 'update_customer', { name: 'Ada' })
  expect((await calls.customer(token, 'get_customer')).body).toMatchObject({
    id: customerId,
    type: 'customer',
    name: 'Ada',
    statistics: { chats_count: 1, threads_count: 1 },
  })
})

describe('the profile', () => {
  const field = (index: number) => ({ [`k${index}`]: 'v' })

  test.each([
    { name: 'nothing', body: {}, status: 400 },
    { name: 'a name', body: { name: 'Ada' }, status: 200 },
    { name: 'a wrong e-mail', body: { email: 'ada' }, status: 400 },
    { name: 'a wrong avatar', body: { avatar: 'cdn.acme.test/a.png' }, status: 400 },
    { name: 'a phone number', body: { phone_number: '+15550100' }, status: 400 },
    { name: 'two keys in a session field', body: { session_fields: [{ a: '1', b: '2' }] }, status: 400 },
    {
      name: '100 session fields',
      body: { session_fields: Array.from({ length: 100 }, (_, i) => field(i)) },
      status: 200,
    },
    {
      name: '101 session fields',
      body: { session_fields: Array.from({ length: 101 }, (_, i) => field(i)) },
      status: 422,
    },
  ])('$name: $status', async ({ body, status }) => {
    const { body: token } = await calls.token()
    expect((await calls.customer(String(token.access_token), 'update_customer', body)).status).toBe(status)
  })

  test.each([
    { field: 'avatar', type: 'validation', status: 400 },
    { field: 'email', type: 'validation', status: 400 },
    { field: 'session_fields', type: 'customer_session_fields_limit_reached', status: 422 },
  ] as const)('a given $field can be refused as $type', async ({ field, type, status }) => {
    livechat.settings.customers.refusedFields = { [field]: type }
    const { body } = await calls.token()
    const token = String(body.access_token)
    const profile = {
      name: 'Ada',
      email: 'ada@acme.test',
      avatar: 'https://a.test/a.png',
      session_fields: [{ a: '1' }],
    }
    const refused = await calls.customer(token, 'update_customer', profile)
    expect(refused).toMatchObject({ status, body: { error: { type, message: expect.stringContaining(field) } } })
    const others = { ...profile, [field]: undefined }
    expect((await calls.customer(token, 'update_customer', others)).status).toBe(200)
    expect(livechat.store.customers.get(String(body.entity_id))).toMatchObject({ name: 'Ada' })
  })

  test('session fields set alone can be refused too', async () => {
    livechat.settings.customers.refusedFields = { session_fields: 'validation' }
    const { body } = await calls.token()
    const fields = { session_fields: [{ a: '1' }] }
    const refused = await calls.customer(String(body.access_token), 'set_customer_session_fields', fields)
    expect(refused).toMatchObject(error('validation'))
  })

  test('is sent to agents, with the fields of the session', async () => {
    const { body } = await calls.token()
    const token = String(body.access_token)
    await calls.customer(token, 'update_customer', { name: 'Ada', session_fields: [{ order: '42' }] })
    expect((await calls.agent('get_customer', { id: body.entity_id })).body).toMatchObject({
      name: 'Ada',
      session_fields: [{ order: '42' }],
      chat_ids: [],
    })
  })
})
