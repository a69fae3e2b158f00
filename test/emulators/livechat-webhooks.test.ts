import { describe, expect, test } from 'vitest'
import type { WebhookFilters } from '../../sandbox/livechat'
import { startedChat } from './livechat-client'
import { useLiveChat, useReceiver } from './use-livechat'

const MARIA = 'maria@acme.test'

const webhooks = { retryDelaysMs: [5_000, 15_000, 30_000], timeScale: 0.001 }
const { livechat, calls } = await useLiveChat({ settings: { webhooks } })
const receiver = await useReceiver()

function listen(action: string, extra: { filters?: WebhookFilters; version?: '3.5' | '3.6' } = {}): string {
  return livechat.webhooks.registerManually({ action, url: receiver.url, secretKey: 's3cr3t', ...extra })
}
const heard = () => receiver.received.map(({ envelope }) => envelope.action)
const texts = () =>
  receiver.received.map(({ envelope }) => (envelope.payload as { event: { text: string } }).event.text)

describe('delivery', () => {
  test('the envelope carries registration, secret and organization, and only ASCII', async () => {
    const id = listen('incoming_event')
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).says(chatId, 'Grüße 😀')
    await livechat.deliveriesSettled()
    const [first] = receiver.received
    expect(first?.envelope).toMatchObject({
      webhook_id: id,
      secret_key: 's3cr3t',
      organization_id: livechat.credentials.organizationId,
      additional_data: {},
    })
    expect(first?.body).toMatch(/^[ -~]+$/)
    expect(first?.headers['content-type']).toBe('application/json')
    expect(texts()).toEqual(['Grüße 😀'])
  })

  test('what a call causes leaves after its answer', async () => {
    listen('incoming_chat')
    await startedChat(calls)
    await livechat.deliveriesSettled()
    const call = livechat.wire.exchanges.find(({ operation }) => operation === 'customer/start_chat')
    const webhook = livechat.wire.exchanges.find(({ operation }) => operation === 'webhook/incoming_chat')
    expect(webhook?.startedAt).toBeGreaterThanOrEqual(call?.endedAt ?? Infinity)
  })

  test.each([
    { answers: [200], attempts: 1, outcome: 'delivered' },
    { answers: [500, 200], attempts: 2, outcome: 'delivered' },
    { answers: [201, 204, 302, 200], attempts: 4, outcome: 'delivered' },
    { answers: [503, 503, 503, 503, 200], attempts: 4, outcome: 'lost' },
  ])('answers $answers: $outcome after $attempts attempts', async ({ answers, attempts, outcome }) => {
    listen('incoming_chat')
    receiver.answers.push(...answers)
    await startedChat(calls)
    await livechat.deliveriesSettled()
    expect(livechat.webhooks.deliveries()).toMatchObject([
      { outcome, attempts: answers.slice(0, attempts).map((status) => ({ status })) },
    ])
    expect(receiver.received).toHaveLength(attempts)
    expect(livechat.wire.exchanges.filter(({ to }) => to === 'integration')).toHaveLength(attempts)
  })

  test.each([
    { kind: 'refuse' as const, received: 1 },
    { kind: 'silence' as const, received: 1 },
    { kind: 'reset-after' as const, received: 2 },
    { kind: 'answer-after' as const, received: 2 },
  ])('a fault of kind $kind is tried again', async ({ kind, received }) => {
    listen('incoming_chat')
    if (kind === 'silence') livechat.settings.webhooks.timeoutMs = 1_000
    livechat.faults.add({ operation: 'webhook/incoming_chat', kind })
    await startedChat(calls)
    await livechat.deliveriesSettled()
    expect(receiver.received).toHaveLength(received)
    expect(livechat.webhooks.deliveries()).toMatchObject([{ outcome: 'delivered', attempts: [{}, { status: 200 }] }])
  })

  test('a webhook is sent for work whose answer was cut off', async () => {
    listen('incoming_chat')
    livechat.faults.add({ operation: 'customer/start_chat', kind: 'reset-after' })
    await expect(startedChat(calls)).rejects.toThrow()
    await livechat.wire.waitFor(({ operation }) => operation === 'webhook/incoming_chat')
    expect(livechat.store.chats.size).toBe(1)
    expect(livechat.wire.exchanges.find(({ operation }) => operation === 'customer/start_chat')?.fault).toBe(
      'reset-after',
    )
  })

  test('a webhook is sent for work of a caller who was gone before it was done', async () => {
    listen('incoming_event')
    const { token, chatId } = await startedChat(calls)
    livechat.faults.add({ operation: 'customer/send_event', kind: 'slow', delayMs: 400 })
    const event = { type: 'message', text: 'Still here?' }
    const sending = fetch(
      `${livechat.url}/v3.6/customer/action/send_event?organization_id=${livechat.credentials.organizationId}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ chat_id: chatId, event }),
        signal: AbortSignal.timeout(100),
      },
    )
    await expect(sending).rejects.toThrow()
    await livechat.wire.waitFor(({ operation }) => operation === 'webhook/incoming_event')
    expect(texts()).toEqual(['Still here?'])
  })

  test('nothing is sent beyond this machine', async () => {
    livechat.webhooks.registerManually({ action: 'incoming_chat', url: 'https://acme.test/hook', secretKey: 's' })
    await startedChat(calls)
    await livechat.deliveriesSettled()
    expect(livechat.webhooks.deliveries()).toMatchObject([
      { outcome: 'lost', attempts: [{ error: expect.stringContaining('loopback') }, {}, {}, {}] },
    ])
  })
})

describe('controls', () => {
  const sayThree = async () => {
    listen('incoming_event')
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    livechat.webhooks.hold('incoming_event')
    for (const text of ['one', 'two', 'three']) livechat.agent(MARIA).says(chatId, text)
    await livechat.deliveriesSettled()
    expect(receiver.received).toEqual([])
  }

  test('held deliveries wait until they are released', async () => {
    await sayThree()
    expect(livechat.webhooks.deliveries().map(({ outcome }) => outcome)).toEqual(['held', 'held', 'held'])
    livechat.webhooks.release()
    await livechat.deliveriesSettled()
    expect(texts().sort()).toEqual(['one', 'three', 'two'])
  })

  test('a chosen order is kept', async () => {
    await sayThree()
    livechat.webhooks.release((held) => held.slice(2))
    await livechat.deliveriesSettled()
    livechat.webhooks.release('reversed')
    await livechat.deliveriesSettled()
    expect(texts()[0]).toBe('three')
    expect(texts()).toHaveLength(3)
  })

  test.each([
    { disturbance: { kind: 'drop' as const }, received: 0 },
    { disturbance: { kind: 'duplicate' as const, copies: 3 }, received: 3 },
    { disturbance: { kind: 'delay' as const, delayMs: 10 }, received: 1 },
    { disturbance: { kind: 'drop' as const, action: 'chat_deactivated' }, received: 1 },
  ])('$disturbance makes $received', async ({ disturbance, received }) => {
    listen('incoming_chat')
    livechat.webhooks.disturb(disturbance)
    await startedChat(calls)
    await livechat.deliveriesSettled()
    expect(receiver.received).toHaveLength(received)
  })

  test('a delivery can be sent again as it was', async () => {
    listen('incoming_chat')
    await startedChat(calls)
    await livechat.deliveriesSettled()
    const [delivery] = livechat.webhooks.deliveries()
    if (!delivery) throw new Error('nothing was sent')
    expect(await livechat.webhooks.redeliver(delivery)).toMatchObject({ outcome: 'delivered' })
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body)
  })

  test('a forged envelope can be posted', async () => {
    listen('incoming_chat')
    const { status } = await livechat.webhooks.post({ action: 'incoming_chat', secret_key: 'wrong', payload: {} })
    expect(status).toBe(200)
    expect(receiver.received[0]?.envelope.secret_key).toBe('wrong')
  })
})

describe('which webhooks are delivered', () => {
  test.each([
    { name: 'the app is not installed', change: { installed: false } },
    { name: 'license webhooks are disabled', change: { webhooksEnabled: false } },
  ])('nobody when $name', async ({ change }) => {
    listen('incoming_chat')
    Object.assign(livechat.store.apps.get(livechat.credentials.clientId) ?? {}, change)
    await startedChat(calls)
    await livechat.deliveriesSettled()
    expect(livechat.webhooks.deliveries()).toEqual([])
  })

  test('nobody before a registration has spread', async () => {
    livechat.settings.webhooks.propagationDelayMs = 60_000
    listen('incoming_chat')
    await startedChat(calls)
    expect(livechat.webhooks.deliveries()).toEqual([])
  })

  test('bot webhooks only while a bot of the app is not offline', async () => {
    livechat.webhooks.registerManually({ action: 'incoming_chat', url: receiver.url, secretKey: 's', type: 'bot' })
    await startedChat(calls)
    expect(livechat.webhooks.deliveries()).toHaveLength(0)
    livechat.bot().goesOnline()
    await startedChat(calls)
    expect(livechat.webhooks.deliveries()).toHaveLength(1)
  })

  test.each<{ name: string; filters: WebhookFilters; ours: boolean; foreign: boolean }>([
    { name: 'only_my_chats', filters: { only_my_chats: true }, ours: true, foreign: false },
    { name: 'source my_client', filters: { source_type: ['my_client'] }, ours: true, foreign: false },
    { name: 'source other_clients', filters: { source_type: ['other_clients'] }, ours: false, foreign: true },
    {
      name: 'presence of Maria',
      filters: { chat_presence: { user_ids: { values: [MARIA] } } },
      ours: false,
      foreign: false,
    },
    {
      name: 'absence of Maria',
      filters: { chat_presence: { user_ids: { exclude_values: [MARIA] } } },
      ours: true,
      foreign: true,
    },
    { name: 'my bots', filters: { chat_presence: { my_bots: true } }, ours: false, foreign: false },
  ])('filter $name', async ({ filters, ours, foreign }) => {
    listen('incoming_chat', { filters })
    await startedChat(calls)
    expect(livechat.webhooks.deliveries()).toHaveLength(ours ? 1 : 0)
    livechat.customerArrives({ text: 'from the website' })
    expect(livechat.webhooks.deliveries()).toHaveLength((ours ? 1 : 0) + (foreign ? 1 : 0))
  })

  test('author_type customer lets only the customer through', async () => {
    listen('incoming_event', { filters: { author_type: 'customer' } })
    const { token, chatId } = await startedChat(calls)
    livechat.agent(MARIA).says(chatId, 'from Maria')
    await calls.customer(token, 'send_event', { chat_id: chatId, event: { type: 'message', text: 'from Ada' } })
    await livechat.deliveriesSettled()
    expect(texts()).toEqual(['from Ada'])
  })

  test.each([
    { lets: { tokenEchoes: true, systemMessages: true, notes: true }, expected: ['echo', 'idle', 'note', 'words'] },
    { lets: { tokenEchoes: false, systemMessages: false, notes: false }, expected: ['words'] },
  ])('author_type agent: $lets', async ({ lets, expected }) => {
    Object.assign(livechat.settings.webhooks.authorTypeAgent, lets)
    livechat.settings.chats.severalPublicAgents = true
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    const add = { chat_id: chatId, user_id: 'owner@acme.test', user_type: 'agent', visibility: 'all' }
    await calls.agent('add_user_to_chat', { ...add, ignore_requester_presence: true })
    listen('incoming_event', { filters: { author_type: 'agent' } })
    livechat.agent(MARIA).says(chatId, 'words')
    livechat.agent(MARIA).notes(chatId, 'note')
    livechat.router.writes(chatId, { type: 'routing.idle', text: 'idle' })
    await calls.agent('send_event', { chat_id: chatId, event: { type: 'message', text: 'echo' } })
    await livechat.deliveriesSettled()
    expect(texts().sort()).toEqual(expected)
  })
})

describe('open questions have a switch', () => {
  test('initial events can come as incoming_event too', async () => {
    listen('incoming_event')
    await startedChat(calls)
    livechat.settings.webhooks.initialEventsAlsoIncoming = true
    await startedChat(calls)
    await livechat.deliveriesSettled()
    expect(texts()).toEqual(['Hello'])
  })

  test.each([
    { version: '3.6' as const, field: 'queued_at', visit: 'visit' },
    { version: '3.5' as const, field: 'queued_at_us', visit: 'last_visit' },
  ])('payloads of $version name the queue time $field and the visit $visit', async ({ version, field, visit }) => {
    listen('chat_transferred', { version })
    listen('incoming_chat', { version })
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId, { announce: 'user_added_to_chat' })
    livechat.agent(MARIA).transfersTo(chatId, { groupId: 0 })
    await livechat.deliveriesSettled()
    const payload = (action: string) =>
      receiver.received.find(({ envelope }) => envelope.action === action)?.envelope.payload
    expect(payload('chat_transferred')).toHaveProperty(`queue.${field}`)
    expect(payload('incoming_chat')).toHaveProperty(`chat.users.0.${visit}`)
  })

  test('the queue can be missing from incoming_chat', async () => {
    livechat.settings.webhooks.queueInIncomingChat = false
    listen('incoming_chat')
    const { chatId } = await startedChat(calls)
    await livechat.deliveriesSettled()
    expect(receiver.received[0]?.envelope.payload).not.toHaveProperty('chat.thread.queue')
    expect(livechat.store.chats.get(chatId)?.threads[0]?.queue).toBeDefined()
  })

  test('queue positions can travel as thread properties', async () => {
    listen('thread_properties_updated')
    const { chatId } = await startedChat(calls)
    livechat.router.queues(chatId, { position: 3, waitTime: 90 })
    livechat.settings.webhooks.queuePositionsAsProperties = true
    livechat.router.queues(chatId, { position: 2, waitTime: 60 })
    await livechat.deliveriesSettled()
    expect(receiver.received.map(({ envelope }) => envelope.payload)).toMatchObject([
      { properties: { lc2: { queue_pos: 2, queue_waiting_time: 60 } } },
    ])
  })
})

test('a reset forgets registrations, deliveries and settings', async () => {
  listen('incoming_chat')
  livechat.settings.routing.autoAssign = true
  await startedChat(calls)
  livechat.reset()
  expect(livechat.webhooks.registrations()).toEqual([])
  expect(livechat.webhooks.deliveries()).toEqual([])
  expect(livechat.settings.routing.autoAssign).toBe(false)
  expect(heard().length).toBeLessThanOrEqual(1)
})
