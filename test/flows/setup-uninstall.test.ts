import { expect, test } from 'vitest'
import { useSetupSandbox, WHOLE_SET } from './setup-sandbox'

const stage = useSetupSandbox()

test('what was registered goes, what others registered stays, and webhooks are not switched off', async () => {
  const { sandbox, newBot, calls } = stage()
  const [bot, neighbour] = [newBot(), newBot()]
  await bot.register()
  await neighbour.register()
  const foreign = sandbox.livechat.webhooks.registerManually({
    action: 'thread_tagged',
    url: 'http://127.0.0.1:9/crm',
    secretKey: 'crm',
  })
  await bot.unregister()
  const left = sandbox.livechat.webhooks.registrations()
  expect(left.map(({ url }) => url).filter((url) => url !== neighbour.webhookUrl)).toEqual(['http://127.0.0.1:9/crm'])
  expect(left.map(({ id }) => id)).toContain(foreign)
  expect(left).toHaveLength(WHOLE_SET + 1)
  expect(calls()).not.toContain('configuration/disable_license_webhooks')
})

test('what a save that was cut short registered goes too, and what an owner made by hand stays', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  const bot = newBot()
  await bot.register()
  const body = { id: 'err_1', code: 500, type: 'Internal', message: 'down' }
  // The mark of the save is stored; what it registered is not.
  sandbox.botpress.faults.add({ operation: 'setState', kind: 'answer', status: 500, body, after: 1, times: 2 })
  const webhookSecret = 'a-new-secret-of-which-nothing-is-stored'
  await expect(bot.configure({ ...sandbox.configuration, webhookSecret })).rejects.toThrow('Setup not saved')
  expect(webhooksOf(bot)).toHaveLength(2 * WHOLE_SET)
  const byHand = { action: 'thread_tagged', url: bot.webhookUrl, secretKey: 'by-hand' }
  const kept = sandbox.livechat.webhooks.registerManually(byHand)
  await bot.unregister()
  expect(webhooksOf(bot).map(({ id }) => id)).toEqual([kept])
})

test('without stored ids our webhooks are known by the address', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  const bot = newBot()
  await bot.register()
  sandbox.botpress.reset()
  await bot.unregister()
  expect(webhooksOf(bot)).toEqual([])
})

test('it succeeds while LiveChat is down, the log names what stays, and a later one removes it', async () => {
  const { sandbox, newBot, webhooksOf, logged } = stage()
  const bot = newBot()
  await bot.register()
  sandbox.livechat.faults.add({ operation: '*', kind: 'refuse', times: Infinity })
  await bot.unregister()
  expect(webhooksOf(bot)).toHaveLength(WHOLE_SET)
  await expect.poll(logged).toContain('could not be removed from LiveChat')
  sandbox.livechat.faults.clear()
  await bot.unregister()
  expect(webhooksOf(bot)).toEqual([])
})

test('it succeeds with a revoked token', async () => {
  const { sandbox, newBot, logged } = stage()
  const bot = newBot()
  await bot.register()
  sandbox.livechat.store.tokens.length = 0
  await bot.unregister()
  await expect.poll(logged).toContain('could not be removed from LiveChat')
})

test('it succeeds with settings that were never right', async () => {
  await stage().newBot({ agentToken: 'nonsense', clientId: '', groupId: -1 }).unregister()
})

test('installed again it is the same probe and a fresh set of webhooks', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  const bot = newBot()
  await bot.register()
  await bot.unregister()
  await bot.register()
  expect(webhooksOf(bot)).toHaveLength(WHOLE_SET)
  expect(sandbox.livechat.store.customers.size).toBe(1)
})
