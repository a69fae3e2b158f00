import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox/sandbox'
import { Play } from '../faults/play'

let sandbox: Sandbox
let play: Play
beforeAll(async () => {
  sandbox = await startSandbox({ bot: null, livechat: { webhooks: { queueInIncomingChat: false } } })
  play = new Play(sandbox)
  await play.handOver()
  await play.customer.says('Hello')
  play.agent.says(play.ids.chatId, 'Good morning')
  await play.settled()
}, 30_000)
afterAll(() => sandbox.close())

/** Everything that both platforms keep. */
function stores(): string {
  const { botpress, livechat } = sandbox
  const kept = [botpress.store.conversations, botpress.store.messages, botpress.store.events, botpress.store.states]
  const isLease = ({ object }: { object: object }) => 'name' in object && object.name === 'turn'
  const objects = kept.map((rows) => [...rows.values()].filter((row) => !isLease(row)).map(({ object }) => object))
  return JSON.stringify([objects, [...botpress.store.users.values()], [...livechat.store.chats.values()]])
}

/** Months old, so that no handoff can be just starting. */
const LONG_AGO = '2026-01-05T10:00:00.000000Z'

function words(changes: { chatId?: string; threadId?: string; authorId?: string; eventId?: string } = {}) {
  const {
    chatId = play.ids.chatId,
    threadId = play.ids.threadId,
    authorId = play.agent.id,
    eventId = 'FORGED_1',
  } = changes
  const event = {
    id: eventId,
    type: 'message',
    text: 'Forged words',
    author_id: authorId,
    created_at: LONG_AGO,
    visibility: 'all',
  }
  return { action: 'incoming_event', payload: { chat_id: chatId, thread_id: threadId, event } }
}

const end = (chatId: string, threadId: string) => ({
  action: 'chat_deactivated',
  payload: { chat_id: chatId, thread_id: threadId, user_id: play.agent.id },
})

const arrival = (userId: string, threadId: string) => ({
  action: 'user_added_to_chat',
  payload: {
    chat_id: play.ids.chatId,
    thread_id: threadId,
    user: { id: userId, type: 'agent', name: 'Mallory', present: true },
    reason: 'manual',
    user_type: 'agent',
    requester_id: userId,
  },
})

const forged: { name: string; envelope: () => object; status?: number }[] = [
  {
    name: 'another organization',
    envelope: () => ({ ...words(), organization_id: '11111111-2222-4333-8444-555555555555' }),
  },
  {
    name: 'an end for another organization',
    envelope: () => ({ ...end(play.ids.chatId, play.ids.threadId), organization_id: 'x' }),
  },
  { name: 'an unknown chat', envelope: () => words({ chatId: 'UNKNOWNCHT' }) },
  { name: 'a thread of another chat', envelope: () => words({ threadId: 'FOREIGNTHR' }) },
  { name: 'an author who is not in the chat', envelope: () => words({ authorId: 'mallory@evil.test' }) },
  { name: 'the customer as an author', envelope: () => words({ authorId: customerId() }) },
  { name: 'an author who is a bot', envelope: () => words({ authorId: '0123456789abcdef0123456789abcdef' }) },
  { name: 'the end of another thread', envelope: () => end(play.ids.chatId, 'FOREIGNTHR'), status: 503 },
  { name: 'the end of an unknown chat', envelope: () => end('UNKNOWNCHT', 'UNKNOWNTHR') },
  { name: 'an arrival in another thread', envelope: () => arrival('mallory@evil.test', 'FOREIGNTHR'), status: 503 },
]

const customerId = () => sandbox.livechat.store.chats.get(play.ids.chatId)?.customerId ?? ''

test.concurrent.each(forged)('with the right secret, $name has no effect', async ({ envelope, status = 200 }) => {
  const before = stores()
  const { organizationId, webhookSecret } = sandbox.configuration
  const complete = { secret_key: webhookSecret, organization_id: organizationId, ...envelope() }
  const answer = await sandbox.livechat.webhooks.post(complete)
  expect([200, status]).toContain(answer.status)
  expect(stores()).toBe(before)
})

test('the same words, not forged, are shown; and the genuine conversation goes on', async () => {
  const { organizationId, webhookSecret } = sandbox.configuration
  const genuine = { secret_key: webhookSecret, organization_id: organizationId, ...words({ eventId: 'GENUINE_1' }) }
  expect((await sandbox.livechat.webhooks.post(genuine)).status).toBe(200)
  await play.customer.says('Still here')
  play.agent.says(play.ids.chatId, 'So am I')
  await play.settled()
  expect([play.timesInLiveChat('Still here'), play.timesVisible('So am I'), play.timesVisible('Forged words')]).toEqual(
    [1, 1, 1],
  )
})
