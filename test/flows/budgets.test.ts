import { expect, test } from 'vitest'
import { ageHandoff } from '../../sandbox/age'
import type { Exchange } from '../../sandbox/http/wire'
import { chatOf } from '../../sandbox/sandbox'
import { envelope, eventFrom } from './deliveries'
import { createActiveHandoff, createHandoff, MARIA, OMAR } from './handoffs'
import { useFreshSandbox } from './sandboxes'
import { callsSince } from './sent'

// LiveChat bills by the request, and each call in a chain is time that a person waits.

const sandbox = useFreshSandbox({
  configuration: { handBackCommand: '/bot', giveUpAfterSeconds: 3600, askForPlace: true },
})

/** Each answer takes this long, in milliseconds: calls that were made side by side overlap, on a busy machine too. */
const ANSWER_MS = 200

type Cost = { calls: number; depth: number; operations: string[]; depthOf: (operation: string) => number }

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
  const depths = depthsOf(made)
  return {
    calls: made.length,
    depth: Math.max(0, ...depths.values()),
    operations: made.map(({ operation }) => operation),
    depthOf: (name) => Math.min(...[...depths].flatMap(([call, depth]) => (call.operation === name ? [depth] : []))),
  }
}

/** For each call the longest chain up to it, of calls of which each began after the one before had ended. */
function depthsOf(calls: Exchange[]): Map<Exchange, number> {
  const depths = new Map<Exchange, number>()
  for (const call of calls) {
    const before = calls.filter(({ endedAt = Infinity }) => endedAt <= call.startedAt)
    depths.set(call, 1 + Math.max(0, ...before.map((each) => depths.get(each) ?? 0)))
  }
  return depths
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

const A_MINUTE_MS = 60_000

/** A talk of some minutes, in a process that has just begun when `memory` is cold. */
async function inGrownTalk(memory: string) {
  const handOver = await createActiveHandoff(sandbox())
  ageHandoff(sandbox().botpress, handOver.conversationId, A_MINUTE_MS)
  if (memory === 'cold') await sandbox().integration.forget()
  else await handOver.customer.says('Still here') // Botpress hands the conversation over with it
  return handOver
}

const secondStart = ({ userId }: { userId: string }) =>
  action('startHitl', { userId, messageHistory: [], title: 'Second' })

test('createUser: one call, two when somebody or something is new', async () => {
  sandbox().botpress.settings.getOrCreateUpdates = false
  expectWithin(await costOf(() => action('createUser', PERSON)), { calls: 2 })
  await sandbox().integration.forget()
  expectWithin(await costOf(() => action('createUser', PERSON)), { calls: 1 })
  expectWithin(await costOf(() => action('createUser', { ...PERSON, name: 'Ada L.' })), { calls: 2 })
})

test('startHitl of a new customer', async () => {
  sandbox().livechat.webhooks.hold()
  const { userId } = await action('createUser', PERSON)
  const start = () => action('startHitl', { userId, messageHistory: [] })
  expectWithin(await costOf(start), { calls: 10, depth: 6 })
})

test('startHitl of a known customer, warm', async () => {
  const known = await knownUser()
  expectWithin(await costOf(() => secondStart(known)), { calls: 7, depth: 4 })
})

test('startHitl of a known customer, cold', async () => {
  const known = await knownUser()
  await sandbox().integration.forget()
  expectWithin(await costOf(() => secondStart(known)), { calls: 9, depth: 5 })
})

test('startHitl in a group by its name: one look in ten minutes, which no other call waits for', async () => {
  const known = await knownUser()
  const hitlSession = { groupName: 'Support' }
  const start = (title: string) => action('startHitl', { userId: known.userId, messageHistory: [], title, hitlSession })
  const first = await costOf(async () => action('stopHitl', { conversationId: (await start('Second')).conversationId }))
  expect(first.operations).toContain('configuration/list_groups')
  expectWithin(first, { calls: 11 })
  expect((await costOf(() => start('Third'))).operations).not.toContain('configuration/list_groups')
})

test('startHitl with media in the history: one call more a file, three at most, side by side', async () => {
  const known = await knownUser()
  const source = { type: 'user', userId: known.userId }
  const messageHistory = ['1.png', '2.png', '3.png', '4.png'].map((name) => {
    const imageUrl = sandbox().media.put({ name, contentType: 'image/png', bytes: new TextEncoder().encode(name) })
    return { source, type: 'image', payload: { imageUrl } }
  })
  const cost = await costOf(() => action('startHitl', { userId: known.userId, messageHistory, title: 'Second' }))
  expect(cost.operations.filter((each) => each === 'customer/upload_file')).toHaveLength(3)
  expectWithin(cost, { calls: 10, depth: 5 })
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
  const { customer, chatId } = await createActiveHandoff(sandbox())
  sandbox()
    .livechat.customer(sandbox().livechat.store.chats.get(chatId)?.customerId ?? '')
    .losesTokens()
  const cost = await costOf(() => customer.says('Hello'))
  expect(cost.operations.filter((each) => each === 'accounts/token')).toHaveLength(1)
  expectWithin(cost, { calls: 5 })
})

test('a waiting customer writes: one look at LiveChat and one event in a minute', async () => {
  const handOver = await sandbox().handOver({ customer: 'Ada' })
  ageHandoff(sandbox().botpress, handOver.conversationId, A_MINUTE_MS)
  const first = await costOf(() => handOver.customer.says('Hello?'))
  expectWithin(first, { calls: 5 })
  expect(first.operations[0]).toBe('customer/send_event')
  expect((await costOf(() => handOver.customer.says('Still there?'))).operations).not.toContain('agent/get_chat')
})

test('a handoff that nobody took is given up', async () => {
  const handOver = await createHandoff(sandbox(), 'Ada')
  ageHandoff(sandbox().botpress, handOver.conversationId, 60 * A_MINUTE_MS)
  const cost = await costOf(() => handOver.customer.says('Still there?'))
  expect(cost.operations).toContain('agent/deactivate_chat')
  expectWithin(cost, { calls: 14 })
})

test("a customer's answer to a choice: one more", async () => {
  const { customer, chatId } = await createActiveHandoff(sandbox())
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

test.each([
  { memory: 'warm', calls: 1 },
  { memory: 'cold', calls: 6 }, // words that another process holds back come first
])("an agent's second words, seconds after the announcement, $memory", async ({ memory, calls }) => {
  const { chatId } = await createActiveHandoff(sandbox())
  if (memory === 'cold') await sandbox().integration.forget()
  expectWithin(await costOf(() => sandbox().livechat.agent(MARIA).says(chatId, 'Hello')), { calls })
})

test("an agent's words, cold", async () => {
  const { chatId } = await inGrownTalk('cold')
  expectWithin(await costOf(() => sandbox().livechat.agent(MARIA).says(chatId, 'Hello')), { calls: 3, depth: 2 })
})

/** A handoff whose customer has written, and a webhook of LiveChat about Maria that has not come yet. */
async function beforeMaria(memory: string) {
  const other = await createHandoff(sandbox(), 'Bob') // Maria is known from an earlier chat
  sandbox().livechat.agent(MARIA).says(other.chatId, 'Hello Bob')
  await sandbox().settled()
  const handOver = await createHandoff(sandbox(), 'Ada')
  ageHandoff(sandbox().botpress, handOver.conversationId, A_MINUTE_MS)
  sandbox().livechat.webhooks.hold()
  sandbox().livechat.agent(MARIA).joins(handOver.chatId)
  if (memory === 'cold') await sandbox().integration.forget()
  const words = envelope(sandbox(), 'incoming_event', eventFrom(MARIA, handOver, { type: 'message', text: 'Hello' }))
  const [added] = sandbox().livechat.webhooks.deliveries('user_added_to_chat').slice(-1)
  if (!added) throw new Error('nobody was added')
  const { webhooks } = sandbox().livechat
  return { speaks: () => webhooks.post(words), isAdded: () => webhooks.redeliver(added) }
}

test.each([
  { memory: 'warm', calls: 10 },
  { memory: 'cold', calls: 11 },
])('the first words of an agent whom nobody announced, $memory', async ({ memory, calls }) => {
  const maria = await beforeMaria(memory)
  const cost = await costOf(maria.speaks)
  const looks = cost.operations.filter((each) => each === 'getEvent').length // again while the plugin is still at it
  expectWithin(cost, { calls: calls + looks - 1 })
})

test.each([
  { memory: 'warm', calls: 7 },
  { memory: 'cold', calls: 8 },
])('an agent is assigned, $memory: the bot is notified by the fourth call in a row', async ({ memory, calls }) => {
  const maria = await beforeMaria(memory)
  const cost = await costOf(maria.isAdded)
  expectWithin(cost, { calls, depth: 6 })
  expect(cost.depthOf('createEvent')).toBeLessThanOrEqual(4)
  expectWithin(await costOf(maria.isAdded), { calls: 1 })
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
  { memory: 'warm', calls: 8 },
  { memory: 'cold', calls: 9 },
])('a chat that is given to another agent, $memory', async ({ memory, calls }) => {
  const other = await createHandoff(sandbox(), 'Bob') // Omar is known from an earlier chat
  sandbox().livechat.agent(OMAR).says(other.chatId, 'Hello Bob')
  await sandbox().settled()
  const { chatId } = await inGrownTalk(memory)
  const cost = await costOf(() => sandbox().livechat.agent(MARIA).transfersTo(chatId, { agentId: OMAR }))
  expectWithin(cost, { calls })
  expect(cost.depthOf('createEvent')).toBeLessThanOrEqual(4)
})

test.each([
  { memory: 'warm', calls: 9 },
  { memory: 'cold', calls: 10 },
])('a chat that an agent closes, $memory', async ({ memory, calls }) => {
  const { chatId } = await inGrownTalk(memory)
  const cost = await costOf(() => sandbox().livechat.agent(MARIA).closes(chatId))
  expectWithin(cost, { calls })
  expect(cost.operations.filter((each) => each === 'createEvent')).toHaveLength(2)
  const [ended] = sandbox().livechat.webhooks.deliveries('chat_deactivated').slice(-1)
  if (!ended) throw new Error('the end was never delivered')
  await sandbox().integration.forget()
  expectWithin(await costOf(() => sandbox().livechat.webhooks.redeliver(ended)), { calls: 1 })
})

test('a customer whom an agent gives back: the costs of an end, the command, a note and the close', async () => {
  const { chatId } = await inGrownTalk('warm')
  const cost = await costOf(() => sandbox().livechat.agent(MARIA).says(chatId, '/bot refund'))
  expectWithin(cost, { calls: 13 })
})

test.each([
  { memory: 'warm', calls: 2 },
  { memory: 'cold', calls: 3 },
])('getHandoff, $memory: one request to LiveChat', async ({ memory, calls }) => {
  const { conversationId } = await inGrownTalk('warm')
  const get = () => action('getHandoff', { hitlConversationId: conversationId, withTranscript: true })
  await get()
  if (memory === 'cold') await sandbox().integration.forget()
  const cost = await costOf(get)
  expectWithin(cost, { calls, depth: 2 })
  expect(cost.operations.filter((each) => each.includes('/'))).toEqual(['agent/get_chat'])
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
  livechat.settings.webhooks.additionalData = 'everywhere'
  const wholeChat = () => {
    const { chatId } = livechat.customerArrives({ name: 'Zoe', text: 'Hi' })
    livechat.agent(MARIA).says(chatId, 'Hello Zoe')
    livechat.agent(MARIA).closes(chatId)
  }
  expect((await costOf(wholeChat)).operations).toEqual(['getState'])
  expect((await costOf(wholeChat)).operations).toEqual([])
  expect(livechat.webhooks.deliveries('incoming_event').length).toBeGreaterThan(0)
})

test('a foreign chat of which nobody says whose it is costs two calls, once', async () => {
  const { livechat } = sandbox()
  const { chatId } = livechat.customerArrives({ name: 'Zoe', text: 'Hi' })
  livechat.webhooks.hold()
  const threadId = livechat.store.chats.get(chatId)?.threads.at(-1)?.id ?? ''
  livechat.agent(MARIA).joins(chatId)
  const speak = async () => {
    const words = eventFrom(MARIA, { chatId, threadId }, { type: 'message', text: 'Hello Zoe' })
    expect((await livechat.webhooks.post(envelope(sandbox(), 'incoming_event', words))).status).toBe(200)
  }
  expectWithin(await costOf(speak), { calls: 2 })
  expect((await costOf(speak)).calls).toBe(0)
})

test('forgetting a customer costs seven calls and one for each handoff', async () => {
  const { userId } = await knownUser()
  const cost = await costOf(() => action('forgetInBotpress', { userId }))
  expectWithin(cost, { calls: 9 })
  expect(cost.operations).toContain('deleteConversation')
})

test('an empty profile costs no request', async () => {
  sandbox().livechat.webhooks.hold()
  const { userId } = await action('createUser', PERSON)
  const hitlSession = { sendName: false, sendEmail: false, sendPicture: false }
  const cost = await costOf(() => action('startHitl', { userId, messageHistory: [], hitlSession }))
  expect(cost.operations).not.toContain('customer/update_customer')
})

test('a deleted message: found, told and marked', async () => {
  const talk = await inGrownTalk('warm')
  const { eventId } = sandbox().livechat.agent(MARIA).says(talk.chatId, 'Forget this')
  await sandbox().settled()
  expectWithin(await costOf(() => sandbox().livechat.agent(MARIA).deletes(eventId)), { calls: 4 })
})

/** The settings of this file with others added; the costs of the save itself are not counted. */
const alsoWith = (settings: object) =>
  sandbox().installation.configure({ ...sandbox().configuration, handBackCommand: '/bot', ...settings })

/** LiveChat sends words again for which there is no conversation yet: the bot may be about to join. */
const REPETITIONS = 3

test('an agent writes to a customer who is with the bot: a note, and one event; further words cost two looks', async () => {
  sandbox().livechat.settings.webhooks.timeScale = 0.05
  await alsoWith({ agentMayOpen: true })
  try {
    const { chatId } = await inGrownTalk('warm')
    const maria = sandbox().livechat.agent(MARIA)
    maria.closes(chatId)
    await sandbox().settled()
    maria.reopens(chatId)
    await sandbox().settled()
    const first = await costOf(() => maria.says(chatId, 'One thing I forgot'))
    expect(first.operations.filter((each) => each === 'createEvent')).toHaveLength(1)
    expectWithin(first, { calls: 15 + 2 * REPETITIONS })
    const second = await costOf(() => maria.says(chatId, 'Are you there?'))
    expectWithin(second, { calls: 2 + 2 * REPETITIONS })
  } finally {
    await alsoWith({ agentMayOpen: false })
  }
})

test('a summary by LiveChat: one request after the end, and seven calls for one event', async () => {
  await alsoWith({ summarize: 'ask' })
  try {
    const { chatId } = await inGrownTalk('warm')
    const cost = await costOf(() => sandbox().livechat.agent(MARIA).closes(chatId))
    expect(cost.operations.filter((each) => each === 'agent/request_thread_summary')).toHaveLength(1)
    expectWithin(cost, { calls: 17 })
  } finally {
    await alsoWith({ summarize: 'off' })
  }
})

test('checkAvailability: two requests side by side, and one more in ten minutes when nobody is there', async () => {
  expectWithin(await costOf(() => action('checkAvailability', {})), { calls: 2, depth: 1 })
  for (const login of [MARIA, OMAR]) sandbox().livechat.agent(login).goesOffline()
  expectWithin(await costOf(() => action('checkAvailability', {})), { calls: 3, depth: 2 })
  expectWithin(await costOf(() => action('checkAvailability', {})), { calls: 2, depth: 1 })
})
