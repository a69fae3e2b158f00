import { expect, test, vi } from 'vitest'
import type { Customer } from '../../sandbox/botpress'
import type { Exchange } from '../../sandbox/http/wire'
import { envelope } from './deliveries'
import { leaseOwners, storeLease } from '../leases'
import { createHandoff, MARIA, OMAR, newCustomer } from './handoffs'
import { transcriptOf, timesVisible, visibleTo } from './visible'
import { useSandbox } from './sandboxes'
import { agentsAnnounced, callsSince, eventsSent } from './sent'

const sandbox = useSandbox({ processes: 2 })

const saidByAgents = (customer: Customer) => transcriptOf(customer).filter((line) => line.startsWith('agent'))

/** From now on the calls of Botpress and LiveChat go to this process alone. */
function servedBy(which: 0 | 1): void {
  sandbox().installation.moveTo([String(sandbox().urls[which])])
}

test('words of an agent whom another process has announced take no lease', async () => {
  const { chatId, conversationId, customer } = await createHandoff(sandbox())
  for (const which of [0, 1] as const) {
    servedBy(which) // each has seen the handoff before anybody was there
    await customer.says('Still waiting')
    await sandbox().settled()
  }
  servedBy(0)
  sandbox().livechat.agent(MARIA).joins(chatId)
  await sandbox().settled()
  servedBy(1)
  const before = performance.now()
  sandbox().livechat.agent(MARIA).says(chatId, 'Hello Ada')
  await visibleTo(customer, 'Hello Ada')
  await sandbox().settled()
  expect(callsSince(sandbox(), before).map(({ operation }) => operation)).not.toContain('getOrSetState')
  expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria'])
})

test('words in a handoff that another process is only starting are sent again by LiveChat', async () => {
  servedBy(0)
  sandbox().botpress.faults.add({ operation: 'getOrCreateConversation', kind: 'slow', delayMs: 4_000 })
  const customer = newCustomer(sandbox())
  const handOver = sandbox().handOver({ customer })
  const isStart = ({ operation }: Exchange) => operation === 'customer/start_chat'
  const { responseBody } = await sandbox().livechat.wire.waitFor(isStart)
  servedBy(1)
  const { chat_id: chatId } = responseBody as { chat_id: string }
  sandbox().livechat.agent(MARIA).says(chatId, 'Already here')
  await handOver
  await visibleTo(customer, 'Already here')
  await sandbox().settled()
  const webhooks = sandbox()
    .livechat.webhooks.deliveries()
    .filter(({ envelope }) => JSON.stringify(envelope).includes(chatId))
  const answers = webhooks.map(({ attempts }) => attempts.map(({ status }) => status))
  expect(answers.flat()).toContain(503)
  expect(answers.map((each) => each.at(-1)).filter((status) => status !== 200)).toEqual([])
  expect(timesVisible(customer, 'Already here')).toBe(1)
}, 30_000)

test('first words whose webhook is late come before those that overtook it', async () => {
  const { chatId, customer } = await createHandoff(sandbox())
  sandbox().livechat.webhooks.disturb({ action: 'incoming_event', kind: 'delay', delayMs: 1_500 })
  const maria = sandbox().livechat.agent(MARIA)
  maria.says(chatId, 'Hello Ada')
  maria.says(chatId, 'How can I help?')
  await sandbox().settled()
  expect(saidByAgents(customer)).toEqual(['agent: Hello Ada', 'agent: How can I help?'])
})

test('words come after those that a slower process has not written yet', async () => {
  servedBy(0)
  const { chatId, customer } = await createHandoff(sandbox())
  const { livechat } = sandbox()
  const maria = livechat.agent(MARIA)
  maria.joins(chatId)
  maria.says(chatId, 'Hello Ada')
  await sandbox().settled()
  servedBy(1)
  livechat.faults.add({ operation: 'agent/get_chat', kind: 'slow', delayMs: 2_000 })
  maria.says(chatId, 'I am Maria')
  await vi.waitFor(() => expect(livechat.faults.list()).toEqual([])) // this process looks what she said before
  servedBy(0)
  maria.says(chatId, 'How can I help?')
  await sandbox().settled()
  expect(saidByAgents(customer)).toEqual(['agent: Hello Ada', 'agent: I am Maria', 'agent: How can I help?'])
})

/** As if the only agent of this handoff had been announced so long ago. */
function wasAnnounced(conversationId: string, msAgo: number): void {
  const tags = sandbox().botpress.store.conversations.get(conversationId)?.object.tags ?? {}
  const [agent, user] = tags['livechat-hitl:agentsSeen']?.split(',') ?? []
  tags['livechat-hitl:agentsSeen'] = [agent, user, (Date.now() - msAgo).toString(36)].join(',')
}

test('the last words that may be held back come before those that are written without a look', async () => {
  servedBy(0)
  const { chatId, conversationId, customer } = await createHandoff(sandbox())
  const { livechat } = sandbox()
  const maria = livechat.agent(MARIA)
  maria.joins(chatId)
  await sandbox().settled()
  await sandbox().restartIntegration()
  servedBy(1)
  livechat.webhooks.disturb({ action: 'incoming_event', kind: 'delay', delayMs: 1_500 })
  wasAnnounced(conversationId, 15_000)
  maria.says(chatId, 'I am Maria')
  maria.says(chatId, 'How can I help?')
  await visibleTo(customer, 'How can I help?')
  await sandbox().settled()
  expect(saidByAgents(customer)).toEqual(['agent: I am Maria', 'agent: How can I help?'])
})

test('words right after those of the customer need no look', async () => {
  servedBy(0)
  const { chatId, customer } = await createHandoff(sandbox())
  const maria = sandbox().livechat.agent(MARIA)
  maria.joins(chatId)
  maria.says(chatId, 'Hello Ada')
  await sandbox().settled()
  await customer.says('I need help')
  await sandbox().settled()
  const before = performance.now()
  maria.says(chatId, 'How can I help?')
  await sandbox().settled()
  expect(callsSince(sandbox(), before).map(({ operation }) => operation)).toEqual(['getOrCreateMessage'])
})

test('an end that a process has left half done is reported once, although another one had the lease in between', async () => {
  servedBy(0)
  const { chatId, threadId, conversationId } = await createHandoff(sandbox())
  sandbox().livechat.agent(MARIA).joins(chatId)
  await sandbox().settled()
  sandbox().livechat.webhooks.hold()
  sandbox().livechat.agent(MARIA).closes(chatId)
  const post = (action: string, payload: object) =>
    sandbox().livechat.webhooks.post(envelope(sandbox(), action, { chat_id: chatId, thread_id: threadId, ...payload }))
  sandbox().botpress.faults.add({ operation: 'updateConversation', kind: 'silence' })
  expect((await post('chat_deactivated', { user_id: MARIA })).status).toBe(503)
  for (const { object } of sandbox().botpress.store.states.values())
    if (object.name === 'turn') object.payload = { ...object.payload, until: 0 } // as it is some seconds later
  servedBy(1)
  await post('user_added_to_chat', { user: { id: OMAR, type: 'agent', name: 'Omar' }, reason: 'manual' })
  await post('chat_deactivated', { user_id: MARIA })
  expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toHaveLength(1)
}, 30_000)

test('a lease whose giving back was done, but not answered, stays with whoever has it by then', async () => {
  const { chatId, conversationId } = await createHandoff(sandbox())
  sandbox().livechat.webhooks.hold('chat_transferred')
  sandbox().botpress.faults.add({ operation: 'setState', kind: 'reset-after' })
  const others = leaseOwners(sandbox())
  sandbox().livechat.agent(MARIA).joins(chatId)
  await vi.waitFor(() => expect(leaseOwners(sandbox()).length).toBeGreaterThan(others.length), { interval: 5 })
  await vi.waitFor(() => expect(leaseOwners(sandbox())).toEqual(others), { interval: 5 })
  storeLease(sandbox(), { owner: 'another process', until: Date.now() + 60_000 })
  await sandbox().livechat.wire.waitFor(({ operation }) => operation === 'webhook/user_added_to_chat')
  expect(leaseOwners(sandbox())).toContain('another process')
  expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria'])
  storeLease(sandbox(), { owner: 'another process', until: 0 }) // so that what is held back need not wait
})

test('a lease whose giving back failed is given back by a second call', async () => {
  const { chatId } = await createHandoff(sandbox())
  const body = { id: 'err_1', code: 500, type: 'Internal', message: 'no' }
  sandbox().botpress.faults.add({ operation: 'setState', kind: 'answer', status: 500, body })
  const before = leaseOwners(sandbox()).length
  sandbox().livechat.agent(MARIA).joins(chatId)
  await sandbox().settled()
  expect(leaseOwners(sandbox())).toHaveLength(before)
})

test('a start does not wait for the giving back of its lease, which Botpress never answers', async () => {
  sandbox().botpress.faults.add({ operation: 'setState', kind: 'silence' })
  const before = performance.now()
  const { chatId, customer } = await sandbox().handOver({ customer: newCustomer(sandbox()) })
  expect(performance.now() - before).toBeLessThan(15_000)
  expect(sandbox().botpress.faults.list()).toEqual([])
  sandbox().livechat.agent(MARIA).says(chatId, 'Hello Ada')
  await visibleTo(customer, 'Hello Ada')
})
