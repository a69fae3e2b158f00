import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox/sandbox'
import { sized } from '../sample'
import { Play } from '../faults/play'

const BURST = sized(60, 200)
const SLOW_MS = 3_000

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ bot: null })
}, 30_000)
afterAll(() => sandbox.close())

const numbered = Array.from({ length: BURST }, (_, index) => `line ${String(index).padStart(3, '0')}`)
const isLine = (text: string | undefined): text is string => text !== undefined && text.startsWith('line ')

async function inTalk(): Promise<Play> {
  const play = new Play(sandbox)
  await play.handOver()
  await play.customer.says('Hello')
  await play.settled()
  play.agent.says(play.ids.chatId, 'Good morning')
  await play.settled()
  return play
}

const shownTo = ({ customer }: Play) =>
  customer
    .sees()
    .filter(({ from }) => from === 'agent')
    .map(({ text }) => text)
    .filter(isLine)
const readBy = ({ events }: Play) => events.map(({ text }) => text).filter(isLine)

test(`${BURST} messages of a customer, delivered in order, reach the agent in order`, async () => {
  const play = await inTalk()
  await Promise.all(numbered.map((text) => play.customer.says(text)))
  await play.settled()
  expect(readBy(play)).toEqual(numbered)
}, 60_000)

test(`${BURST} messages of a customer, delivered all at once, reach the agent once each`, async () => {
  const play = await inTalk()
  sandbox.botpress.settings.messageOrder = 'at-once'
  await Promise.all(numbered.map((text) => play.customer.says(text)))
  await play.settled()
  sandbox.botpress.settings.messageOrder = 'in-order'
  expect(readBy(play).sort()).toEqual(numbered)
}, 60_000)

test(`${BURST} messages of an agent, delivered in order, are shown in order`, async () => {
  const play = await inTalk()
  const { webhooks } = sandbox.livechat
  webhooks.hold('incoming_event')
  const before = webhooks.deliveries('incoming_event').length
  for (const text of numbered) play.agent.says(play.ids.chatId, text)
  // Each one leaves when the one before was answered, as from a single sender.
  for (const delivery of webhooks.deliveries('incoming_event').slice(before, before + BURST)) {
    await webhooks.redeliver(delivery)
  }
  await play.settled()
  expect(shownTo(play)).toEqual(numbered)
  webhooks.release() // the held ones are repetitions now
  await play.settled()
  expect(shownTo(play)).toEqual(numbered)
}, 60_000)

test(`${BURST} messages of an agent, delivered all at once, are shown once each`, async () => {
  const play = await inTalk()
  for (const text of numbered) play.agent.says(play.ids.chatId, text)
  await play.settled()
  expect(shownTo(play).sort()).toEqual(numbered)
}, 60_000)

function isUnderWay(operation: string): boolean {
  const exchanges = [...sandbox.livechat.wire.exchanges, ...sandbox.botpress.wire.exchanges]
  return exchanges.some((exchange) => exchange.operation === operation && exchange.endedAt === undefined)
}

test('a chat whose message takes long holds up nobody else', async () => {
  const [slow, quick] = [await inTalk(), await inTalk()]
  sandbox.botpress.faults.add({ operation: 'getOrCreateMessage', kind: 'slow', delayMs: SLOW_MS })
  sandbox.livechat.faults.add({ operation: 'customer/send_event', kind: 'slow', delayMs: SLOW_MS })
  slow.agent.says(slow.ids.chatId, 'line of the slow chat')
  const slowly = slow.customer.says('line of the slow customer')
  await expect.poll(() => isUnderWay('getOrCreateMessage') && isUnderWay('customer/send_event')).toBe(true)
  quick.agent.says(quick.ids.chatId, 'line of the quick chat')
  await quick.customer.waitToSee(({ text }) => text === 'line of the quick chat')
  await quick.customer.says('line of the quick customer')
  await expect.poll(() => quick.timesInLiveChat('line of the quick customer')).toBe(1)
  expect([slow.timesVisible('line of the slow chat'), slow.timesInLiveChat('line of the slow customer')]).toEqual([
    0, 0,
  ])
  await slowly
  await slow.settled()
  expect([slow.timesVisible('line of the slow chat'), slow.timesInLiveChat('line of the slow customer')]).toEqual([
    1, 1,
  ])
}, 30_000)
