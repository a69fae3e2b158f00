import { describe, expect, test } from 'vitest'
import type { Installation } from '../../sandbox/botpress'
import { useSetupSandbox, WHOLE_SET } from './setup-sandbox'

// Two processes that share no memory serve one installation, and each saves.
const stage = useSetupSandbox({ processes: 2 })

const OLD = 'the-first-secret-0123456789'
const NEW = 'another-secret-9876543210'

/** Registrations take a while, so that the saves meet. */
function slowly(): void {
  const slow = { kind: 'slow' as const, delayMs: 150, times: Infinity }
  stage().sandbox.livechat.faults.add({ operation: 'configuration/register_webhook', ...slow })
}

const save = (bot: Installation, webhookSecret: string) =>
  bot.configure({ ...stage().sandbox.configuration, webhookSecret })

/** Lets a save go on until it has made this call, and begins the other one then. */
async function overlap(call: string, saves: [() => Promise<void>, () => Promise<void>]): Promise<void> {
  const { livechat, botpress } = stage().sandbox
  for (const { wire } of [livechat, botpress]) wire.clear()
  const [to, operation] = call.split(' ')
  const first = saves[0]()
  await (to === 'botpress' ? botpress : livechat).wire.waitFor((exchange) => exchange.operation === operation)
  await Promise.all([first, saves[1]()])
}

async function expectOneSet(bot: Installation): Promise<void> {
  const actions = stage()
    .webhooksOf(bot)
    .map(({ action }) => action)
  expect(actions).toHaveLength(WHOLE_SET)
  expect(new Set(actions).size).toBe(WHOLE_SET)
}

/** Whatever secret LiveChat's webhooks have now, the integration accepts it. */
async function expectHeard(bot: Installation): Promise<void> {
  const { sandbox } = stage()
  sandbox.livechat.faults.clear()
  const ada = bot.customer({ name: 'Ada', email: 'ada@customer.test' })
  await bot.handOver(ada)
  const [chatId = ''] = sandbox.livechat.store.chats.keys()
  sandbox.livechat.agent('maria@acme.test').says(chatId, 'Hello Ada')
  await ada.waitToSee(({ text }) => text === 'Hello Ada')
}

describe.each([
  'botpress getState',
  'livechat accounts/token',
  'livechat configuration/list_webhooks',
  'botpress setState',
  'livechat configuration/register_webhook',
])('a second save begins when the first has made the call "%s"', (call) => {
  test('both save the same: one set of webhooks is left', async () => {
    const bot = stage().newBot()
    slowly()
    await overlap(call, [() => bot.register(), () => bot.register()])
    await expectOneSet(bot)
    await expectHeard(bot)
  })

  test('they save another secret each: one set is left, and its secret is accepted', async () => {
    const bot = stage().newBot({ webhookSecret: 'the-secret-before-all-others' })
    await bot.register()
    slowly()
    await overlap(call, [() => save(bot, OLD), () => save(bot, NEW)])
    await expectOneSet(bot)
    await expectHeard(bot)
  })
})

test('a list that lags behind registers nothing twice', async () => {
  const bot = stage().newBot()
  stage().sandbox.livechat.faults.add({
    operation: 'configuration/list_webhooks',
    kind: 'answer',
    status: 200,
    body: [],
    times: Infinity,
  })
  await bot.register()
  await expectOneSet(bot)
})

test('a list that cannot be read again does not fail the save', async () => {
  const { sandbox, newBot, setupOf } = stage()
  const bot = newBot()
  const down = { operation: 'configuration/list_webhooks', kind: 'answer' as const, status: 400, times: Infinity }
  sandbox.livechat.faults.add({ ...down, after: 1, body: { error: { type: 'validation', message: 'no' } } })
  await bot.register()
  await expectOneSet(bot)
  expect(setupOf(bot)).toMatchObject({ version: expect.stringMatching(/./) as string })
})
