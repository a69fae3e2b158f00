import { expect, test } from 'vitest'
import { ALL_ACTIONS, europeanToken, GUIDE_SCOPES, useSetupSandbox, tokenWith, WHOLE_SET } from './setup-sandbox'

const stage = useSetupSandbox()

const writes = (calls: string[]) => calls.filter((name) => /register_webhook|enable_license|unregister/.test(name))

test('five settings are enough: the webhooks register themselves and an answer reaches the customer', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  const bot = newBot({ agentToken: tokenWith(stage(), GUIDE_SCOPES) })
  await bot.register()
  expect(
    webhooksOf(bot)
      .map(({ action }) => action)
      .sort(),
  ).toEqual(ALL_ACTIONS)
  const ada = bot.customer({ name: 'Ada', email: 'ada@customer.test' })
  await bot.handOver(ada)
  const [chatId = ''] = sandbox.livechat.store.chats.keys()
  sandbox.livechat.agent('maria@acme.test').says(chatId, 'Hello Ada')
  expect(await ada.waitToSee(({ from }) => from === 'agent')).toMatchObject({ text: 'Hello Ada' })
})

test('an Organization ID in capitals is the same organization, for its webhooks too', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot({ organizationId: sandbox.configuration.organizationId.toUpperCase() })
  await bot.register()
  const ada = bot.customer({ name: 'Ada', email: 'ada@customer.test' })
  await bot.handOver(ada)
  const [chatId = ''] = sandbox.livechat.store.chats.keys()
  sandbox.livechat.agent('maria@acme.test').says(chatId, 'Hello Ada')
  expect(await ada.waitToSee(({ from }) => from === 'agent')).toMatchObject({ text: 'Hello Ada' })
})

test('each webhook carries the address, the secret, a mark and the data that identify our chats', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot()
  await bot.register()
  for (const webhook of sandbox.livechat.webhooks.registrations()) {
    const isOfWords = ['incoming_event', 'event_updated'].includes(webhook.action)
    expect(webhook).toMatchObject({
      url: bot.webhookUrl,
      secret_key: sandbox.configuration.webhookSecret,
      type: 'license',
      description: 'livechat-hitl',
      additional_data: ['chat_properties', 'chat_presence_user_ids'],
    })
    expect(webhook.filters).toEqual(isOfWords ? { author_type: 'agent' } : undefined)
  }
})

test('saving twice changes nothing and leaves no second customer behind', async () => {
  const { sandbox, newBot, webhooksOf, calls, setupOf } = stage()
  const bot = newBot()
  await bot.register()
  const [webhooks, state, since] = [webhooksOf(bot), setupOf(bot), calls().length]
  await bot.register()
  expect(webhooksOf(bot)).toEqual(webhooks)
  expect(setupOf(bot)).toEqual(state)
  expect(writes(calls(since))).toEqual([])
  expect(sandbox.livechat.store.customers.size).toBe(1)
})

test('saves at the same moment register each webhook once', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  const bot = newBot()
  await Promise.all([bot.register(), bot.register(), bot.register(), bot.register()])
  expect(webhooksOf(bot)).toHaveLength(WHOLE_SET)
  expect(sandbox.livechat.store.customers.size).toBe(1)
})

test.each([
  { name: 'whose answer is lost', fault: { kind: 'reset-after' } },
  { name: 'that LiveChat failed at', fault: { kind: 'answer', status: 500, body: { error: { type: 'internal' } } } },
] as const)('a registration $name neither fails the save nor is made twice', async ({ fault }) => {
  const { sandbox, newBot, webhooksOf, setupOf } = stage()
  const bot = newBot()
  sandbox.livechat.faults.add({ operation: 'configuration/register_webhook', ...fault, times: 2 })
  await bot.register()
  const ids = webhooksOf(bot).map(({ id }) => id)
  expect(ids).toHaveLength(WHOLE_SET)
  const { registrations } = setupOf(bot) as { registrations: { id: string }[] }
  expect(registrations.map(({ id }) => id).sort()).toEqual(ids.sort())
})

test('the probe is the same customer after a restart, and after LiveChat has renewed its cookie', async () => {
  const { sandbox, newBot } = stage()
  sandbox.livechat.settings.accounts.rotateCookieSecret = true
  sandbox.livechat.settings.accounts.oldSecretsDie = true
  const bot = newBot()
  await bot.register()
  await sandbox.restartIntegration()
  bot.moveTo([sandbox.integration.url])
  await bot.register()
  await bot.register()
  expect(sandbox.livechat.store.customers.size).toBe(1)
})

test('a probe that LiveChat no longer knows is replaced', async () => {
  const { sandbox, newBot, setupOf } = stage()
  const bot = newBot()
  await bot.register()
  const [customerId = ''] = sandbox.livechat.store.customers.keys()
  sandbox.livechat.customer(customerId).losesCookies()
  await bot.register()
  expect(setupOf(bot)).toMatchObject({ probe: { customerId: expect.not.stringContaining(customerId) } })
})

test('another Client ID: the webhooks of the app before are removed', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  const bot = newBot()
  await bot.register()
  const [app] = sandbox.livechat.store.apps.values()
  const clientId = '0f0e0d0c0b0a09080706050403020100'
  if (app) sandbox.livechat.store.apps.set(clientId, { ...app, clientId })
  const before = webhooksOf(bot).map(({ id }) => id)
  await bot.configure({ ...sandbox.configuration, clientId })
  const after = webhooksOf(bot).map(({ id }) => id)
  expect(after).toHaveLength(WHOLE_SET)
  expect(after.filter((id) => before.includes(id))).toEqual([])
  await bot.unregister()
  expect(webhooksOf(bot)).toEqual([])
})

test('a webhook that somebody removed comes back alone', async () => {
  const { sandbox, newBot, webhooksOf, calls } = stage()
  const bot = newBot()
  await bot.register()
  const kept = webhooksOf(bot).filter(({ action }) => action !== 'chat_transferred')
  sandbox.livechat.webhooks.unregister(webhooksOf(bot).find(({ action }) => action === 'chat_transferred')?.id ?? '')
  const since = calls().length
  await bot.register()
  expect(writes(calls(since))).toEqual(['configuration/register_webhook'])
  expect(webhooksOf(bot)).toHaveLength(WHOLE_SET)
  expect(webhooksOf(bot)).toEqual(expect.arrayContaining(kept))
})

test('webhooks made by hand for our address are replaced when the token may manage them', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  const bot = newBot()
  const secretKey = sandbox.configuration.webhookSecret
  const byHand = ['incoming_event', 'chat_deactivated', 'chat_transferred'].map((action) =>
    sandbox.livechat.webhooks.registerManually({ action, url: bot.webhookUrl, secretKey }),
  )
  await bot.register()
  const ids = webhooksOf(bot).map(({ id }) => id)
  expect(ids).toHaveLength(WHOLE_SET)
  expect(ids.filter((id) => byHand.includes(id))).toEqual([])
})

test('the minimal token installs, and the log names the address for manual webhooks once', async () => {
  const { sandbox, newBot, webhooksOf, logged } = stage()
  const bot = newBot({ agentToken: sandbox.livechat.credentials.minimalToken })
  await bot.register()
  await bot.register()
  expect(webhooksOf(bot)).toEqual([])
  await expect.poll(logged).toContain(`by hand`)
  expect(logged().split(bot.webhookUrl)).toHaveLength(2)
})

test('a token that may see webhooks and not make them leaves them to the owner', async () => {
  const { sandbox, newBot, webhooksOf, logged } = stage()
  const body = { error: { type: 'authorization', message: 'not allowed' } }
  sandbox.livechat.faults.add({
    operation: 'configuration/register_webhook',
    kind: 'answer',
    status: 403,
    body,
    times: Infinity,
  })
  const bot = newBot()
  await bot.register()
  await bot.register()
  expect(webhooksOf(bot)).toEqual([])
  await expect.poll(logged).toContain('by hand')
  expect(logged().split(`${bot.webhookUrl}`)).toHaveLength(2)
})

test('webhooks that were switched off are switched on', async () => {
  const { sandbox, newBot, logged } = stage()
  const app = [...sandbox.livechat.store.apps.values()][0]
  if (app) app.webhooksEnabled = false
  await newBot().register()
  expect(app?.webhooksEnabled).toBe(true)
  expect(logged()).not.toContain('Private installation')
})

test('an app that is not installed is reported, since LiveChat would deliver nothing', async () => {
  const { sandbox, newBot, logged } = stage()
  const app = [...sandbox.livechat.store.apps.values()][0]
  if (app) app.installed = false
  await newBot().register()
  await expect.poll(logged).toContain('Private installation')
})

const inEurope = () => {
  stage().sandbox.livechat.settings.region.name = 'fra'
  stage().sandbox.livechat.settings.region.strict = true
}

const chatCalls = (since = 0) =>
  stage()
    .sandbox.livechat.wire.exchanges.slice(since)
    .filter(({ operation }) => /^(agent|customer|configuration)\//.test(operation))

test('a European organization is asked in its own region from the first call on, in every process', async () => {
  inEurope()
  const { sandbox, newBot } = stage()
  const bot = newBot({ agentToken: europeanToken(stage()) })
  await bot.register()
  await sandbox.restartIntegration()
  bot.moveTo([sandbox.integration.url])
  const ada = bot.customer({ name: 'Ada', email: 'ada@customer.test' })
  await bot.handOver(ada)
  await ada.says('Hello')
  await sandbox.settled()
  const regions = chatCalls().map(({ requestHeaders }) => requestHeaders['x-region'])
  expect(regions.length).toBeGreaterThan(10)
  expect(new Set(regions)).toEqual(new Set(['fra']))
})

test('a region that the token does not name is learned from one refusal, and remembered over a restart', async () => {
  inEurope()
  const { sandbox, newBot, setupOf } = stage()
  const bot = newBot()
  await bot.register()
  expect(setupOf(bot)).toMatchObject({ regions: { dal: 'fra' } })
  await sandbox.restartIntegration()
  bot.moveTo([sandbox.integration.url])
  const since = sandbox.livechat.wire.exchanges.length
  await bot.register()
  expect(chatCalls(since).filter(({ status }) => status === 421)).toEqual([])
})

test("the end of LiveChat's API version is logged once, with its date", async () => {
  const { sandbox, newBot, logged } = stage()
  const bot = newBot()
  const body = { chats_summary: [], found_chats: 0 }
  const headers = { Deprecation: '2027-06-01' }
  sandbox.livechat.faults.add({ operation: 'agent/list_chats', kind: 'answer', status: 200, headers, body, times: 2 })
  await bot.register()
  await bot.register()
  await expect.poll(logged).toContain('2027-06-01')
  expect(logged().split('2027-06-01')).toHaveLength(2)
})

test('the webhook of tags is there for as long as a tag gives customers back', async () => {
  const { sandbox, newBot, webhooksOf, calls } = stage()
  const bot = newBot({ handBackTag: 'refund' })
  await bot.register()
  expect(webhooksOf(bot).map(({ action }) => action)).toContain('thread_tagged')
  const [since, before] = [calls().length, webhooksOf(bot)]
  await bot.configure({ ...sandbox.configuration, handBackTag: '' })
  expect(writes(calls(since))).toEqual(['configuration/unregister_webhook'])
  expect(webhooksOf(bot)).toEqual(before.filter(({ action }) => action !== 'thread_tagged'))
  await bot.configure({ ...sandbox.configuration, handBackTag: 'refund, order' })
  expect(webhooksOf(bot)).toHaveLength(WHOLE_SET + 1)
})
