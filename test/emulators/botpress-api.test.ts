import { beforeEach, describe, expect, test } from 'vitest'
import { clientFor } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()
let userId = ''
let conversationId = ''
beforeEach(async () => {
  userId = (await both.client().createUser({ tags: {} })).user.id
  conversationId = (await both.client().createConversation({ channel: 'hitl', tags: { ticket: 'T1' } })).conversation.id
})

const UNKNOWN = 'user_00000000000000000000000000'

/** A request as no client would send it. */
async function call(method: string, path: string, body?: unknown) {
  const { botId, integrationId, alias } = both.installation
  const response = await fetch(both.botpress.url + path, {
    method,
    headers: {
      authorization: 'Bearer token',
      'x-bot-id': botId,
      'x-integration-id': integrationId,
      'x-integration-alias': alias,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const message = (changes: object) => ({
  type: 'text',
  payload: { text: 'Hi' },
  userId,
  conversationId,
  tags: { eventId: 'e1' },
  ...changes,
})

describe('refused bodies', () => {
  test.each([
    { name: 'no JSON', path: 'users', body: '{' },
    { name: 'a missing field', path: 'users', body: {} },
    { name: 'an unknown field', path: 'users', body: { tags: {}, email: 'a' } },
    { name: 'attributes', path: 'users', body: { tags: {}, attributes: {} } },
    { name: 'a number as a tag', path: 'users', body: { tags: { email: 1 } } },
    { name: 'a long tag', path: 'users', body: { tags: { email: 'x'.repeat(501) } } },
    { name: 'an undeclared tag', path: 'users', body: { tags: { phone: '1' } } },
    { name: "a tag of the plugin's", path: 'users', body: { tags: { 'hitl#upstream': '1' } } },
    { name: 'a long name', path: 'users', body: { tags: {}, name: 'x'.repeat(201) } },
    { name: 'null as name of a new user', path: 'users', body: { tags: {}, name: null } },
    { name: 'an undeclared channel', path: 'conversations', body: { channel: 'mail', tags: {} } },
    {
      name: 'a discriminating tag not given',
      path: 'users/get-or-create',
      body: { tags: {}, discriminateByTags: ['email'] },
    },
    { name: 'nothing to find by', path: 'users/get-or-create', body: { tags: {} } },
    { name: 'an undeclared event', path: 'events', body: { type: 'closed', payload: {} } },
    { name: 'an empty schedule', path: 'events', body: { type: 'queued', payload: {}, schedule: {} } },
    { name: 'a delay of 0', path: 'events', body: { type: 'queued', payload: {}, schedule: { delay: 0 } } },
    {
      name: 'a date without ms',
      path: 'events',
      body: { type: 'queued', payload: {}, schedule: { dateTime: '2026-01-01T00:00:00Z' } },
    },
    { name: 'an unknown schedule', path: 'integrations/configure', body: { scheduleRegisterCall: 'often' } },
    { name: 'a count of 0', path: 'analytics', body: { name: 'x', count: 0 } },
  ])('$name', async ({ path, body }) => {
    const answer = await call('POST', `/v1/chat/${path}`, body)
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 400, type: 'InvalidPayload', id: expect.stringMatching(/^err_\d{14}x[0-9A-F]{8}$/) as string },
    })
  })

  test.each([
    { name: 'a short id', changes: () => ({ userId: 'user_1' }), type: 'InvalidPayload' },
    { name: 'an unknown author', changes: () => ({ userId: UNKNOWN }), type: 'ReferenceNotFound' },
    { name: 'an unknown conversation', changes: () => ({ conversationId: UNKNOWN }), type: 'ReferenceNotFound' },
    { name: 'an undeclared type', changes: () => ({ type: 'carousel' }), type: 'InvalidPayload' },
    { name: 'an empty text', changes: () => ({ payload: { text: '' } }), type: 'InvalidDataFormat' },
    { name: 'an extra key', changes: () => ({ payload: { text: 'a', type: 'text' } }), type: 'InvalidDataFormat' },
    {
      name: 'a wrong bloc item',
      changes: () => ({ type: 'bloc', payload: { items: [{ type: 'card' }] } }),
      type: 'InvalidDataFormat',
    },
    { name: 'too many bytes', changes: () => ({ payload: { text: 'ä'.repeat(65_536) } }), type: 'PayloadTooLarge' },
  ])('a message with $name', async ({ changes, type }) => {
    expect((await call('POST', '/v1/chat/messages', message(changes()))).body.type).toBe(type)
  })

  test.each([
    {
      name: 'an event payload not as declared',
      path: 'events',
      body: () => ({ type: 'hitlStopped', payload: {} }),
      type: 'InvalidDataFormat',
    },
    {
      name: 'a state not as declared',
      path: () => `states/user/${userId}/customer`,
      body: () => ({ payload: { token: 1 } }),
      type: 'InvalidDataFormat',
    },
    {
      name: 'an event about an unknown conversation',
      path: 'events',
      body: () => ({ type: 'queued', payload: {}, conversationId: UNKNOWN }),
      type: 'ReferenceNotFound',
    },
    {
      name: 'an event about an unknown message',
      path: 'events',
      body: () => ({ type: 'queued', payload: {}, messageId: UNKNOWN }),
      type: 'ReferenceNotFound',
    },
    {
      name: 'an unknown participant',
      path: () => `conversations/${conversationId}/participants`,
      body: () => ({ userId: UNKNOWN }),
      type: 'ReferenceNotFound',
    },
    {
      name: 'an unknown user of an incoming message',
      path: 'initialize-incoming-message',
      body: () => ({ userId: UNKNOWN, conversationId }),
      type: 'ReferenceNotFound',
    },
  ])('$name is $type', async ({ path, body, type }) => {
    const answer = await call('POST', `/v1/chat/${typeof path === 'string' ? path : path()}`, body())
    expect(answer).toMatchObject({ status: 400, body: { code: 400, type } })
  })

  test.each([
    { name: 'a name that ends in half an emoji', body: { name: `Ada ${'\ud83d'}` }, status: 400 },
    { name: 'a name that ends in an emoji', body: { name: 'Ada \u{1f600}' }, status: 201 },
    { name: 'a picture of 40 000 characters', body: { pictureUrl: 'x'.repeat(40_000) }, status: 201 },
    { name: 'a picture of 40 001 characters', body: { pictureUrl: 'x'.repeat(40_001) }, status: 400 },
  ])('$name is answered $status', async ({ body, status }) => {
    expect((await call('POST', '/v1/chat/users', { tags: {}, ...body })).status).toBe(status)
    const found = await call('POST', '/v1/chat/users/get-or-create', { tags: { email: 'a' }, ...body })
    expect(found.status).toBe(status === 201 ? 200 : status)
    expect((await call('PUT', `/v1/chat/users/${userId}`, body)).status).toBe(status === 201 ? 200 : status)
  })

  test('an extra payload key passes when extras are allowed, and anything when checks are off', async () => {
    both.botpress.settings.payloadChecks = 'extras-allowed'
    const extra = message({ payload: { text: 'a', type: 'text' } })
    expect((await call('POST', '/v1/chat/messages', extra)).status).toBe(201)
    expect((await call('POST', '/v1/chat/messages', message({ payload: { text: '' } }))).status).toBe(400)
    both.botpress.settings.payloadChecks = 'off'
    expect((await call('POST', '/v1/chat/messages', message({ payload: {} }))).status).toBe(201)
  })

  test('an author must take part when participants are required', async () => {
    both.botpress.settings.participantsRequired = true
    expect((await call('POST', '/v1/chat/messages', message({}))).status).toBe(400)
    await both.client().addParticipant({ id: conversationId, userId })
    expect((await call('POST', '/v1/chat/messages', message({}))).status).toBe(201)
  })
})

describe('refused queries', () => {
  test.each([
    { name: 'an unknown parameter', query: 'users?limit=1' },
    { name: 'an undeclared tag', query: 'users?tags.phone=1' },
    { name: 'an unknown sort field', query: 'conversations?sortField=name' },
    { name: 'an unknown direction', query: 'conversations?sortDirection=up' },
    { name: 'an unknown status', query: 'events?status=done' },
    { name: 'a status of former versions', query: 'events?status=canceled' },
    { name: 'a made-up token', query: 'messages?nextToken=abc' },
    { name: 'a date that is none', query: 'messages?afterDate=yesterday' },
  ])('$name', async ({ query }) => {
    expect(await call('GET', `/v1/chat/${query}`)).toMatchObject({ status: 400, body: { type: 'InvalidQuery' } })
  })
})

describe('statuses', () => {
  test.each([
    { path: 'users', body: () => ({ tags: {} }), status: 201 },
    { path: 'conversations', body: () => ({ channel: 'hitl', tags: {} }), status: 201 },
    { path: 'messages', body: () => message({}), status: 201 },
    { path: 'events', body: () => ({ type: 'queued', payload: {} }), status: 201 },
    { path: 'users/get-or-create', body: () => ({ tags: { email: 'a' } }), status: 200 },
    { path: 'messages/get-or-create', body: () => message({}), status: 200 },
  ])('POST $path answers $status', async ({ path, body, status }) => {
    expect((await call('POST', `/v1/chat/${path}`, body())).status).toBe(status)
  })

  test.each(['users', 'conversations', 'messages', 'events'])('an unknown id of %s is not found', async (path) => {
    expect(await call('GET', `/v1/chat/${path}/${UNKNOWN}`)).toMatchObject({
      status: 404,
      body: { code: 404, type: 'ResourceNotFound' },
    })
  })

  test('objects of other integrations are not found', async () => {
    const ada = both.botpress.customer({})
    expect((await call('GET', `/v1/chat/users/${ada.userId}`)).status).toBe(404)
    expect((await call('GET', `/v1/chat/conversations/${ada.conversationId}`)).status).toBe(404)
    both.botpress.settings.integrationSees = 'everything'
    expect((await call('GET', `/v1/chat/users/${ada.userId}`)).status).toBe(200)
  })
})

describe('states', () => {
  const at = (type: string, id: string, name: string) => `/v1/chat/states/${type}/${id}/${name}`

  test('never set and deleted are both not found', async () => {
    const path = at('conversation', conversationId, 'ticket')
    expect((await call('GET', path)).body).toMatchObject({ type: 'ResourceNotFound', message: 'No State found' })
    await call('POST', path, { payload: { a: 1 } })
    expect((await call('GET', path)).body).toMatchObject({ state: { payload: { a: 1 } }, meta: { cached: false } })
    await call('POST', path, { payload: null })
    expect((await call('GET', path)).status).toBe(404)
  })

  test.each([
    { name: 'an undeclared name', path: () => at('user', userId, 'other'), payload: {}, status: 400 },
    { name: 'the type of another', path: () => at('user', userId, 'ticket'), payload: {}, status: 400 },
    { name: 'a type of former versions', path: () => at('task', userId, 'ticket'), payload: {}, status: 400 },
    { name: 'an unknown type', path: () => at('thing', userId, 'ticket'), payload: {}, status: 400 },
    { name: 'an unknown user', path: () => at('user', UNKNOWN, 'customer'), payload: { token: 't' }, status: 404 },
    { name: 'another integration', path: () => at('integration', UNKNOWN, 'setup'), payload: {}, status: 404 },
    {
      name: 'a payload not as declared',
      path: () => at('user', userId, 'customer'),
      payload: { token: 1 },
      status: 400,
    },
  ])('$name is refused', async ({ path, payload, status }) => {
    expect((await call('POST', path(), { payload })).status).toBe(status)
  })

  test('an expired state is gone', async () => {
    const path = at('user', userId, 'customer')
    await call('POST', path, { payload: { token: 't' }, expiry: 1 })
    await expect.poll(async () => (await call('GET', path)).status).toBe(404)
  })

  test('a state of the integration and one of the bot with the same name are two', async () => {
    const bot = clientFor(both.botpress.url, { botId: both.installation.botId })
    await call('POST', at('user', userId, 'customer'), { payload: { token: 't' } })
    const address = { type: 'user', id: userId, name: 'customer' } as const
    expect((await bot.getOrSetState({ ...address, payload: { other: 1 } })).state.payload).toEqual({ other: 1 })
    expect((await both.client().getState(address)).state.payload).toEqual({ token: 't' })
  })
})

describe('get-or-create', () => {
  const create = (name?: string) => {
    const wanted = { tags: { email: 'a@b.c' }, discriminateByTags: ['email'], ...(name ? { name } : {}) }
    return call('POST', '/v1/chat/users/get-or-create', wanted)
  }
  const users = async () => (await both.client().listUsers({ tags: { email: 'a@b.c' } })).users

  test.each([
    { updates: true, name: 'Ada Lovelace' },
    { updates: false, name: 'Ada' },
  ])('updates what it finds: $updates', async ({ updates, name }) => {
    both.botpress.settings.getOrCreateUpdates = updates
    await create('Ada')
    expect((await create('Ada Lovelace')).body).toMatchObject({ user: { name } })
  })

  test.each([
    { sends: true, first: { created: true }, second: { created: false } },
    { sends: false, first: undefined, second: undefined },
  ])('says whether it created: $sends', async ({ sends, first, second }) => {
    both.botpress.settings.sendsCreated = sends
    expect((await create()).body.meta).toEqual(first)
    expect((await create()).body.meta).toEqual(second)
  })

  test.each([
    { atomic: true, made: 1 },
    { atomic: false, made: 2 },
  ])('at the same moment, atomic: $atomic, makes $made', async ({ atomic, made }) => {
    Object.assign(both.botpress.settings, { getOrCreateAtomic: atomic, raceWindowMs: 500 }) // both have come by then
    await Promise.all([create(), create()])
    expect(await users()).toHaveLength(made)
  })

  test('does not find what is newer than the lag of tags', async () => {
    both.botpress.settings.tagLookupLagMs = 60_000
    await Promise.all([create(), create()])
    expect(await users()).toHaveLength(0)
    both.botpress.settings.tagLookupLagMs = 0
    expect(await users()).toHaveLength(2)
  })

  test('without discriminating tags further tags prevent a match only when tags are exact', async () => {
    await both.client().createUser({ tags: { email: 'a@b.c', agentId: 'x' } })
    const find = () => call('POST', '/v1/chat/users/get-or-create', { tags: { email: 'a@b.c' } })
    expect((await find()).body.meta).toEqual({ created: false })
    both.botpress.settings.exactTags = true
    expect((await find()).body.meta).toEqual({ created: true })
  })

  test('a message that is found reaches nobody again', async () => {
    const ask = () => call('POST', '/v1/chat/messages/get-or-create', message({ discriminateByTags: ['eventId'] }))
    await ask()
    await ask()
    expect(both.botpress.messagesIn(conversationId)).toHaveLength(1)
  })

  test.each([
    { scope: 'conversation', created: true },
    { scope: 'bot', created: false },
  ] as const)('looks for a message in the $scope', async ({ scope, created }) => {
    both.botpress.settings.messageScope = scope
    await call('POST', '/v1/chat/messages/get-or-create', message({}))
    const other = (await both.client().createConversation({ channel: 'hitl', tags: {} })).conversation.id
    const second = await call('POST', '/v1/chat/messages/get-or-create', message({ conversationId: other }))
    expect(second.body.meta).toEqual({ created })
  })
})

test('updates merge tags, an empty one removes, null removes a name, and updatedAt moves', async () => {
  const path = `/v1/chat/users/${userId}`
  const before = (await call('PUT', path, { tags: { email: 'a', agentId: 'b' }, name: 'Ada' })).body.user as object
  const after = (await call('PUT', path, { tags: { email: '' }, name: null })).body.user
  expect(after).toMatchObject({ tags: { agentId: 'b' } })
  expect(after).not.toHaveProperty('name')
  expect(after).not.toMatchObject({ updatedAt: (before as { updatedAt: string }).updatedAt })
})
