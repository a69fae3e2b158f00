import { expect, test } from 'vitest'
import { createActiveHandoff, createHandoff, MARIA } from './handoffs'
import { useFreshSandbox } from './sandboxes'
import { BOT_IS_BACK, chatTexts, visibleTo } from './visible'

const sandbox = useFreshSandbox()

/** A handoff of somebody whom the plugin has just named, with nothing else. */
async function startFor(person: { name: string; email?: string; pictureUrl?: string }): Promise<void> {
  const { botpress } = sandbox()
  const { userId } = await botpress.callAction('createUser', person)
  await botpress.callAction('startHitl', { userId, messageHistory: [] })
}

const customer = () => [...sandbox().livechat.store.customers.values()].find(({ name, email }) => name ?? email)
const profilesSent = () =>
  sandbox().livechat.wire.exchanges.filter(({ operation }) => operation === 'customer/update_customer')

test('name, address and picture stand in the customer details before the chat begins', async () => {
  await createHandoff(sandbox(), { name: 'Ada', email: 'ada@customer.test', pictureUrl: 'https://acme.test/ada.png' })
  expect(customer()).toMatchObject({ name: 'Ada', avatar: 'https://acme.test/ada.png' })
  const order = sandbox().livechat.wire.exchanges.map(({ operation }) => operation)
  expect(order.indexOf('customer/update_customer')).toBeLessThan(order.indexOf('customer/start_chat'))
})

test('the address that a bot author gives stands in the customer details', async () => {
  const ada = sandbox().installation.customer({ name: 'Ada' })
  await sandbox().handOver({ customer: ada, input: { userEmail: 'ada@customer.test' } })
  expect(customer()).toMatchObject({ name: 'Ada', email: 'ada@customer.test' })
})

test.each([
  { name: 'null null', email: 'user_1@bot-1.botpress.invalid', pictureUrl: 'https://acme.test/'.padEnd(40_001, 'a') },
  { name: 'Visitor 12345', email: '491701234567@s.whatsapp.net', pictureUrl: 'data:image/png;base64,AA==' },
  { name: '[Bot]', email: 'test@test.com' },
])('nothing made up reaches the agent: $name', async (person) => {
  await startFor(person)
  expect(profilesSent()).toEqual([])
  expect(sandbox().livechat.store.chats.size).toBe(1)
})

test('a picture address that Botpress does not take costs neither the user nor the name', async () => {
  await startFor({ name: `${'a'.repeat(199)}😀`, pictureUrl: `https://acme.test/${'a'.repeat(40_000)}` })
  expect(customer()).toMatchObject({ name: 'a'.repeat(199) })
  expect(customer()?.avatar).toBeUndefined()
})

test('a made-up address and a placeholder for a name do not reach the agent', async () => {
  await createHandoff(sandbox(), {})
  const told = sandbox().botpress.wire.exchanges.find(({ operation }) => operation === 'action/createUser')
  expect(JSON.stringify(told?.requestBody)).toContain('@no-reply.')
  expect(profilesSent()).toEqual([])
  expect(customer()).toBeUndefined()
})

test('the details are sent again only when they have changed', async () => {
  const first = await createActiveHandoff(sandbox())
  const again = async () => {
    sandbox().livechat.agent(MARIA).closes(first.chatId)
    await visibleTo(first.customer, BOT_IS_BACK)
    await first.customer.says('Once more')
    return sandbox().handOver({ customer: first.customer })
  }
  await again()
  expect(profilesSent()).toHaveLength(1)

  for (const row of sandbox().botpress.store.users.values()) {
    if (row.object.name === 'Ada') row.object = { ...row.object, name: 'Ada Lovelace' }
  }
  await sandbox().installation.stopHitl(first.customer)
  await first.customer.says('And again')
  await sandbox().handOver({ customer: first.customer })
  expect(profilesSent()).toHaveLength(2)
  expect(customer()?.name).toBe('Ada Lovelace')
})

const FULL = { name: 'Ada', email: 'ada@customer.test', avatar: 'https://acme.test/ada.png' }
/** A handoff with everything that LiveChat shows of a customer; answers what was sent, request by request. */
async function handOverInFull(userEmail = FULL.email) {
  const ada = sandbox().installation.customer({ name: FULL.name, pictureUrl: FULL.avatar })
  await sandbox().handOver({ customer: ada, input: { userEmail, hitlSession: { sessionFields: { plan: 'gold' } } } })
  return profilesSent().map(({ requestBody }) => Object.keys(requestBody as object).join(' '))
}
const refuse = (type: string, more = {}) => {
  const body = { error: { type, message: 'no' } }
  sandbox().livechat.faults.add({ operation: 'customer/update_customer', kind: 'answer', status: 422, body, ...more })
}

test('an address that LiveChat does not take costs the agent nothing else', async () => {
  await handOverInFull('ada@bücher.test')
  expect(customer()).toMatchObject({ name: 'Ada', avatar: FULL.avatar, sessionFields: [{ plan: 'gold' }] })
  expect(customer()?.email).toBeUndefined()
})

test('a picture that LiveChat does not take costs the agent nothing else', async () => {
  refuse('validation')
  refuse('validation', { after: 2 })
  expect(await handOverInFull()).toEqual(['name email avatar session_fields', 'name email', 'session_fields', 'avatar'])
  expect(customer()).toMatchObject({ name: 'Ada', email: FULL.email, sessionFields: [{ plan: 'gold' }] })
  expect(customer()?.avatar).toBeUndefined()
})

test('session fields that LiveChat does not take cost the agent nothing else', async () => {
  refuse('customer_session_fields_limit_reached')
  expect(await handOverInFull()).toEqual(['name email avatar session_fields', 'name email avatar'])
  expect(customer()).toMatchObject({ ...FULL, sessionFields: [] })
})

test('details that LiveChat does not take at all are tried one by one, and then left out', async () => {
  refuse('validation', { times: Infinity })
  const parts = ['name email', 'name', 'email', 'session_fields', 'avatar']
  expect(await handOverInFull()).toEqual(['name email avatar session_fields', ...parts])
  expect(customer()).toBeUndefined()
})

test('a passing fault is no reason to send less', async () => {
  refuse('service_unavailable')
  expect(new Set(await handOverInFull())).toEqual(new Set(['name email avatar session_fields']))
  expect(customer()).toMatchObject({ ...FULL, sessionFields: [{ plan: 'gold' }] })
})

test('details that LiveChat does not take keep nobody from an agent', async () => {
  const body = { error: { type: 'validation', message: 'no' } }
  sandbox().livechat.faults.add({ operation: 'customer/update_customer', kind: 'answer', status: 400, body })
  const { chatId } = await createHandoff(sandbox(), 'Ada')
  expect(chatTexts(sandbox(), chatId)).toContain('Hello?')
})
