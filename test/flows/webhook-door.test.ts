import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type HandOver, type Sandbox } from '../../sandbox/sandbox'
import { envelope, eventFrom } from './deliveries'
import { createActiveHandoff, MARIA } from './handoffs'
import { agentMessages, visibleTo } from './visible'
import { useFreshSandbox } from './sandboxes'
import { callsSince } from './sent'

const sandbox = useFreshSandbox()

const wordsOfMaria = (handOver: HandOver, text: string) => eventFrom(MARIA, handOver, { type: 'message', text })

/** A secret that was just changed is looked up: a read, which changes nothing. */
const isRead = (operation: string) => operation === 'getState'

/** LiveChat waits for 10 s. */
const ANSWERS_WITHIN_MS = 8000

/** Posts to the door as LiveChat would; answers the status and how much was done about it. */
async function knock(body: unknown, options?: { raw?: boolean }) {
  const before = performance.now()
  const { status } = await sandbox().livechat.webhooks.post(body, options)
  await sandbox().settled()
  const acts = callsSince(sandbox(), before).filter(({ operation }) => !isRead(operation))
  return { status, acts: acts.length }
}

test('a delivery with the configured secret is taken', async () => {
  const handOver = await createActiveHandoff(sandbox())
  const { status } = await knock(envelope(sandbox(), 'incoming_event', wordsOfMaria(handOver, 'Genuine')))
  expect(status).toBe(200)
  expect(agentMessages(handOver)).toContain('Genuine')
})

test.each([
  { name: 'a wrong', secret: { secret_key: 'sandbox-secret-9f2c41d7a8e3b606' } },
  { name: 'an empty', secret: { secret_key: '' } },
  { name: 'a missing', secret: { secret_key: undefined } },
  { name: 'a longer', secret: { secret_key: 'sandbox-secret-9f2c41d7a8e3b6055' } },
  { name: 'an array as', secret: { secret_key: ['sandbox-secret-9f2c41d7a8e3b605'] } },
])('$name secret is answered 401, and nothing is done', async ({ secret }) => {
  const handOver = await createActiveHandoff(sandbox())
  const forged = envelope(sandbox(), 'incoming_event', wordsOfMaria(handOver, 'Forged'), secret)
  expect(await knock(forged)).toEqual({ status: 401, acts: 0 })
  expect(agentMessages(handOver)).toEqual(['Maria here.'])
})

test('a forged end leaves the session alive', async () => {
  const handOver = await createActiveHandoff(sandbox())
  const { chatId: chat_id, threadId: thread_id, conversationId } = handOver
  const forged = envelope(sandbox(), 'chat_deactivated', { chat_id, thread_id }, { secret_key: 'guess' })
  expect(await knock(forged)).toEqual({ status: 401, acts: 0 })
  expect(sandbox().botpress.isActive(conversationId)).toBe(true)
})

test.each([
  { name: 'no JSON', body: '{"secret_key":' },
  { name: 'nothing at all', body: '' },
])('$name is answered 400', async ({ body }) => {
  expect(await knock(body, { raw: true })).toEqual({ status: 400, acts: 0 })
})

test('the right secret without an action is answered 400', async () => {
  expect(await knock(envelope(sandbox(), 'none', {}, { action: undefined }))).toEqual({ status: 400, acts: 0 })
})

test('a payload that does not fit its action is answered 400', async () => {
  expect(await knock(envelope(sandbox(), 'incoming_event', { chat_id: 7 }))).toEqual({ status: 400, acts: 0 })
})

test('the delivery of another organization is answered 200 and has no effect', async () => {
  const handOver = await createActiveHandoff(sandbox())
  const payload = wordsOfMaria(handOver, 'From elsewhere')
  const foreign = envelope(sandbox(), 'incoming_event', payload, { organization_id: 'another-organization' })
  expect(await knock(foreign)).toEqual({ status: 200, acts: 0 })
  expect(agentMessages(handOver)).toEqual(['Maria here.'])
})

test.each([
  { name: 'whose payload nobody foresaw', payload: { any: 'thing' }, organization_id: 'another-organization' },
  { name: 'whose id is no text', payload: {}, organization_id: 7 },
])('an organization $name is answered 200 too', async ({ payload, organization_id }) => {
  expect(await knock(envelope(sandbox(), 'incoming_event', payload, { organization_id }))).toEqual({
    status: 200,
    acts: 0,
  })
})

test('a guess is answered before LiveChat gives up, although the stored secrets cannot be read', async () => {
  sandbox().botpress.faults.add({ operation: 'getState', kind: 'silence' })
  const before = performance.now()
  const guess = envelope(sandbox(), 'incoming_event', {}, { secret_key: 'guess' })
  const { status } = await sandbox().livechat.webhooks.post(guess)
  expect(status).toBe(503)
  expect(performance.now() - before).toBeLessThan(ANSWERS_WITHIN_MS)
}, 20_000)

test.each(['/oauth', '/oauth/callback?code=1&state=2'])('%s is answered that OAuth is not supported', async (path) => {
  const since = performance.now()
  const answer = await fetch(`${sandbox().installation.webhookUrl}${path}`)
  expect(answer.status).toBe(501)
  expect(await answer.text()).toContain('not supported')
  expect(callsSince(sandbox(), since)).toEqual([])
})

test('an action that does not exist today is answered 200', async () => {
  expect(await knock(envelope(sandbox(), 'chat_dreamed_of', { any: 'thing' }))).toEqual({ status: 200, acts: 0 })
})

test('the same delivery twice gives the customer one message', async () => {
  const handOver = await createActiveHandoff(sandbox())
  sandbox().livechat.webhooks.disturb({ action: 'incoming_event', kind: 'duplicate', copies: 3 })
  sandbox().livechat.agent(MARIA).says(handOver.chatId, 'Only once')
  await visibleTo(handOver.customer, 'Only once')
  await sandbox().settled()
  expect(agentMessages(handOver)).toEqual(['Maria here.', 'Only once'])
})

test('a delivery that comes again after a restart gives the customer no second message', async () => {
  const handOver = await createActiveHandoff(sandbox())
  sandbox().livechat.agent(MARIA).says(handOver.chatId, 'Only once')
  await visibleTo(handOver.customer, 'Only once')
  await sandbox().restartIntegration()
  const delivery = sandbox().livechat.webhooks.deliveries('incoming_event').at(-1)
  if (!delivery) throw new Error('the words of the agent were never delivered')
  await sandbox().livechat.webhooks.redeliver(delivery)
  await sandbox().settled()
  expect(agentMessages(handOver)).toEqual(['Maria here.', 'Only once'])
})

test('no secret, token, address or word of anybody stands in the log', async () => {
  const handOver = await createActiveHandoff(sandbox())
  const payload = wordsOfMaria(handOver, 'Strictly between us')
  await knock(envelope(sandbox(), 'incoming_event', payload, { secret_key: 'hunter2' }))
  sandbox().livechat.agent(MARIA).notes(handOver.chatId, 'A private note')
  await sandbox().settled()
  const log = sandbox().integration.output()
  const { agentToken, webhookSecret } = sandbox().configuration
  const tokens = sandbox().livechat.store.customerTokens.map(({ token }) => token)
  const secrets = [agentToken, webhookSecret, 'hunter2', ...tokens, MARIA, 'ada@customer.test']
  const words = ['Strictly between us', 'A private note', 'Maria here.', 'Hello?']
  for (const hidden of [...secrets, ...words]) expect(log).not.toContain(hidden)
})

/** Whoever left the setting empty must not have a door that opens to an empty secret. */
let unset: Sandbox
beforeAll(async () => {
  unset = await startSandbox({ configuration: { webhookSecret: '' }, register: false })
})
afterAll(() => unset.close())

test('an empty configured secret opens to nobody', async () => {
  const { chatId: chat_id, threadId: thread_id } = await unset.handOver({ customer: 'Ada' })
  const knocked = envelope(unset, 'chat_deactivated', { chat_id, thread_id }, { secret_key: '' })
  const { status } = await unset.livechat.webhooks.post(knocked, { url: unset.installation.webhookUrl })
  expect(status).toBe(401)
})
