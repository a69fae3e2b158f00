import { describe, expect, test } from 'vitest'
import { startFake } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()

test('each call carries the bot, the installation and the configuration in its headers', async () => {
  await both.installation.register()
  const [call] = both.fake.calls
  const headers = call?.headers ?? {}
  const { botId, botUserId, integrationId, alias, webhookId, webhookUrl } = both.installation
  expect(headers).toMatchObject({
    'x-bot-id': botId,
    'x-bot-user-id': botUserId,
    'x-integration-id': integrationId,
    'x-integration-alias': alias,
    'x-webhook-id': webhookId,
    'x-bp-operation': 'register',
  })
  expect(headers).not.toHaveProperty('x-bp-configuration-type')
  const configuration = Buffer.from(String(headers['x-bp-configuration']), 'base64').toString('utf8')
  expect(JSON.parse(configuration)).toEqual({ key: 'ä' })
  expect(call?.body).toEqual({ webhookUrl })
  expect(webhookUrl).toBe(`${both.botpress.url}/${webhookId}`)
})

test('a new configuration is registered, and a refusal holds the sentence of the integration', async () => {
  both.fake.on('register', ({ headers }) => {
    const configuration = Buffer.from(String(headers['x-bp-configuration']), 'base64').toString('utf8')
    const refused = { id: 'err_1', code: 400, type: 'Runtime', message: 'The token is wrong' }
    return configuration.includes('bad') ? { status: 400, body: refused } : undefined
  })
  await both.botpress.configure({ token: 'good' })
  await expect(both.botpress.configure({ token: 'bad' })).rejects.toMatchObject({
    type: 'Runtime',
    message: 'The token is wrong',
  })
  await both.botpress.unregister()
  await both.installation.ping()
  expect(both.fake.calls.map(({ operation }) => operation)).toEqual(['register', 'register', 'unregister', 'ping'])
})

describe('webhooks', () => {
  test.each([
    { name: 'the bare address', path: '', seen: { path: '', query: '' } },
    { name: 'a path and a query', path: '/sub?a=1', seen: { path: '/sub', query: 'a=1' } },
  ])('$name reaches the integration, and its answer the caller', async ({ path, seen }) => {
    both.fake.on('webhook_received', () => ({ status: 503, body: 'later' }))
    const body = JSON.stringify({ action: 'incoming_event', text: 'ä😁' })
    const response = await fetch(both.installation.webhookUrl + path, {
      method: 'POST',
      body,
      headers: { 'X-Own': '1' },
    })
    expect([response.status, await response.text()]).toEqual([503, 'later'])
    const { req } = both.fake.calls[0]?.body as { req: { headers: Record<string, string> } }
    expect(req).toMatchObject({ ...seen, method: 'POST', body })
    expect(req.headers['x-own']).toBe('1')
    expect(both.botpress.wire.exchanges.map(({ operation }) => operation)).toEqual(['webhook/incoming_event'])
  })

  test('the bare address may be "/"', async () => {
    both.botpress.settings.bareWebhookPath = '/'
    await fetch(both.installation.webhookUrl, { method: 'POST', body: '{}' })
    expect(both.fake.calls[0]?.body).toMatchObject({ req: { path: '/' } })
  })

  test('an unknown webhook is not found', async () => {
    expect((await fetch(`${both.botpress.url}/nobody`, { method: 'POST' })).status).toBe(404)
  })

  test('an integration that does not answer in time is a 504, one that cannot be reached a 500', async () => {
    both.botpress.settings.integrationTimeoutMs = 20
    both.fake.on('webhook_received', () => new Promise(() => undefined))
    expect((await fetch(both.installation.webhookUrl, { method: 'POST' })).status).toBe(504)
    both.botpress.settings.integrationTimeoutMs = 20_000 // a refusal takes its time too on a busy machine
    const gone = both.botpress.install({ integrationUrl: 'http://127.0.0.1:1', configuration: {} })
    expect((await fetch(gone.webhookUrl, { method: 'POST' })).status).toBe(500)
  })
})

describe('actions', () => {
  const input = { name: 'Ada', email: 'a@b.c' }

  test.each([
    { name: 'a lost answer', fault: { kind: 'reset-after' }, calls: 2 },
    { name: 'a lost request', fault: { kind: 'refuse' }, calls: 1 },
    { name: '502', fault: { kind: 'answer', status: 502 }, calls: 1 },
  ] as const)('are repeated by the client of the bot after $name', async ({ fault, calls }) => {
    both.botpress.faults.add({ operation: 'action/createUser', ...fault })
    await both.botpress.callAction('createUser', input)
    expect(both.fake.calls).toHaveLength(calls)
  })

  test.each([{ status: 400 }, { status: 500 }])('are not repeated after $status', async ({ status }) => {
    both.fake.on('createUser', () => ({ status, body: 'broken' }))
    await expect(both.botpress.callAction('createUser', input)).rejects.toMatchObject({ type: 'Runtime' })
    expect(both.fake.calls).toHaveLength(1)
  })

  test('that are not declared do not exist', async () => {
    await expect(both.botpress.callAction('sing', {})).rejects.toMatchObject({ type: 'ResourceNotFound' })
  })
})

test('several processes of one installation take turns, or are chosen', async () => {
  const second = await startFake(() => both.botpress.url)
  const integrationUrls = [both.fake.url, second.url]
  const turns = both.botpress.install({ integrationUrls, configuration: {} })
  await turns.ping()
  await turns.ping()
  expect([both.fake.calls.length, second.calls.length]).toEqual([1, 1])
  const chosen = both.botpress.install({ integrationUrls, configuration: {}, chooseUrl: ([, other = '']) => other })
  await chosen.ping()
  chosen.moveTo([second.url, both.fake.url])
  await chosen.ping()
  expect([both.fake.calls.length, second.calls.length]).toEqual([2, 2])
  await second.close()
})

test('bodies are ASCII', async () => {
  let raw = ''
  const { createServer } = await import('node:http')
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (raw += chunk.toString('latin1')))
    request.on('end', () => response.end('{}'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const bot = both.botpress.install({ integrationUrl: `http://127.0.0.1:${port}`, configuration: {} })
  await fetch(bot.webhookUrl, { method: 'POST', body: 'ä😁' })
  expect(raw).toContain('\\u00e4\\ud83d\\ude01')
  server.closeAllConnections()
  server.close()
})
