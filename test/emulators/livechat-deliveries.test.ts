import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { startedChat } from './livechat-client'
import { useLiveChat, useReceiver } from './use-livechat'

const MARIA = 'maria@acme.test'
const BOTH_DATA = ['chat_properties', 'chat_presence_user_ids'] as const

const { livechat, calls } = await useLiveChat()
const receiver = await useReceiver()

function listen(action: string, additionalData: readonly (typeof BOTH_DATA)[number][] = []): void {
  const registration = { action, url: receiver.url, secretKey: 's', additionalData: [...additionalData] }
  livechat.webhooks.registerManually(registration)
}
const numbers = () =>
  receiver.received.map(({ envelope }) => Number((envelope.payload as { event: { text: string } }).event.text))

describe('webhooks of one moment', () => {
  test('a pick-up sends user_added_to_chat and chat_transferred together: each comes while the other is unanswered', async () => {
    const waiting: (() => void)[] = []
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        waiting.push(() => response.writeHead(200).end('{}'))
        if (waiting.length === 2) for (const answer of waiting) answer()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    for (const action of ['user_added_to_chat', 'chat_transferred'])
      livechat.webhooks.registerManually({ action, url, secretKey: 's' })
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    await livechat.deliveriesSettled()
    const outcomes = livechat.webhooks.deliveries().map(({ outcome, attempts }) => [outcome, attempts.length])
    expect(outcomes).toEqual([
      ['delivered', 1],
      ['delivered', 1],
    ])
    server.close()
  })

  test.each([
    { leave: 'after-answer' as const, before: false },
    { leave: 'at-once' as const, before: true },
  ])('leave $leave', async ({ leave, before }) => {
    livechat.settings.webhooks.leave = leave
    listen('incoming_chat')
    await startedChat(calls)
    await livechat.deliveriesSettled()
    const call = livechat.wire.exchanges.find(({ operation }) => operation === 'customer/start_chat')
    const webhook = livechat.wire.exchanges.find(({ operation }) => operation === 'webhook/incoming_chat')
    expect((webhook?.startedAt ?? Infinity) < (call?.endedAt ?? 0)).toBe(before)
  })
})

describe('chance, by the seed', () => {
  /** Says ten numbers and answers them in the order in which they came. */
  async function countToTen(webhooks: Partial<typeof livechat.settings.webhooks>): Promise<number[]> {
    livechat.reset()
    receiver.received.length = 0
    Object.assign(livechat.settings.webhooks, webhooks)
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    listen('incoming_event')
    for (let number = 0; number < 10; number += 1) livechat.agent(MARIA).says(chatId, String(number))
    await livechat.deliveriesSettled()
    return numbers()
  }

  test('no delivery is repeated or late as long as nothing is set', async () => {
    expect((await countToTen({})).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('deliveries overtake, in an order of the seed', async () => {
    const delayMs = { min: 0, max: 600 }
    const first = await countToTen({ delayMs, seed: 7 })
    expect(first).not.toEqual([...first].sort())
    const waits = livechat.webhooks.deliveries().map(({ attempts }) => attempts[0]?.startedAt ?? 0)
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(200)
    const other = await countToTen({ delayMs, seed: 8 })
    expect(other).not.toEqual(first)
  })

  test('every delivery comes once, twice or three times, and the same ones for the same seed', async () => {
    const countsOf = (heard: number[]) =>
      Array.from({ length: 10 }, (_, n) => heard.filter((each) => each === n).length)
    const counts = countsOf(await countToTen({ duplicateRate: 0.5, seed: 3 }))
    expect(counts.every((count) => count >= 1 && count <= 3)).toBe(true)
    expect(new Set(counts).size).toBeGreaterThan(1)
    expect(countsOf(await countToTen({ duplicateRate: 0.5, seed: 3 }))).toEqual(counts)
    expect(countsOf(await countToTen({ duplicateRate: 1 }))).toEqual(counts.map(() => 3))
  })
})

describe('additional data', () => {
  async function dataOf(action: string): Promise<unknown> {
    listen(action, BOTH_DATA)
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    await livechat.deliveriesSettled()
    return receiver.received.at(-1)?.envelope.additional_data
  }
  const data = { chat_properties: expect.any(Object), chat_presence_user_ids: expect.any(Array) }

  test.each([
    { rule: 'documented' as const, action: 'chat_transferred', expected: undefined },
    { rule: 'documented' as const, action: 'user_added_to_chat', expected: data },
    { rule: 'everywhere' as const, action: 'chat_transferred', expected: data },
    { rule: 'never' as const, action: 'user_added_to_chat', expected: undefined },
    { rule: 'never' as const, action: 'chat_transferred', expected: undefined },
  ])('$rule: $action', async ({ rule, action, expected }) => {
    livechat.settings.webhooks.additionalData = rule
    expect(await dataOf(action)).toEqual(expected)
  })

  test('is an empty object where nothing was asked for', async () => {
    listen('incoming_chat')
    await startedChat(calls)
    await livechat.deliveriesSettled()
    expect(receiver.received[0]?.envelope.additional_data).toEqual({})
  })
})

describe('what webhooks may lack', () => {
  test.each([
    { inside: true, also: false },
    { inside: false, also: true },
    { inside: true, also: true },
  ])('words sent with a reopening: inside incoming_chat $inside, as incoming_event $also', async ({ inside, also }) => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).closes(chatId)
    livechat.settings.webhooks.initialEventsInIncomingChat = inside
    livechat.settings.webhooks.initialEventsAlsoIncoming = also
    for (const action of ['incoming_chat', 'incoming_event']) listen(action)
    livechat.agent(MARIA).reopens(chatId, 'One more thing')
    await livechat.deliveriesSettled()
    const payload = (action: string) => livechat.webhooks.deliveries(action)[0]?.envelope.payload
    const words = expect.objectContaining({ text: 'One more thing', author_id: MARIA })
    expect(payload('incoming_chat')).toMatchObject({ chat: { thread: { events: inside ? [words] : [] } } })
    if (also) expect(payload('incoming_event')).toMatchObject({ event: words })
    else expect(payload('incoming_event')).toBeUndefined()
  })

  test.each([
    { without: [], fields: ['chat_id', 'thread_id', 'user_id'] },
    { without: ['user_id'] as const, fields: ['chat_id', 'thread_id'] },
    { without: ['thread_id'] as const, fields: ['chat_id', 'user_id'] },
    { without: ['thread_id', 'user_id'] as const, fields: ['chat_id'] },
  ])('chat_deactivated without $without', async ({ without, fields }) => {
    livechat.settings.webhooks.deactivatedWithout = without
    listen('chat_deactivated')
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).closes(chatId)
    await livechat.deliveriesSettled()
    expect(Object.keys(receiver.received[0]?.envelope.payload as object).sort()).toEqual(fields)
  })
})
