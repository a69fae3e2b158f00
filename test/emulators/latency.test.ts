import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, expect, test } from 'vitest'
import type { Exchange, Wire } from '../../sandbox/http/wire'
import { startLiveChat } from '../../sandbox/livechat'
import { startBoth } from './botpress-fake'
import { callsTo } from './livechat-client'

const [minMs, maxMs] = [20, 120]

const both = await startBoth()
const livechat = await startLiveChat()
afterEach(() => {
  both.fake.reset()
  both.botpress.reset()
  livechat.reset()
})
afterAll(() => Promise.all([both.close(), livechat.close()]))

type Platform = {
  name: string
  wire: Wire
  latency: () => (typeof livechat)['settings']['latency']
  call(): Promise<unknown>
}

const PLATFORMS: Platform[] = [
  {
    name: 'LiveChat',
    wire: livechat.wire,
    latency: () => livechat.settings.latency,
    call: () => callsTo(livechat).token(),
  },
  {
    name: 'Botpress',
    wire: both.botpress.wire,
    latency: () => both.botpress.settings.latency,
    call: () => both.client().createConversation({ channel: 'hitl', tags: {} }),
  },
]

const duration = ({ startedAt, endedAt = NaN }: Exchange) => endedAt - startedAt
const durations = ({ exchanges }: Wire) => exchanges.map(duration)

/** A timer of Node may come a millisecond early, and a call has two. */
const EARLY_MS = 2

test.each(PLATFORMS)('each call of $name takes a time of its own, drawn for it', async ({ wire, latency, call }) => {
  const drawn = [0.1, 1, 0.5]
  const left = [...drawn]
  Object.assign(latency(), { minMs, maxMs, random: () => left.shift() ?? NaN })
  for (let made = 0; made < drawn.length; made += 1) await call()
  expect(left).toEqual([])
  const enough = durations(wire).map((ms, at) => ms >= minMs + (drawn[at] ?? NaN) * (maxMs - minMs) - EARLY_MS)
  expect(enough).toEqual([true, true, true])
})

test.each(PLATFORMS)('after a reset $name answers at once again', async ({ wire, latency, call }) => {
  Object.assign(latency(), { minMs: 60_000, maxMs: 60_000 })
  both.botpress.reset()
  livechat.reset()
  await call()
  expect(durations(wire)).toHaveLength(1)
})

test.each(PLATFORMS)('the times of $name are the same again after a reset', ({ latency }) => {
  const draw = () => Array.from({ length: 5 }, () => latency().random())
  both.botpress.reset()
  livechat.reset()
  const first = draw()
  both.botpress.reset()
  livechat.reset()
  expect(draw()).toEqual(first)
  expect(new Set(first).size).toBe(5)
})

test('the work is done in the middle: others see it before the caller has its answer', async () => {
  const { botpress } = both
  const client = both.client()
  Object.assign(botpress.settings.latency, { minMs: 300, maxMs: 300 })
  const done = new Promise<number>((resolve) => {
    const stop = botpress.onChange(() => {
      stop()
      resolve(performance.now())
    })
  })
  await client.createConversation({ channel: 'hitl', tags: {} })
  const [exchange] = botpress.wire.exchanges
  const [startedAt, doneAt, endedAt] = [exchange?.startedAt ?? NaN, await done, exchange?.endedAt ?? NaN]
  expect(doneAt - startedAt).toBeGreaterThanOrEqual(150 - EARLY_MS)
  expect(endedAt - doneAt).toBeGreaterThanOrEqual(150 - EARLY_MS)
})

test('webhooks and calls of the integration do not wait', async () => {
  const slow = { minMs: 60_000, maxMs: 60_000 }
  Object.assign(livechat.settings.latency, slow)
  Object.assign(both.botpress.settings.latency, slow)
  const receiver = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  livechat.webhooks.registerManually({ action: 'incoming_chat', url, secretKey: 'secret' })
  livechat.customerArrives({ text: 'Hello' })
  await livechat.deliveriesSettled()
  await both.installation.ping()
  receiver.close()
  expect(livechat.webhooks.deliveries().map(({ outcome }) => outcome)).toEqual(['delivered'])
})
