import http from 'node:http'
import { inspect } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import type { LiveChatOptions } from './api'
import { createLiveChat } from './client'
import { LiveChatError } from './errors'
import { keepAliveAgents } from './http'
import { ChatId, ThreadId, CustomerId } from './ids'
import { listen, serve, type LocalServer, type Received, type Reply } from './local-server.testing'

let server: LocalServer
afterEach(() => server.close())

async function liveChat(reply: (request: Received, nth: number) => Reply, options: Partial<LiveChatOptions> = {}) {
  server = await serve(reply)
  return createLiveChat({
    apiUrl: server.url,
    accountsUrl: `${server.url}/`,
    organizationId: 'org',
    clientId: 'client',
    redirectUri: 'https://hooks.acme.test/abc',
    agentAuthorization: () => Promise.resolve('Basic marked-agent-token'),
    retries: { firstPauseMs: 1 },
    ...options,
  })
}

const chatId = ChatId.parse('PJ0MRSHTDG')
const chat = { body: { id: 'PJ0MRSHTDG' } }
const misdirected = (region: string) => ({
  status: 421,
  body: { error: { type: 'misdirected_request', message: 'Wrong region', data: { region } } },
})

test('a region that LiveChat names is sent at once, exactly as named, and from then on', async () => {
  const regions = new Map<string, string>()
  const { agent, configuration } = await liveChat((_, nth) => (nth === 0 ? misdirected('fra-a') : chat), {
    regions,
  })
  await agent.getChat({ chatId })
  await configuration.listWebhooks().catch(() => undefined)
  expect([...regions]).toEqual([['', 'fra-a']])
  expect(server.received.map(({ headers }) => headers['x-region'])).toEqual([undefined, 'fra-a', 'fra-a'])
})

test('a region remembered from before is sent from the first call, and only to the chat APIs', async () => {
  const { agent, accounts } = await liveChat(() => ({ body: { id: 'PJ0MRSHTDG', account_id: 'a' } }), {
    regions: new Map([['', 'fra']]),
  })
  await agent.getChat({ chatId })
  await accounts.accountsMe()
  expect(server.received.map(({ headers }) => headers['x-region'])).toEqual(['fra', undefined])
})

const EUROPEAN = `Basic ${Buffer.from('account:fra-a:secret').toString('base64')}`

test('the region that a token names is sent from the first call on, and only to the chat APIs', async () => {
  const { agent, customer, accounts } = await liveChat(() => ({ body: { id: 'PJ0MRSHTDG', account_id: 'a' } }), {
    agentAuthorization: () => Promise.resolve(EUROPEAN),
  })
  await agent.getChat({ chatId })
  await customer.getChat({ accessToken: 'fra:token' }, { chatId })
  await customer.getChat({ accessToken: 'dal:token' }, { chatId })
  await accounts.accountsMe()
  expect(server.received.map(({ headers }) => headers['x-region'])).toEqual(['fra', 'fra', undefined, undefined])
})

test('what LiveChat asks for counts more than what the token names, for tokens that name the same', async () => {
  const reply = (_: Received, nth: number) => (nth === 0 ? misdirected('fra-a') : chat)
  const { agent, customer } = await liveChat(reply, { agentAuthorization: () => Promise.resolve(EUROPEAN) })
  await agent.getChat({ chatId })
  await customer.getChat({ accessToken: 'fra-a:token' }, { chatId })
  await customer.getChat({ accessToken: 'dal:token' }, { chatId })
  expect(server.received.map(({ headers }) => headers['x-region'])).toEqual(['fra', 'fra-a', 'fra-a', undefined])
})

test('the authorization of the agent is asked for before each call', async () => {
  let issued = 0
  const { agent } = await liveChat(() => chat, {
    agentAuthorization: () => Promise.resolve(`Bearer token-${++issued}`),
  })
  await agent.getChat({ chatId })
  await agent.getChat({ chatId })
  expect(server.received.map(({ headers }) => headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2'])
})

test('LiveChat is followed to another region once, not in a circle', async () => {
  const { agent } = await liveChat((_, nth) => misdirected(nth % 2 === 0 ? 'fra' : 'dal'))
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ type: 'misdirected_request', region: 'dal' })
  expect(server.received).toHaveLength(2)
})

test('the end of a version is logged once', async () => {
  const notices: string[] = []
  const { agent } = await liveChat(() => ({ ...chat, headers: { Legacy: '2027-01-31' } }), {
    onNotice: (text) => notices.push(text),
  })
  await agent.getChat({ chatId })
  await agent.getChat({ chatId })
  expect(notices).toEqual([expect.stringContaining('2027-01-31')])
})

test('a call without an answer is given up after its time, and repeated within the time of the caller', async () => {
  const { agent } = await liveChat((_, nth) => (nth === 0 ? 'silence' : chat), { timeoutMs: 500 })
  expect(await agent.getChat({ chatId })).toMatchObject({ id: chatId })
})

test('an answer that never ends is given up too', async () => {
  const dripping = http.createServer((_, answer) => {
    const timer = setInterval(() => answer.write(' '), 5)
    answer.once('close', () => clearInterval(timer))
  })
  const { agent } = await liveChat(() => chat, { timeoutMs: 100, retries: { max: 0 }, apiUrl: await listen(dripping) })
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ type: 'timeout', failure: 'try-later' })
  dripping.closeAllConnections()
  dripping.close()
})

test('no pause is made beyond the time of the caller', async () => {
  let leftMs = 10_000
  const pauses: number[] = []
  const { agent } = await liveChat(() => ({ status: 503 }), {
    deadline: () => leftMs,
    retries: { firstPauseMs: 4_000 },
    random: () => 1,
    sleep: async (ms) => {
      pauses.push(ms)
      leftMs -= ms
    },
  })
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ status: 503 })
  expect(pauses).toEqual([4_000]) // the second, of 8 000, would end after the caller is gone
  expect(server.received).toHaveLength(2)
})

test('no attempt is longer than the time of the caller', async () => {
  const { agent } = await liveChat(() => 'silence', { deadline: () => 50, retries: { max: 0 } })
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ type: 'timeout' })
})

test('an answer beyond all measure is not read to its end', async () => {
  const { agent } = await liveChat(() => ({ body: `"${'x'.repeat(11 * 1024 * 1024)}"` }))
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ failure: 'unexpected', type: 'ERR_BAD_RESPONSE' })
})

test('without time left nothing is sent', async () => {
  const { agent } = await liveChat(() => chat, { deadline: () => 0 })
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ failure: 'try-later', outcomeUnknown: false })
  expect(server.received).toHaveLength(0)
})

test('pauses double, and none is shorter than LiveChat asks for', async () => {
  const pauses: number[] = []
  const { agent } = await liveChat(
    (_, nth) => ({ status: 429, headers: nth === 2 ? { 'retry-after': '7' } : {}, body: '<html>slow down</html>' }),
    { retries: { firstPauseMs: 1000 }, random: () => 1, sleep: async (ms) => void pauses.push(ms) },
  )
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ failure: 'try-later', outcomeUnknown: false })
  expect(pauses).toEqual([1000, 2000, 7000])
})

test('Retry-After as a date counts from the date of the answer', async () => {
  const date = 'Sun, 22 Nov 2026 10:00:00 GMT'
  const headers = { date, 'retry-after': 'Sun, 22 Nov 2026 10:00:09 GMT' }
  const { agent } = await liveChat(() => ({ status: 429, headers }), { retries: { max: 0 } })
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ retryAfterMs: 9000 })
})

test('a wait that LiveChat wants longer than half a minute is left to the caller', async () => {
  const { agent } = await liveChat(() => ({ status: 429, headers: { 'retry-after': '3600' } }))
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ retryAfterMs: 3_600_000 })
  expect(server.received).toHaveLength(1)
})

test.each([
  { name: 'a success that is no JSON', reply: { body: '{"id":' } },
  { name: 'a success of another shape', reply: { body: { chat: 'PJ0MRSHTDG' } } },
  { name: 'an empty success where a value is due', reply: { body: '' } },
])('$name is asked for once more, and then unexpected', async ({ reply }) => {
  const { agent } = await liveChat(() => reply)
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ failure: 'unexpected', status: 200 })
  expect(server.received).toHaveLength(2)
})

test('a redirect is not followed', async () => {
  const { agent } = await liveChat(() => ({ status: 302, headers: { location: '/elsewhere' } }))
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({ failure: 'unexpected', status: 302 })
  expect(server.received).toHaveLength(1)
})

test('nobody listening is worth a later try, and surely nothing was done', async () => {
  const { agent } = await liveChat(() => chat)
  await server.close()
  await expect(agent.getChat({ chatId })).rejects.toMatchObject({
    failure: 'try-later',
    type: 'ECONNREFUSED',
    outcomeUnknown: false,
  })
  server = await serve(() => chat)
})

test('connections are kept over calls and clients', async () => {
  const ports = new Set<number | undefined>()
  const counting = http.createServer((incoming, answer) => {
    ports.add(incoming.socket.remotePort)
    answer.end(JSON.stringify(chat.body))
  })
  const apiUrl = await listen(counting)
  const agents = keepAliveAgents()
  for (let client = 0; client < 3; client += 1) {
    const { agent } = await liveChat(() => chat, { apiUrl, ...agents })
    await agent.getChat({ chatId })
    await server.close()
  }
  expect(ports.size).toBe(1)
  agents.httpAgent.destroy()
  counting.close()
  server = await serve(() => chat)
})

const failing: { name: string; reply: Reply }[] = [
  { name: 'a refusal', reply: { status: 422, body: { error: { type: 'validation', message: 'marked-vendor-text' } } } },
  { name: 'a refusal of an odd type', reply: { status: 422, body: { error: { type: 'marked vendor text' } } } },
  { name: 'a cut', reply: 'cut' },
  { name: 'a timeout', reply: 'silence' },
  { name: 'a gateway', reply: { status: 502, body: '<html>marked-html</html>' } },
  { name: 'a broken answer', reply: { body: '{"marked' } },
]

test.each(failing)('$name says nothing of tokens, addresses and texts', async ({ reply }) => {
  const { customer, agent, accounts } = await liveChat(() => reply, {
    timeoutMs: 100,
    unrepeatableTimeoutMs: 100,
    retries: { max: 0 },
  })
  const session = { accessToken: 'marked-customer-token' }
  const event = { type: 'message' as const, text: 'marked-text', customId: 'bp-1' }
  const identity = { customerId: CustomerId.parse('marked-customer'), cookieSecret: 'marked-cookie' }
  const calls = [
    customer.sendEvent(session, { chatId, threadId: ThreadId.parse('T1') }, event),
    customer.updateCustomer(session, { email: 'marked@acme.test' }),
    agent.getChat({ chatId }),
    accounts.customerToken(identity),
  ]
  for (const outcome of await Promise.allSettled(calls)) {
    const error: unknown = outcome.status === 'rejected' ? outcome.reason : undefined
    expect(error).toBeInstanceOf(LiveChatError)
    expect(`${String(error)} ${JSON.stringify(error)} ${inspect(error, { depth: 10 })}`).not.toMatch(/marked/i)
  }
})
