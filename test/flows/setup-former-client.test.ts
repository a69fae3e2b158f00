import { expect, test } from 'vitest'
import { useSetupSandbox } from './setup-sandbox'

const stage = useSetupSandbox()

const OTHER_CLIENT_ID = '0f0e0d0c0b0a09080706050403020100'

function makeOtherApp(): void {
  const { apps } = stage().sandbox.livechat.store
  const [app] = apps.values()
  if (!app) throw new Error('there is no app')
  apps.set(OTHER_CLIENT_ID, { ...app, clientId: OTHER_CLIENT_ID })
}

test('a chat that is open when the Client ID changes goes on, also in a process that has just begun', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot()
  await bot.register()
  const ada = bot.customer({ name: 'Ada', email: 'ada@customer.test' })
  await bot.handOver(ada)
  const [chatId = ''] = sandbox.livechat.store.chats.keys()
  const maria = sandbox.livechat.agent('maria@acme.test')
  maria.says(chatId, 'Hello Ada')
  await ada.waitToSee(({ text }) => text === 'Hello Ada')

  makeOtherApp()
  await bot.configure({ ...sandbox.configuration, clientId: OTHER_CLIENT_ID })
  maria.says(chatId, 'Still here')
  await ada.waitToSee(({ text }) => text === 'Still here')

  await sandbox.restartIntegration()
  bot.moveTo([sandbox.integration.url])
  maria.says(chatId, 'And here')
  await ada.waitToSee(({ text }) => text === 'And here')
  maria.closes(chatId)
  await ada.waitToSee(({ from, text = '' }) => from === 'bot' && text.includes('closed the conversation'))
})

test('a chat of an app that was never ours stays out', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot()
  await bot.register()
  makeOtherApp()
  await bot.configure({ ...sandbox.configuration, clientId: OTHER_CLIENT_ID })
  sandbox.livechat.wire.clear()
  sandbox.botpress.wire.clear()
  const envelope = {
    webhook_id: 'wh_1',
    secret_key: sandbox.configuration.webhookSecret,
    action: 'chat_deactivated',
    organization_id: sandbox.configuration.organizationId,
    payload: { chat_id: 'FOREIGN', thread_id: 'FOREIGN' },
    additional_data: { chat_properties: { source: { client_id: 'crm', customer_client_id: 'website' } } },
  }
  const post = () => sandbox.livechat.webhooks.post(envelope, { url: bot.webhookUrl })
  expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([200, 200, 200])
  const exchanges = [...sandbox.botpress.wire.exchanges, ...sandbox.livechat.wire.exchanges]
  const asked = exchanges.filter(({ to }) => to !== 'integration')
  expect(asked.map(({ operation }) => operation)).toEqual(['getState'])
})
