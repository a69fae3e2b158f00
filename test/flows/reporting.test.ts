import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox/sandbox'

let sentry: Server
let sandbox: Sandbox
const envelopes: string[] = []

beforeAll(async () => {
  sentry = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      envelopes.push(`${request.url}\n${body}`)
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => sentry.listen(0, '127.0.0.1', resolve))
  const { port } = sentry.address() as AddressInfo
  const env = {
    SECRET_SENTRY_DSN: `http://key@127.0.0.1:${port}/42`,
    SECRET_SENTRY_ENVIRONMENT: 'test',
    SECRET_SENTRY_RELEASE: '1.0.0',
  }
  sandbox = await startSandbox({ bot: null, env })
})
beforeEach(() => {
  sandbox.livechat.faults.clear()
  envelopes.length = 0
})
afterAll(async () => {
  await sandbox.close()
  await new Promise((resolve) => sentry.close(resolve))
})

const SECRET_WORDS = 'my card number is 4111'

async function failedHandoff(body: unknown): Promise<void> {
  sandbox.livechat.faults.add({ operation: 'customer/start_chat', kind: 'answer', status: 200, body, times: Infinity })
  const customer = { name: 'Ada Lovelace', email: 'ada@customer.test' }
  const input = { title: SECRET_WORDS, description: SECRET_WORDS }
  await expect(sandbox.handOver({ customer, input })).rejects.toThrow()
}

test('an answer that nobody foresaw is reported, with its place and without a word of anybody', async () => {
  await failedHandoff({ surprise: SECRET_WORDS })
  expect(envelopes).toHaveLength(1)
  const [address, , , event = '{}'] = (envelopes[0] ?? '').split('\n')
  expect(address).toContain('/api/42/envelope/')
  expect(JSON.parse(event)).toMatchObject({
    level: 'error',
    environment: 'test',
    release: '1.0.0',
    exception: { values: [{ type: 'LiveChatError', value: expect.stringContaining('start_chat') }] },
    tags: { where: 'action_triggered', api: 'customer', action: 'start_chat', vendor_type: 'unfitting_answer' },
  })
  expect(event).toContain('app:///index.cjs')
  const { agentToken, webhookSecret } = sandbox.configuration
  for (const word of [SECRET_WORDS, 'Lovelace', 'customer.test', agentToken, webhookSecret, process.cwd()]) {
    expect(envelopes[0]).not.toContain(word)
  }
})

test('a fault that the vendor or the owner has to fix is not reported', async () => {
  await failedHandoff({ error: { type: 'groups_offline', message: 'Groups offline' } })
  const configuration = { ...sandbox.configuration, groupId: 99 }
  await expect(sandbox.installation.configure(configuration)).rejects.toThrow('Group not found')
  await sandbox.settled()
  expect(envelopes).toEqual([])
})
