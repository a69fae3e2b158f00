import { expect, test } from 'vitest'
import { sentenceOf } from '../../src/problems'
import { useSetupSandbox, WHOLE_SET } from './setup-sandbox'

const stage = useSetupSandbox()

test('two bots with one Client ID each hear their own chats', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  // The second bot cannot know that the chat is not its own, and asks LiveChat to send again.
  sandbox.livechat.settings.webhooks.retryDelaysMs = []
  const [first, second] = [newBot(), newBot({ webhookSecret: 'the-secret-of-the-second-bot' })]
  await Promise.all([first.register(), second.register()])
  expect([webhooksOf(first).length, webhooksOf(second).length]).toEqual([WHOLE_SET, WHOLE_SET])
  const [ada, bo] = [first.customer({ name: 'Ada' }), second.customer({ name: 'Bo' })]
  await first.handOver(ada)
  const [chatId = ''] = sandbox.livechat.store.chats.keys()
  await second.handOver(bo)
  sandbox.livechat.agent('maria@acme.test').says(chatId, 'For Ada only')
  await ada.waitToSee(({ text }) => text === 'For Ada only')
  await sandbox.settled()
  expect(bo.sees().map(({ text }) => text)).not.toContain('For Ada only')
})

test('a fourth bot with the Client ID gets the limit as an error, and the other three keep their webhooks', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  const bots = [newBot(), newBot(), newBot()]
  for (const bot of bots) await bot.register()
  const before = sandbox.livechat.webhooks.registrations()
  const fourth = newBot()
  await expect(fourth.register()).rejects.toThrow(sentenceOf('webhookLimit'))
  expect(webhooksOf(fourth)).toEqual([])
  expect(sandbox.livechat.webhooks.registrations()).toEqual(before)
})

test('a set that cannot be whole is not begun: what was registered for it goes again', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  for (const path of ['a', 'b', 'c']) {
    const url = `http://127.0.0.1:9/${path}`
    sandbox.livechat.webhooks.registerManually({ action: 'incoming_event', url, secretKey: 'other' })
  }
  const bot = newBot()
  await expect(bot.register()).rejects.toThrow(sentenceOf('webhookLimit'))
  expect(webhooksOf(bot)).toEqual([])
})

test('the limit is known by its words where LiveChat calls it a validation', async () => {
  const body = { error: { type: 'validation', message: 'Maximum number of webhooks for this action' } }
  stage().sandbox.livechat.faults.add({
    operation: 'configuration/register_webhook',
    kind: 'answer',
    status: 422,
    body,
    times: Infinity,
  })
  await expect(stage().newBot().register()).rejects.toThrow(sentenceOf('webhookLimit'))
})

test('a full action that is only useful does not stop the installation', async () => {
  const { sandbox, newBot, webhooksOf, logged } = stage()
  for (const path of ['a', 'b', 'c']) {
    const url = `http://127.0.0.1:9/${path}`
    sandbox.livechat.webhooks.registerManually({ action: 'event_deleted', url, secretKey: 'other' })
  }
  const bot = newBot()
  await bot.register()
  expect(webhooksOf(bot)).toHaveLength(WHOLE_SET - 1)
  await expect.poll(logged).toContain('useful but not needed could not be registered: event_deleted')
})
