import { expect, test } from 'vitest'
import type { Installation } from '../../sandbox/botpress'
import { useSetupSandbox, WHOLE_SET } from './setup-sandbox'

const stage = useSetupSandbox()

const OLD = 'the-first-secret-0123456789'
const NEW = 'another-secret-9876543210'

/** Saving in Studio: the new configuration comes with every call at once, `register` runs after that. */
const save = (bot: Installation, webhookSecret: string) =>
  bot.configure({ ...stage().sandbox.configuration, webhookSecret })

async function talkWith(bot: Installation) {
  const { sandbox } = stage()
  const ada = bot.customer({ name: 'Ada', email: 'ada@customer.test' })
  await bot.handOver(ada)
  const [chatId = ''] = sandbox.livechat.store.chats.keys()
  const maria = sandbox.livechat.agent('maria@acme.test')
  maria.says(chatId, 'Welcome')
  await ada.waitToSee(({ text }) => text === 'Welcome')
  const heard = () => ada.sees().flatMap(({ from, text }) => (from === 'agent' ? [text] : []))
  return { ada, heard, says: (text: string) => maria.says(chatId, text) }
}

/** What the integration would answer LiveChat for a delivery that carries `secret`. */
async function statusFor(bot: Installation, secret: string): Promise<number> {
  const { livechat } = stage().sandbox
  const envelope = {
    webhook_id: 'wh_1',
    secret_key: secret,
    action: 'chat_deactivated',
    organization_id: livechat.credentials.organizationId,
    payload: { chat_id: 'nobody', thread_id: 'nothing' },
    additional_data: { chat_properties: { source: { client_id: 'b', customer_client_id: 'b' } } },
  }
  return (await livechat.webhooks.post(envelope, { url: bot.webhookUrl })).status
}

test('a secret is changed in the middle of a talk and no word is lost or doubled', async () => {
  const { sandbox, newBot, webhooksOf } = stage()
  const bot = newBot({ webhookSecret: OLD })
  await bot.register()
  const old = webhooksOf(bot).map(({ id }) => id)
  const { ada, heard, says } = await talkWith(bot)
  // Each registration takes a while: words are said before, between and after.
  sandbox.livechat.faults.add({
    operation: 'configuration/register_webhook',
    kind: 'slow',
    delayMs: 300,
    times: Infinity,
  })
  const saved = save(bot, NEW)
  const spoken = ['one', 'two', 'three', 'four', 'five']
  for (const word of spoken) {
    says(word)
    await ada.waitToSee(({ text }) => text === word)
  }
  await saved
  says('after')
  await ada.waitToSee(({ text }) => text === 'after')
  await sandbox.settled()
  expect(heard()).toEqual(['Welcome', ...spoken, 'after'])
  expect(webhooksOf(bot)).toHaveLength(WHOLE_SET)
  expect(webhooksOf(bot).filter(({ id }) => old.includes(id))).toEqual([])
  const refused = sandbox.livechat.webhooks
    .deliveries()
    .filter(({ attempts }) => attempts.some((a) => a.status === 401))
  expect(refused).toEqual([])
})

test('the old secret is still accepted after the new one is registered, and one that was never registered is not', async () => {
  const bot = stage().newBot({ webhookSecret: OLD })
  await bot.register()
  await save(bot, NEW)
  expect(await statusFor(bot, NEW)).toBe(200)
  expect(await statusFor(bot, OLD)).toBe(200)
  expect(await statusFor(bot, 'a-guess-that-is-long-enough')).toBe(401)
  expect(await statusFor(bot, '')).toBe(401)
})

test('a refused save keeps the secret that LiveChat has', async () => {
  const { newBot, sandbox } = stage()
  const bot = newBot({ webhookSecret: OLD })
  await bot.register()
  await expect(bot.configure({ ...sandbox.configuration, webhookSecret: NEW, groupId: 99 })).rejects.toThrow(/Group/)
  expect(await statusFor(bot, OLD)).toBe(200)
})

test('guessed secrets cause one call to Botpress', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot({ webhookSecret: OLD })
  await bot.register()
  const before = sandbox.botpress.wire.exchanges.length
  const guesses = Array.from({ length: 12 }, (_, i) => statusFor(bot, `guess-number-${i}-of-many`))
  expect(new Set(await Promise.all(guesses))).toEqual(new Set([401]))
  const reads = sandbox.botpress.wire.exchanges.slice(before).filter(({ operation }) => operation === 'getState')
  expect(reads).toHaveLength(1)
})

test('neither secret stands in the state', async () => {
  const { newBot, setupOf } = stage()
  const bot = newBot({ webhookSecret: OLD })
  await bot.register()
  await save(bot, NEW)
  const state = JSON.stringify(setupOf(bot))
  expect(state).toContain('previousSecretHash')
  expect(state).not.toContain(OLD)
  expect(state).not.toContain(NEW)
})

test('with all three places taken an old webhook is removed, and the log names the possible cost', async () => {
  const { sandbox, newBot, webhooksOf, logged } = stage()
  const bots = [newBot({ webhookSecret: OLD }), newBot(), newBot()]
  for (const bot of bots) await bot.register()
  const [bot] = bots
  if (!bot) throw new Error('no bot')
  await save(bot, NEW)
  expect(webhooksOf(bot)).toHaveLength(WHOLE_SET)
  expect(sandbox.livechat.webhooks.registrations()).toHaveLength(3 * WHOLE_SET)
  const secrets = sandbox.livechat.webhooks.registrations().filter(({ url }) => url === bot.webhookUrl)
  expect(new Set(secrets.map(({ secret_key }) => secret_key))).toEqual(new Set([NEW]))
  await expect.poll(logged).toContain('up to 2 minutes may be lost')
})
