import { Client, isApiError } from '@botpress/client'
import { describe, expect, test } from 'vitest'
import { methods } from '../../sandbox/botpress/methods'
import { operations } from '../../sandbox/botpress/runtime-api/operations'
import { clientFor } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()
const client = both.client()

const newConversation = async (ticket = 'T1') =>
  (await client.createConversation({ channel: 'hitl', tags: { ticket } })).conversation
const newUser = async (email = 'a@b.c') => (await client.createUser({ tags: { email }, name: 'Ada' })).user

async function errorOf(work: Promise<unknown>): Promise<{ type: string; code: number; message: string }> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!isApiError(thrown)) throw new Error(`no API error but ${String(thrown)}`)
  return thrown
}

test('the list of methods is what the server answers, and the client knows every name', () => {
  const answered = Object.keys(methods).filter((name) => methods[name] !== 'missing')
  expect(operations.map(({ name }) => name).sort()).toEqual(answered.sort())
  for (const name of Object.keys(methods)) expect(client, name).toHaveProperty(name, expect.any(Function))
})

test('every emulated method takes what the client sends and answers what it expects', async () => {
  both.botpress.settings.patchState = 'merges'
  const bot = clientFor(both.botpress.url, { botId: both.installation.botId })
  const user = await newUser()
  const conversation = await newConversation()
  const [userId, conversationId] = [user.id, conversation.id]
  const text = { type: 'text', payload: { text: 'Hi' }, userId, conversationId }
  const { message } = await client.createMessage({ ...text, tags: { eventId: 'e1' } })
  const later = { schedule: { delay: 60_000 } }
  const { event } = await client.createEvent({ type: 'queued', payload: {}, conversationId, ...later })
  const at = { type: 'conversation', id: conversationId, name: 'ticket' } as const
  await client.setState({ ...at, payload: { a: 1, b: 2 }, expiry: 60_000 })
  const answers = {
    user: (await client.getUser({ id: userId })).user,
    found: (await client.getOrCreateUser({ tags: { email: 'a@b.c' }, discriminateByTags: ['email'] })).user.id,
    renamed: (await client.updateUser({ id: userId, name: 'Ada L.', tags: { agentId: 'x' } })).user,
    users: (await client.listUsers({ tags: { email: 'a@b.c' } })).users.map(({ id }) => id),
    conversation: (await client.getConversation({ id: conversationId })).conversation.integration,
    tagged: (await client.updateConversation({ id: conversationId, tags: { ended: 'us' } })).conversation.tags,
    conversations: (await client.listConversations({ tags: { ticket: 'T1' }, channel: 'hitl' })).conversations.length,
    sameConversation: (await client.getOrCreateConversation({ channel: 'hitl', tags: { ticket: 'T1' } })).conversation
      .id,
    participant: (await client.addParticipant({ id: conversationId, userId })).participant.id,
    participants: (await client.listParticipants({ id: conversationId })).participants.length,
    isParticipant: (await client.getParticipant({ id: conversationId, userId })).participant.id,
    removed: await client.removeParticipant({ id: conversationId, userId }),
    message: (await client.getMessage({ id: message.id })).message,
    sameMessage: (
      await client.getOrCreateMessage({ ...text, tags: { eventId: 'e1' }, discriminateByTags: ['eventId'] })
    ).message.id,
    corrected: (await client.updateMessage({ id: message.id, tags: {}, payload: { text: 'Ho' } })).message.payload,
    messages: (await client.listMessages({ conversationId })).messages.length,
    event: (await client.getEvent({ id: event.id })).event,
    events: (await client.listEvents({ type: 'queued', status: 'scheduled' })).events.length,
    canceled: await client.cancelScheduledEvent({ id: event.id }),
    state: (await client.getState(at)).state.payload,
    kept: (await client.getOrSetState({ ...at, payload: { c: 3 } })).state.payload,
    patched: (await client.patchState({ ...at, payload: { b: null, c: 3 } })).state.payload,
    expiry: (await client.setStateExpiry({ ...at, expiry: null })).state.payload,
    configured: await client.configureIntegration({ scheduleRegisterCall: 'daily', identifier: null }),
    counted: await client.trackAnalytics({ name: 'handoffs', count: 1 }),
    action: (await bot.callAction({ type: 'desk:createUser', input: { name: 'Bob', email: 'b@b.c' } })).output,
  }
  expect(answers).toMatchObject({
    user: { id: userId, name: 'Ada', tags: { email: 'a@b.c' } },
    found: userId,
    renamed: { name: 'Ada L.', tags: { email: 'a@b.c', agentId: 'x' } },
    users: [userId],
    conversation: 'desk',
    tagged: { ticket: 'T1', ended: 'us' },
    conversations: 1,
    sameConversation: conversationId,
    participant: userId,
    participants: 1,
    isParticipant: userId,
    message: { id: message.id, direction: 'incoming', tags: { eventId: 'e1' } },
    sameMessage: message.id,
    corrected: { text: 'Ho' },
    messages: 1,
    event: { type: 'queued', status: 'scheduled' },
    events: 1,
    state: { a: 1, b: 2 },
    kept: { a: 1, b: 2 },
    patched: { a: 1, c: 3 },
    action: { userId: expect.stringMatching(/^user_/) as string },
  })
  expect(both.installation.configured).toMatchObject({ scheduleRegisterCall: 'daily' })
})

test('deleting removes an object and what hangs on it', async () => {
  const user = await newUser()
  const conversation = await newConversation()
  const { message } = await client.createMessage({
    type: 'text',
    payload: { text: 'Hi' },
    userId: user.id,
    conversationId: conversation.id,
    tags: {},
  })
  await client.deleteConversation({ id: conversation.id })
  expect((await errorOf(client.getMessage({ id: message.id }))).type).toBe('ResourceNotFound')
  await client.deleteUser({ id: user.id })
  expect((await errorOf(client.getUser({ id: user.id }))).type).toBe('ResourceNotFound')
})

test('a file is uploaded, read back, listed and deleted', async () => {
  const { file } = await client.uploadFile({ key: 'a.txt', content: 'hello', accessPolicies: ['public_content'] })
  expect(await (await fetch(file.url)).text()).toBe('hello')
  await client.updateFileMetadata({ id: file.id, metadata: { from: 'agent' } })
  expect((await client.getFile({ id: 'a.txt' })).file.metadata).toEqual({ from: 'agent' })
  expect((await client.listFiles({ ids: [file.id] })).files).toHaveLength(1)
  await client.deleteFile({ id: file.id })
  expect((await client.listFiles({})).files).toEqual([])
})

test('user, conversation and message are initialized in one call', async () => {
  const wanted = {
    user: { tags: { email: 'x@y.z' }, discriminateByTags: ['email'] },
    conversation: { channel: 'hitl', tags: { ticket: 'T9' }, discriminateByTags: ['ticket'] },
    message: { type: 'text', payload: { text: 'Hi' }, tags: { eventId: 'e9' }, discriminateByTags: ['eventId'] },
  }
  const first = await client.initializeIncomingMessage(wanted)
  const second = await client.initializeIncomingMessage(wanted)
  expect(second).toMatchObject({ user: { id: first.user.id }, conversation: { id: first.conversation.id } })
  expect(both.botpress.messagesIn(first.conversation.id)).toHaveLength(1)
})

test('lists come in pages, newest first', async () => {
  both.botpress.settings.pageSize = 2
  const ids = [(await newConversation('a')).id, (await newConversation('b')).id, (await newConversation('c')).id]
  const listed = await client.list.conversations({ channel: 'hitl' }).collect()
  expect(listed.map(({ id }) => id)).toEqual(ids.reverse())
})

describe('retries of the client', () => {
  const tries = () => both.botpress.wire.exchanges.length
  test.each([
    { name: 'a refused connection', fault: { kind: 'refuse' }, exchanges: 2 },
    { name: '429', fault: { kind: 'answer', status: 429, body: {}, headers: { 'retry-after': '0' } }, exchanges: 2 },
    { name: '502', fault: { kind: 'answer', status: 502 }, exchanges: 2 },
  ] as const)('$name is tried again', async ({ fault, exchanges }) => {
    both.botpress.faults.add({ operation: 'createUser', ...fault })
    const retrying = clientFor(both.botpress.url, both.installation, true)
    await retrying.createUser({ tags: {} })
    expect(tries()).toBe(exchanges)
  })

  test('a lost answer of a POST makes a second object', async () => {
    both.botpress.faults.add({ operation: 'createUser', kind: 'reset-after' })
    const retrying = clientFor(both.botpress.url, both.installation, true)
    await retrying.createUser({ tags: { email: 'twice' } })
    expect((await client.listUsers({ tags: { email: 'twice' } })).users).toHaveLength(2)
  })

  test('a client without retries sees the type of the answered error', async () => {
    const body = { id: 'err_1', code: 429, type: 'RateLimited', message: 'slow down' }
    both.botpress.faults.add({ operation: 'create*', kind: 'answer', status: 429, body })
    expect(await errorOf(newUser())).toMatchObject({ type: 'RateLimited', code: 429, message: 'slow down' })
  })
})

describe('who may call', () => {
  test.each([
    { name: 'an unknown bot', who: { botId: 'bot_0' }, type: 'Forbidden' },
    { name: 'an integration of another bot', who: { integrationId: 'intver_0' }, type: 'Forbidden' },
    { name: 'a wrong alias', who: { alias: 'other' }, type: 'Forbidden' },
  ])('$name is refused', async ({ who, type }) => {
    const { botId, integrationId, alias } = both.installation
    const stranger = clientFor(both.botpress.url, { botId, integrationId, alias, ...who })
    expect((await errorOf(stranger.listUsers({}))).type).toBe(type)
  })

  test('a call without token is Unauthorized', async () => {
    const { botId } = both.installation
    const anonymous = new Client({ apiUrl: both.botpress.url, botId, token: '' })
    expect((await errorOf(anonymous.listUsers({}))).type).toBe('Unauthorized')
  })

  test('an integration must not call actions', async () => {
    expect((await errorOf(client.callAction({ type: 'desk:stopHitl', input: {} }))).type).toBe('Forbidden')
  })

  test('two bots share nothing', async () => {
    const other = both.botpress.install({ integrationUrl: both.fake.url, configuration: {} })
    const user = await newUser()
    const stranger = clientFor(both.botpress.url, other)
    expect((await errorOf(stranger.getUser({ id: user.id }))).type).toBe('ResourceNotFound')
    expect((await stranger.listUsers({ tags: { email: 'a@b.c' } })).users).toEqual([])
  })
})
