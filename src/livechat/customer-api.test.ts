import { Readable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { createLiveChat } from './client'
import type { LiveChatOptions } from './api'
import { ChatId, EventId, ThreadId } from './ids'
import { serve, type LocalServer, type Received, type Reply } from './local-server.testing'

const session = { accessToken: 'dal:customer-token' }
const chatId = ChatId.parse('PJ0MRSHTDG')
const thread = { chatId, threadId: ThreadId.parse('K600PKZON8') }
const opening = {
  groupId: 0,
  continuous: true,
  events: [
    { type: 'message' as const, text: 'Conversation so far', customId: 'bp-1' },
    { type: 'message' as const, text: 'I need a person', customId: 'bp-2' },
  ],
}
const started = { chat_id: 'PJ0MRSHTDG', thread_id: 'K600PKZON8' }
const activeChat = (customId: string) => ({
  id: 'PJ0MRSHTDG',
  thread: {
    id: 'K600PKZON8',
    active: true,
    events: [{ id: 'K600PKZON8_1', type: 'message', custom_id: customId, text: 'I need a person' }],
  },
})
const summary = { chats_summary: [{ id: 'PJ0MRSHTDG', active: true, last_thread_id: 'K600PKZON8' }] }
const refusal = (type: string, message = '') => ({ status: 422, body: { error: { type, message } } })

let server: LocalServer
afterEach(() => server.close())

async function customerApi(reply: (request: Received, nth: number) => Reply, options: Partial<LiveChatOptions> = {}) {
  server = await serve(reply)
  return createLiveChat({
    apiUrl: server.url,
    organizationId: 'org 1',
    clientId: 'client',
    redirectUri: 'https://hooks.acme.test/abc',
    agentAuthorization: () => Promise.resolve('Basic cGFpcg=='),
    retries: { firstPauseMs: 1 },
    ...options,
  }).customer
}

const bodies = () => server.received.map(({ body }) => JSON.parse(body) as unknown)

test('a chat is started with its group, its events, the mode and without bots', async () => {
  const customer = await customerApi(() => ({ body: started }))
  expect(await customer.startChat(session, opening)).toEqual({ chatId: 'PJ0MRSHTDG', threadId: 'K600PKZON8' })
  expect(server.received[0]).toMatchObject({
    method: 'POST',
    path: '/v3.6/customer/action/start_chat?organization_id=org%201',
    headers: { authorization: 'Bearer dal:customer-token', 'content-type': 'application/json' },
  })
  expect(bodies()).toEqual([
    {
      chat: {
        access: { group_ids: [0] },
        thread: {
          events: [
            { type: 'message', text: 'Conversation so far', custom_id: 'bp-1' },
            { type: 'message', text: 'I need a person', custom_id: 'bp-2' },
          ],
          properties: { routing: { ignore_bots: true } },
        },
      },
      continuous: true,
    },
  ])
})

test('a chat is resumed with its id and its group, and a mode that does not wait is said', async () => {
  const customer = await customerApi(() => ({ body: { thread_id: 'K600PKZON9' } }))
  const resumed = await customer.resumeChat(session, { ...opening, chatId, continuous: false, ignoreBots: false })
  expect(resumed).toEqual({ chatId, threadId: 'K600PKZON9' })
  expect(bodies()[0]).toMatchObject({ chat: { id: chatId, access: { group_ids: [0] } }, continuous: false })
  expect(bodies()[0]).not.toHaveProperty('chat.thread.properties')
})

test.each(['validation', 'authorization'])(
  'a start refused with %s is tried once more without thread properties',
  async (type) => {
    const customer = await customerApi((_, nth) => (nth === 0 ? refusal(type) : { body: started }))
    expect(await customer.startChat(session, opening)).toMatchObject({ threadId: 'K600PKZON8' })
    expect(bodies()[0]).toHaveProperty('chat.thread.properties')
    expect(bodies()[1]).not.toHaveProperty('chat.thread.properties')
  },
)

test('a start refused twice is refused, and not asked a third time', async () => {
  const customer = await customerApi(() => refusal('validation'))
  await expect(customer.startChat(session, opening)).rejects.toMatchObject({ failure: 'our-mistake' })
  expect(server.actions()).toEqual(['start_chat', 'start_chat'])
})

const lost: { name: string; reply: Reply }[] = [
  { name: 'cut off', reply: 'cut' },
  { name: 'never sent', reply: 'silence' },
  { name: 'replaced by a gateway', reply: { status: 502, body: '<html>Bad gateway</html>' } },
  { name: 'an internal error', reply: { status: 500, body: { error: { type: 'internal' } } } },
  { name: 'not readable', reply: { status: 200, body: '{"chat_id":' } },
]

test.each(lost)('a start whose answer was $name is found by the ids of its events, not repeated', async ({ reply }) => {
  const answers: Record<string, Reply> = {
    start_chat: reply,
    list_chats: { body: summary },
    get_chat: { body: activeChat('bp-2') },
  }
  const customer = await customerApi(answering(answers), { unrepeatableTimeoutMs: 200 })
  expect(await customer.startChat(session, opening)).toEqual({ chatId, threadId: 'K600PKZON8' })
  expect(server.actions()).toEqual(['start_chat', 'list_chats', 'get_chat'])
})

test('a start that was lost before it was done is sent once more', async () => {
  const customer = await customerApi((request, nth) => {
    if (request.path.includes('list_chats')) return { body: { chats_summary: [] } }
    return nth === 0 ? 'cut' : { body: started }
  })
  expect(await customer.startChat(session, opening)).toMatchObject({ chatId })
  expect(server.actions()).toEqual(['start_chat', 'list_chats', 'start_chat'])
})

test('a start that was done late is found when LiveChat answers the second one that there is a chat', async () => {
  let listed = 0
  const customer = await customerApi((request, nth) => {
    if (request.path.includes('get_chat')) return { body: activeChat('bp-1') }
    if (request.path.includes('list_chats')) return { body: listed++ === 0 ? { chats_summary: [] } : summary }
    return nth === 0 ? 'cut' : refusal('CHAT_LIMIT_REACHED')
  })
  expect(await customer.startChat(session, opening)).toEqual({ chatId, threadId: 'K600PKZON8' })
})

test('a start that stays lost is reported as one that may have been done', async () => {
  const customer = await customerApi(answering({ start_chat: 'cut', list_chats: { body: { chats_summary: [] } } }))
  await expect(customer.startChat(session, opening)).rejects.toMatchObject({
    failure: 'try-later',
    outcomeUnknown: true,
  })
  expect(server.actions().filter((action) => action === 'start_chat')).toHaveLength(2)
})

test('while nobody can tell whether a start was done it is not repeated', async () => {
  const customer = await customerApi(answering({ start_chat: 'cut', list_chats: refusal('authentication') }))
  await expect(customer.startChat(session, opening)).rejects.toMatchObject({
    action: 'start_chat',
    outcomeUnknown: true,
  })
  expect(server.actions()).toEqual(['start_chat', 'list_chats'])
})

test('the thread of another opening is not taken for ours', async () => {
  const answers = { list_chats: { body: summary }, get_chat: { body: activeChat('other') } }
  const customer = await customerApi(answering({ ...answers, resume_chat: 'cut' }))
  await expect(customer.resumeChat(session, { ...opening, chatId })).rejects.toMatchObject({ outcomeUnknown: true })
})

const busyOnce =
  (body: unknown) =>
  (request: Received, nth: number): Reply => {
    if (request.path.includes('get_chat')) return { body }
    return nth === 0 ? { ...refusal('too_many_requests'), status: 429 } : { body: { event_id: 'K600PKZON8_2' } }
  }

test('an event that is too early for the rate limit is repeated while its thread is open', async () => {
  const customer = await customerApi(busyOnce(activeChat('bp-2')))
  const event = { type: 'message' as const, text: 'Hello', customId: 'bp-3' }
  expect(await customer.sendEvent(session, thread, event)).toBe('K600PKZON8_2')
  expect(server.actions()).toEqual(['send_event', 'get_chat', 'send_event'])
})

test('an event is not repeated when its thread is over, since it would go into the next one', async () => {
  const over = { id: 'PJ0MRSHTDG', thread: { id: 'K600PKZON8', active: false, events: [] } }
  const customer = await customerApi(busyOnce(over))
  const event = { type: 'message' as const, text: 'Hello', customId: 'bp-3' }
  await expect(customer.sendEvent(session, thread, event)).rejects.toMatchObject({ failure: 'session-over' })
  expect(server.actions()).toEqual(['send_event', 'get_chat'])
})

test.each(lost)('an event whose answer was $name is found in the thread, not repeated', async ({ reply }) => {
  const customer = await customerApi(answering({ send_event: reply, get_chat: { body: activeChat('bp-3') } }), {
    unrepeatableTimeoutMs: 200,
  })
  const event = { type: 'message' as const, text: 'Hello', customId: 'bp-3' }
  expect(await customer.sendEvent(session, thread, event)).toBe('K600PKZON8_1')
  expect(server.actions()).toEqual(['send_event', 'get_chat'])
})

test('an event that did not arrive is sent once more', async () => {
  const customer = await customerApi((request, nth) => {
    if (request.path.includes('get_chat')) return { body: activeChat('bp-2') }
    return nth === 0 ? 'cut' : { body: { event_id: 'K600PKZON8_2' } }
  })
  const event = { type: 'message' as const, text: 'Hello', customId: 'bp-3' }
  expect(await customer.sendEvent(session, thread, event)).toBe('K600PKZON8_2')
  expect(server.actions()).toEqual(['send_event', 'get_chat', 'send_event'])
})

test('what must not be done twice is waited for as long as LiveChat may work at it', async () => {
  const times = { timeoutMs: 50, unrepeatableTimeoutMs: 5000 }
  const customer = await customerApi(() => ({ body: { event_id: 'K600PKZON8_2', ...started }, afterMs: 200 }), times)
  await customer.sendEvent(session, thread, { type: 'message', text: 'Hello', customId: 'bp-3' })
  await customer.startChat(session, opening)
  await customer.resumeChat(session, { ...opening, chatId })
  expect(server.actions()).toEqual(['send_event', 'start_chat', 'resume_chat'])
})

test('the answer to a choice carries its button, type and value both or not at all', async () => {
  const customer = await customerApi(() => ({ body: { event_id: 'K600PKZON8_2' } }))
  const button = { id: 'yes', threadId: ThreadId.parse('T1'), eventId: EventId.parse('T1_4') }
  const event = { type: 'message' as const, text: 'Yes', customId: 'bp-4' }
  await customer.sendEvent(session, thread, { ...event, postback: { ...button, type: 'message' } })
  await customer.sendEvent(session, thread, { ...event, postback: { ...button, type: 'message', value: 'y' } })
  const sent = { id: 'yes', thread_id: 'T1', event_id: 'T1_4' }
  expect(bodies()[0]).toMatchObject({ chat_id: chatId, event: { text: 'Yes', custom_id: 'bp-4', postback: sent } })
  expect(bodies()[0]).not.toHaveProperty('event.postback.type')
  expect(bodies()[1]).toMatchObject({ event: { postback: { ...sent, type: 'message', value: 'y' } } })
})

test('a chat that is over already is closed', async () => {
  const customer = await customerApi(() => refusal('chat_inactive'))
  await expect(customer.deactivateChat(session, thread)).resolves.toBeUndefined()
})

test.each([
  { name: 'the thread is over, so the open one is the next', active: false, calls: ['deactivate_chat', 'get_chat'] },
  { name: 'the thread is open still', active: true, calls: ['deactivate_chat', 'get_chat', 'deactivate_chat'] },
])('before a close is repeated LiveChat is asked: $name', async ({ active, calls }) => {
  const answers = { get_chat: { body: { id: chatId, thread: { id: thread.threadId, active } } }, deactivate_chat: {} }
  const isFirst = (path: string, nth: number) => path.includes('deactivate_chat') && nth === 0
  const customer = await customerApi((request, nth) =>
    isFirst(request.path, nth) ? 'cut' : answering(answers)(request),
  )
  await expect(customer.deactivateChat(session, thread)).resolves.toBeUndefined()
  expect(server.actions()).toEqual(calls)
  expect(bodies()[1]).toEqual({ chat_id: started.chat_id, thread_id: started.thread_id })
})

test('a close that comes late looks first', async () => {
  const over = { body: { id: chatId, thread: { id: thread.threadId, active: false } } }
  const customer = await customerApi(answering({ get_chat: over }))
  await expect(customer.deactivateChat(session, thread, { lookFirst: true })).resolves.toBeUndefined()
  expect(server.actions()).toEqual(['get_chat'])
})

test('a profile keeps the order of its session fields, and an empty one is not sent', async () => {
  const customer = await customerApi(() => ({ body: '' }))
  await customer.updateCustomer(session, { sessionFields: [] })
  const sessionFields = [
    { name: 'plan', value: 'gold' },
    { name: '7', value: 'seven' },
  ]
  await customer.updateCustomer(session, { name: 'Ada', sessionFields })
  expect(bodies()).toEqual([{ name: 'Ada', session_fields: [{ plan: 'gold' }, { '7': 'seven' }] }])
})

test('groups that do not exist are missing, and an unknown status counts as online', async () => {
  const groups_status = { '0': 'offline', '7': 'online_for_queue', '9': 'brand_new' }
  const customer = await customerApi(() => ({ body: { groups_status } }))
  const statuses = await customer.listGroupStatuses(session, { groupIds: [0, 7, 8, 9] })
  expect([...statuses]).toEqual([
    [0, 'offline'],
    [7, 'online_for_queue'],
    [9, 'online'],
  ])
})

test('a file is uploaded as the only part of a form, whatever its name', async () => {
  const customer = await customerApi(() => ({ body: { url: 'https://cdn.livechat-files.com/api/file/lc/tmp/1' } }))
  const content = Readable.from([Buffer.from('first '), Buffer.from('second')])
  const url = await customer.uploadFile(session, { content, fileName: 'a"\r\nb.png', contentType: 'image/png' })
  expect(url).toBe('https://cdn.livechat-files.com/api/file/lc/tmp/1')
  const [request] = server.received
  const boundary = /boundary=(.+)$/.exec(request?.headers['content-type'] ?? '')?.[1]
  expect(request?.headers['transfer-encoding']).toBe('chunked')
  expect(request?.body).toBe(
    [
      `--${boundary}`,
      'Content-Disposition: form-data; name="file"; filename="a%22 b.png"',
      'Content-Type: image/png',
      '',
      'first second',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  )
})

test('an upload whose source fails ends with the error of the source, and leaves nothing open', async () => {
  const customer = await customerApi(() => ({ body: { url: 'never' } }))
  const gaveUp = new Error('the media host gave up')
  async function* failing() {
    yield Buffer.alloc(1000)
    await Promise.resolve()
    throw gaveUp
  }
  const content = Readable.from(failing(), { objectMode: false })
  await expect(customer.uploadFile(session, { content, fileName: 'a.png' })).rejects.toBe(gaveUp)
  expect(content.destroyed).toBe(true)
})

test('an upload is repeated when its content can be read again, and not otherwise', async () => {
  const reply = (_: Received, nth: number): Reply =>
    nth % 2 === 0 ? { ...refusal('service_unavailable'), status: 503 } : { body: { url: 'https://cdn/1' } }
  const customer = await customerApi(reply)
  const fileName = 'a.txt'
  const bytes = new TextEncoder().encode('content')
  expect(await customer.uploadFile(session, { content: bytes, fileName })).toBe('https://cdn/1')
  expect(await customer.uploadFile(session, { content: () => Readable.from([bytes]), fileName })).toBe('https://cdn/1')
  const once = Readable.from([bytes])
  await expect(customer.uploadFile(session, { content: once, fileName })).rejects.toMatchObject({
    failure: 'try-later',
  })
  expect(server.received.map(({ body }) => body.includes('content\r\n--'))).toEqual([true, true, true, true, true])
})

test('an upload is not repeated when its source failed, or when no time is left for it', async () => {
  let opened = 0
  async function* failing() {
    yield Buffer.alloc(1000)
    await Promise.resolve()
    throw new Error('the media host gave up')
  }
  const content = () => {
    opened += 1
    return Readable.from(failing(), { objectMode: false })
  }
  const refusing = await customerApi(() => ({ ...refusal('service_unavailable'), status: 503 }))
  await expect(refusing.uploadFile(session, { content, fileName: 'a.png' })).rejects.toThrow('gave up')
  expect(opened).toBe(1)

  const leftMs = () => 0
  const bytes = new TextEncoder().encode('content')
  await expect(refusing.uploadFile(session, { content: bytes, fileName: 'a.txt', leftMs })).rejects.toMatchObject({
    failure: 'try-later',
  })
  expect(server.received.length).toBeLessThanOrEqual(2)
})

function answering(answers: Record<string, Reply>) {
  return ({ path }: Received): Reply => {
    const action = /action\/(\w+)/.exec(path)?.[1] ?? ''
    return answers[action] ?? { status: 404, body: { error: { type: 'not_found' } } }
  }
}
