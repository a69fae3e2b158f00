import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox/sandbox'
import { Play } from '../faults/play'

/**
 * More live tokens of one client and customer than this, and LiveChat revokes the oldest [livechat.md: Customer token].
 */
const MAX_LIVE_TOKENS = 25
const MESSAGES = Array.from({ length: 20 }, (_, index) => `message ${String(index).padStart(2, '0')}`)

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({
    bot: null,
    processes: 2,
    botpress: { messageOrder: 'at-once' },
    livechat: { webhooks: { queueInIncomingChat: false } },
  })
}, 30_000)
beforeEach(() => {
  sandbox.installation.moveTo(sandbox.integrations.map(({ url }) => url))
})
afterAll(() => sandbox.close())

const customerOf = ({ ids: { chatId } }: Play) => sandbox.livechat.store.chats.get(chatId)?.customerId ?? ''
const tokensOf = (play: Play) => {
  const customerId = customerOf(play)
  return sandbox.livechat.store.customerTokens.filter((token) => token.customerId === customerId)
}
const tokenCalls = () =>
  sandbox.livechat.wire.exchanges.filter(({ operation }) => operation === 'accounts/token').length

async function talking(): Promise<Play> {
  const play = new Play(sandbox)
  await play.handOver()
  await play.customer.says('Hello')
  await play.settled()
  return play
}

/** Says everything at the same moment, with a token that LiveChat has just revoked. */
async function sayAllAtOnce(play: Play, texts: string[]): Promise<void> {
  sandbox.livechat.customer(customerOf(play)).losesTokens()
  await Promise.all(texts.map((text) => play.customer.says(text)))
  await play.settled()
}

const arrivals = (play: Play, texts: string[]) => texts.map((text) => play.timesInLiveChat(text))
const once = (texts: string[]) => texts.map(() => 1)

test('twenty messages that meet a revoked token renew it once', async () => {
  const play = await talking()
  sandbox.installation.moveTo([sandbox.integration.url])
  const before = tokenCalls()
  await sayAllAtOnce(play, MESSAGES)
  expect(tokenCalls() - before).toBe(1)
  expect(arrivals(play, MESSAGES)).toEqual(once(MESSAGES))
})

test('two processes that renew at once lose nothing', async () => {
  const play = await talking()
  const before = tokenCalls()
  await sayAllAtOnce(play, MESSAGES)
  expect(tokenCalls() - before).toBeLessThanOrEqual(2)
  expect(arrivals(play, MESSAGES)).toEqual(once(MESSAGES))
  expect(sandbox.installation.failures).toEqual([])
})

test('two processes that renew at once lose nothing where each renewal ends the cookie before', async () => {
  const { accounts } = sandbox.livechat.settings
  Object.assign(accounts, { rotateCookieSecret: true, oldSecretsDie: true })
  const play = await talking()
  await sayAllAtOnce(play, MESSAGES)
  Object.assign(accounts, { rotateCookieSecret: false, oldSecretsDie: false })
  expect(arrivals(play, MESSAGES)).toEqual(once(MESSAGES))
  expect(sandbox.installation.failures).toEqual([])
})

test('a LiveChat that refuses each new token too is asked for one, not for one a message', async () => {
  const play = await talking()
  sandbox.installation.moveTo([sandbox.integration.url])
  const before = tokenCalls()
  const refusal = { status: 401, body: { error: { type: 'authentication', message: 'no' } } }
  sandbox.livechat.faults.add({ operation: 'customer/send_event', kind: 'answer', times: Infinity, ...refusal })
  await Promise.all(MESSAGES.map((text) => play.customer.says(text)))
  await play.settled()
  sandbox.livechat.faults.clear()
  expect(tokenCalls() - before).toBe(1)
  await play.customer.says('Is anybody there?')
  await play.settled()
  expect(play.timesInLiveChat('Is anybody there?')).toBe(1)
}, 60_000)

test(`over forty renewals never more than ${MAX_LIVE_TOKENS} tokens of a customer are alive`, async () => {
  const play = await talking()
  sandbox.livechat.settings.accounts.maxLiveTokens = Infinity // so that the integration's own measure shows
  const alive: number[] = []
  for (let round = 0; round < 40; round += 1) {
    const [text = ''] = [`round ${round}.`]
    await sayAllAtOnce(play, [text, `again ${round}.`])
    expect(play.timesInLiveChat(text)).toBe(1)
    alive.push(tokensOf(play).length)
  }
  sandbox.livechat.settings.accounts.maxLiveTokens = MAX_LIVE_TOKENS
  expect(Math.max(...alive)).toBeLessThanOrEqual(MAX_LIVE_TOKENS)
}, 60_000)

test('a customer who comes back ten times still uses the first token', async () => {
  sandbox.installation.moveTo([sandbox.integration.url])
  const play = await talking()
  const before = tokenCalls()
  for (let visit = 0; visit < 10; visit += 1) {
    play.agent.closes(play.ids.chatId)
    await play.settled()
    await play.handOver()
    await play.settled()
  }
  expect(tokenCalls() - before).toBe(0)
  expect(tokensOf(play)).toHaveLength(1)
}, 60_000)
