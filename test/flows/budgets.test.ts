import { expect, test } from 'vitest'
import type { Exchange } from '../../sandbox/http/wire'
import { chatOf } from '../../sandbox/sandbox'
import { envelope, eventBy } from './deliveries'
import { inTalk, inTouch, MARIA, OMAR } from './people'
import { freshStage } from './stage'
import { callsSince } from './told'

// LiveChat bills by the request, and each call in a chain is time that a person waits.

const sandbox = freshStage()

/** Each answer takes this long, in milliseconds: calls that were made side by side overlap for certain. */
const ANSWER_MS = 80

type Cost = { calls: number; depth: number; operations: string[] }

/** Calls that the integration makes of something until all is quiet, and how many of them had to follow one another. */
async function costOf(act: () => unknown): Promise<Cost> {
  const { livechat, botpress } = sandbox()
  await sandbox().settled()
  for (const { faults } of [livechat, botpress]) {
    faults.add({ operation: '*', kind: 'slow', delayMs: ANSWER_MS, times: Infinity })
  }
  const before = performance.now()
  await act()
  await sandbox().settled()
  const made = callsSince(sandbox(), before)
  return { calls: made.length, depth: depthOf(made), operations: made.map(({ operation }) => operation) }
}

/** The longest chain of calls of which each began after the one before had ended. */
function depthOf(calls: Exchange[]): number {
  const depths = new Map<Exchange, number>()
  for (const call of calls) {
    const before = calls.filter(({ endedAt = Infinity }) => endedAt <= call.startedAt)
    depths.set(call, 1 + Math.max(0, ...before.map((each) => depths.get(each) ?? 0)))
  }
  return Math.max(0, ...depths.values())
}

/** Fails with the calls that were made. */
function expectWithin({ calls, depth, operations }: Cost, limit: { calls: number; depth?: number }): void {
  expect(calls, operations.join(', ')).toBeLessThanOrEqual(limit.calls)
  expect(calls, 'nothing was done at all').toBeGreaterThan(0)
  expect(depth, operations.join(', ')).toBeLessThanOrEqual(limit.depth ?? limit.calls)
}

const PERSON = { name: 'Ada', email: 'ada@customer.test' }
const action = (type: string, input: object) => sandbox().botpress.callAction(type, { ...input })

/**
 * A user whose first handoff has begun. Webhooks of what the actions do are counted by themselves, with each of these
 * actions alone nobody would listen to them.
 */
async function handedOver() {
  sandbox().livechat.webhooks.hold()
  const { userId } = await action('createUser', PERSON)
  const { conversationId } = await action('startHitl', { userId, messageHistory: [], title: 'First' })
  return { userId: String(userId), conversationId: String(conversationId) }
}

/** The same after that handoff. */
async function knownUser() {
  const known = await handedOver()
  await action('stopHitl', { conversationId: known.conversationId })
  return known
}

/** Beyond the seconds after its start, in which each delivery is held until it is sure that the bot listens. */
function grown({ conversationId }: { conversationId: string }): void {
  const row = sandbox().botpress.store.conversations.get(conversationId)
  if (!row) throw new Error('no such conversation')
  row.object = { ...row.object, createdAt: new Date(Date.parse(row.object.createdAt) - 60_000).toISOString() }
}

/** A talk of some minutes, in a process that has just begun when `memory` is cold. */
async function inGrownTalk(memory: string) {
  const handOver = await inTalk(sandbox())
  grown(handOver)
  if (memory === 'cold') await sandbox().integration.forget()
  return handOver
}

const secondStart = ({ userId }: { userId: string }) =>
  action('startHitl', { userId, messageHistory: [], title: 'Second' })

test('createUser: one call, two when something has changed', async () => {
  sandbox().botpress.settings.getOrCreateUpdates = false
  expectWithin(await costOf(() => action('createUser', PERSON)), { calls: 1 })
  expectWithin(await costOf(() => action('createUser', PERSON)), { calls: 1 })
  expectWithin(await costOf(() => action('createUser', { ...PERSON, name: 'Ada L.' })), { calls: 2 })
})

test('startHitl of a new customer', async () => {
  sandbox().livechat.webhooks.hold()
  const { userId } = await action('createUser', PERSON)
  const start = () => action('startHitl', { userId, messageHistory: [] })
  expectWithin(await costOf(start), { calls: 8, depth: 5 })
})

test('startHitl of a known customer, warm', async () => {
  const known = await knownUser()
  expectWithin(await costOf(() => secondStart(known)), { calls: 5, depth: 3 })
})

test('startHitl of a known customer, cold', async () => {
  const known = await knownUser()
  await sandbox().integration.forget()
  expectWithin(await costOf(() => secondStart(known)), { calls: 7, depth: 4 })
})

test("a customer's words, warm: with the agent after the first call", async () => {
  const { customer } = await inGrownTalk('warm')
  const cost = await costOf(() => customer.says('Hello'))
  expectWithin(cost, { calls: 2 })
  expect(cost.operations[0]).toBe('customer/send_event')
})

test("a customer's words, cold", async () => {
  const { customer } = await inGrownTalk('cold')
  expectWithin(await costOf(() => customer.says('Hello')), { calls: 3 })
})

test("a customer's words with a token that is refused: the refused call, and two for a new token", async () => {
  const { customer, chatId } = await inTalk(sandbox())
  sandbox()
    .livechat.customer(sandbox().livechat.store.chats.get(chatId)?.customerId ?? '')
    .losesTokens()
  const cost = await costOf(() => customer.says('Hello'))
  expect(cost.operations.filter((each) => each === 'accounts/token')).toHaveLength(1)
  expectWithin(cost, { calls: 5 })
})

test("a customer's answer to a choice: one more", async () => {
  const { customer, chatId } = await inTalk(sandbox())
  const buttons = [{ type: 'message', text: 'Yes', value: 'yes', postback_id: 'yes' }]
  sandbox()
    .livechat.agent(MARIA)
    .sendsRichMessage(chatId, { elements: [{ title: 'More?', buttons }] })
  await sandbox().settled()
  expectWithin(await costOf(() => customer.says('1')), { calls: 3 })
})

test("an agent's words, warm", async () => {
  const { chatId } = await inGrownTalk('warm')
  expectWithin(await costOf(() => sandbox().livechat.agent(MARIA).says(chatId, 'Hello')), { calls: 1, depth: 1 })
})

test("an agent's words, cold", async () => {
  const { chatId } = await inGrownTalk('cold')
  expectWithin(await costOf(() => sandbox().livechat.agent(MARIA).says(chatId, 'Hello')), { calls: 3, depth: 2 })
})

test.each([
  { memory: 'warm', calls: 4 },
  { memory: 'cold', calls: 5 },
])('the first words of an agent whom nobody announced, $memory', async ({ memory, calls }) => {
  const handOver = await inTouch(sandbox(), 'Ada')
  grown(handOver)
  const { livechat } = sandbox()
  livechat.webhooks.hold()
  livechat.agent(MARIA).joins(handOver.chatId)
  if (memory === 'cold') await sandbox().integration.forget()
  const words = eventBy(MARIA, handOver, { type: 'message', text: 'Hello' })
  expectWithin(await costOf(() => livechat.webhooks.post(envelope(sandbox(), 'incoming_event', words))), { calls })
})

test.each([
  { memory: 'warm', calls: 1 },
  { memory: 'cold', calls: 3 },
])('the same webhook again, $memory', async ({ memory, calls }) => {
  await inGrownTalk(memory)
  const delivery = sandbox().livechat.webhooks.deliveries('incoming_event').at(-1)
  if (!delivery) throw new Error('the words of the agent were never delivered')
  expectWithin(await costOf(() => sandbox().livechat.webhooks.redeliver(delivery)), { calls })
})

test.each([
  { memory: 'warm', calls: 3 },
  { memory: 'cold', calls: 4 },
])('a chat assigned to another agent, $memory', async ({ memory, calls }) => {
  // Omar is known from an earlier chat.
  const other = await inTouch(sandbox(), 'Bob')
  sandbox().livechat.agent(OMAR).says(other.chatId, 'Hello Bob')
  await sandbox().settled()
  const { chatId, threadId } = await inGrownTalk(memory)
  const payload = { chat_id: chatId, thread_id: threadId, reason: 'manual', transferred_to: { agent_ids: [OMAR] } }
  const transferred = envelope(sandbox(), 'chat_transferred', payload)
  expectWithin(await costOf(() => sandbox().livechat.webhooks.post(transferred)), { calls })
})

test.each([
  { memory: 'warm', calls: 4 },
  { memory: 'cold', calls: 5 },
])('a chat that an agent closes, $memory', async ({ memory, calls }) => {
  const { chatId } = await inGrownTalk(memory)
  const cost = await costOf(() => sandbox().livechat.agent(MARIA).closes(chatId))
  expectWithin(cost, { calls })
  expect(cost.operations).toContain('createEvent')
})

test.each([{ memory: 'warm' }, { memory: 'cold' }])('stopHitl, $memory', async ({ memory }) => {
  const { conversationId } = await handedOver()
  if (memory === 'cold') await sandbox().integration.forget()
  expectWithin(await costOf(() => action('stopHitl', { conversationId })), { calls: 3 })
  expect(
    sandbox().livechat.store.chats.get(chatOf(sandbox().botpress, conversationId).chatId)?.threads.at(-1),
  ).toMatchObject({ active: false })
})

test('webhooks of chats of other apps cost one look for former Client IDs a minute', async () => {
  const { livechat } = sandbox()
  const wholeChat = () => {
    const { chatId } = livechat.customerArrives({ name: 'Zoe', text: 'Hi' })
    livechat.agent(MARIA).says(chatId, 'Hello Zoe')
    livechat.agent(MARIA).closes(chatId)
  }
  expect((await costOf(wholeChat)).operations).toEqual(['getState'])
  expect((await costOf(wholeChat)).operations).toEqual([])
  expect(livechat.webhooks.deliveries('incoming_event').length).toBeGreaterThan(0)
})
