import { afterEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox'

const started: Sandbox[] = []
afterEach(() => Promise.all(started.splice(0).map((sandbox) => sandbox.close())))

async function start(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options)
  started.push(sandbox)
  return sandbox
}

test.each<{ name: string; options: SandboxOptions }>([
  { name: 'a full token', options: { token: 'full' } },
  { name: 'a minimal token', options: { token: 'minimal' } },
  { name: 'two processes', options: { processes: 2 } },
  { name: 'the older plugin', options: { botpress: { plugin: { version: '1.3.0' } } } },
])('a customer is handed over with $name', async ({ options }) => {
  const sandbox = await start(options)
  const { chatId, customer } = await sandbox.handOver({ customer: 'Ada' })
  sandbox.livechat.agent('maria@acme.test').says(chatId, 'Hello Ada')
  await customer.waitToSee(({ text }) => text === 'Hello Ada')
  await sandbox.settled()
  expect(customer.sees().filter(({ from }) => from === 'agent')).toHaveLength(1)
})

test('a reset forgets everything said and a new handoff works at once', async () => {
  const sandbox = await start()
  await sandbox.handOver({ customer: 'Ada' })
  await sandbox.reset()
  expect(sandbox.livechat.store.chats.size).toBe(0)
  const { chatId } = await sandbox.handOver({ customer: 'Grace' })
  expect([...sandbox.livechat.store.chats.keys()]).toEqual([chatId])
})

test('restarted processes go on with a handoff that is under way', async () => {
  const sandbox = await start()
  const { chatId, customer } = await sandbox.handOver({ customer: 'Ada' })
  const before = sandbox.integration.pid
  await sandbox.restartIntegration()
  expect(sandbox.integration.pid).not.toBe(before)
  await customer.says('Still me')
  await sandbox.settled()
  expect(sandbox.livechat.store.eventsIn(chatId).map(({ text }) => text)).toContain('Still me')
})

test('a missing bundle is told with what to do about it', async () => {
  await expect(startSandbox({ bundle: 'nowhere/index.cjs' })).rejects.toThrow(/nowhere.*npm run build/)
})
