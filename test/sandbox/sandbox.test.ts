import { afterEach, expect, test } from 'vitest'
import { sampled } from '../sample'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox'

const started: Sandbox[] = []
afterEach(() => Promise.all(started.splice(0).map((sandbox) => sandbox.close())))

async function start(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options)
  started.push(sandbox)
  return sandbox
}

const WAYS: { name: string; options: SandboxOptions }[] = [
  { name: 'a full token', options: { token: 'full' } },
  { name: 'a minimal token', options: { token: 'minimal' } },
  { name: 'two processes', options: { processes: 2 } },
  { name: 'a pool of frozen processes', options: { processes: 'pool' } },
  { name: 'the older plugin', options: { botpress: { plugin: { version: '1.3.0' } } } },
]

test.each(sampled(WAYS, 1))('a customer is handed over with $name', async ({ options }) => {
  const sandbox = await start(options)
  const { chatId, customer } = await sandbox.handOver({ customer: 'Ada' })
  sandbox.livechat.agent('maria@acme.test').says(chatId, 'Hello Ada')
  await customer.waitToSee(({ text }) => text === 'Hello Ada')
  await sandbox.settled()
  expect(customer.sees().filter(({ from }) => from === 'agent')).toHaveLength(1)
})

/** What serves the integration, by the number of processes that take calls. */
const HOSTS: { host: string; processes: SandboxOptions['processes'] }[] = [
  { host: 'one process', processes: 1 },
  { host: 'a pool', processes: 'pool' },
]

test.each(sampled(HOSTS, 1))(
  'a reset forgets everything said and a new handoff works at once with $host',
  async ({ processes }) => {
    const sandbox = await start({ processes })
    await sandbox.handOver({ customer: 'Ada' })
    await sandbox.reset()
    expect(sandbox.livechat.store.chats.size).toBe(0)
    const { chatId } = await sandbox.handOver({ customer: 'Grace' })
    expect([...sandbox.livechat.store.chats.keys()]).toEqual([chatId])
  },
)

const pids = ({ integrations, pool }: Sandbox) => [...integrations, ...(pool?.processes ?? [])].map(({ pid }) => pid)

test.each(sampled(HOSTS, 1))('$host, restarted, goes on with a handoff that is under way', async ({ processes }) => {
  const sandbox = await start({ processes })
  const { chatId, customer } = await sandbox.handOver({ customer: 'Ada' })
  const before = pids(sandbox)
  await sandbox.restartIntegration()
  expect(pids(sandbox)).toHaveLength(before.length)
  expect(pids(sandbox).filter((pid) => before.includes(pid))).toEqual([])
  await customer.says('Still me')
  await sandbox.settled()
  expect(sandbox.livechat.store.eventsIn(chatId).map(({ text }) => text)).toContain('Still me')
})

const allExchanges = ({ livechat, botpress }: Sandbox) => [...livechat.wire.exchanges, ...botpress.wire.exchanges]

test.each(sampled(HOSTS, 1))(
  'every exchange says which process of $host called or was called',
  async ({ processes }) => {
    const sandbox = await start({ processes })
    await sandbox.handOver({ customer: 'Ada' })
    await sandbox.settled()
    const exchanges = allExchanges(sandbox)
    expect(exchanges.filter(({ process }) => process === undefined)).toEqual([])
    expect(exchanges.flatMap(({ requestHeaders }) => Object.keys(requestHeaders))).not.toContain('x-sandbox-process')
    const starting = exchanges.find(({ operation }) => operation === 'action/startHitl')
    expect(exchanges.find(({ operation }) => operation === 'customer/start_chat')?.process).toBe(starting?.process)
  },
)

test('the process that makes the nth call from now is killed, and the call is carried out', async () => {
  const sandbox = await start({ processes: 'pool', bot: null })
  const customer = sandbox.installation.customer({ name: 'Ada' })
  await customer.says('I need a human')
  sandbox.botpress.wire.clear()
  sandbox.pool?.killAtCall(1)
  await expect(sandbox.installation.handOver(customer)).rejects.toThrow('could not be reached')
  await sandbox.settled()
  const [call, ...further] = sandbox.botpress.wire.exchanges.filter(({ to }) => to === 'botpress')
  expect(further).toEqual([])
  expect(call?.status).toBeLessThan(300)
  expect(sandbox.pool?.log.events.filter(({ kind }) => kind === 'killed')).toMatchObject([{ process: call?.process }])
})

test('each call takes the time that was asked for, also after a reset', async () => {
  const sandbox = await start({ latency: { minMs: 30, maxMs: 40 } })
  await sandbox.reset()
  await sandbox.handOver({ customer: 'Ada' })
  await sandbox.settled()
  const calls = allExchanges(sandbox).filter(({ to }) => to !== 'integration')
  expect(calls.filter(({ startedAt, endedAt = NaN }) => !(endedAt - startedAt > 25))).toEqual([])
})

test('a missing bundle is reported with what to do about it', async () => {
  await expect(startSandbox({ bundle: 'nowhere/index.cjs' })).rejects.toThrow(/nowhere.*npm run build/)
})
