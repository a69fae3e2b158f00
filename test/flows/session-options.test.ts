import { describe, expect, test } from 'vitest'
import { createHandoff, MARIA, OMAR, newCustomer } from './handoffs'
import { BOT_IS_BACK, visibleTo } from './visible'
import { useSandbox } from './sandboxes'
import { callsNamed } from './sent'

const sandbox = useSandbox()

const handOver = (hitlSession: Record<string, unknown>) =>
  createHandoff(sandbox(), newCustomer(sandbox()), { hitlSession })

describe('a bot author decides for one handoff', () => {
  test('which group takes it, group 0 too', async () => {
    const { chatId } = await handOver({ groupId: 0 })
    expect(sandbox().livechat.store.chats.get(chatId)?.access.group_ids).toEqual([0])
  })

  test('who takes it', async () => {
    const { chatId, customer } = await handOver({ agentId: OMAR })
    await customer.waitToSee(({ text }) => text === 'A human agent has joined the conversation.')
    const users = sandbox()
      .livechat.store.chats.get(chatId)
      ?.users.filter(({ present }) => present)
    expect(users?.map(({ id }) => id)).toContain(OMAR)
  })

  test('its tags and what the agent reads about the customer', async () => {
    const { chatId } = await handOver({ tags: ['billing', 'vip'], sessionFields: { Order: '4711', Plan: 'Team' } })
    const chat = sandbox().livechat.store.chats.get(chatId)
    expect(chat?.threads.at(-1)?.tags).toEqual(['billing', 'vip'])
    const customer = sandbox().livechat.store.customers.get(chat?.customerId ?? '')
    expect(customer?.sessionFields).toEqual([{ Order: '4711' }, { Plan: 'Team' }])
  })

  test('what the agent reads, anew at each handoff of a customer who has not changed', async () => {
    const { chatId, customer } = await handOver({ sessionFields: { Order: '4711' } })
    sandbox().livechat.agent(MARIA).closes(chatId)
    await visibleTo(customer, BOT_IS_BACK)
    await customer.says('I have another question')
    await createHandoff(sandbox(), customer, { hitlSession: { sessionFields: { Order: '4712' } } })
    const chat = sandbox().livechat.store.chats.get(chatId)
    expect(sandbox().livechat.store.customers.get(chat?.customerId ?? '')?.sessionFields).toEqual([{ Order: '4712' }])
  })

  test.each([
    { groupId: '', agentId: '', whenNobodyIsAvailable: '' },
    { groupId: null, agentId: ' ', tags: [''], sessionFields: { order: null }, whenNobodyIsAvailable: null },
    { groupId: 'undefined', agentId: 'null', tags: [null, ' '], sessionFields: { order: '', '': 'x' } },
  ])('nothing, when nothing is set: %j', async (hitlSession) => {
    sandbox().botpress.settings.payloadChecks = 'off' // the wire is looser than the schema
    const { chatId } = await handOver(hitlSession)
    const chat = sandbox().livechat.store.chats.get(chatId)
    expect(chat?.access.group_ids).toEqual([7])
    expect(chat?.threads.at(-1)?.tags).toEqual([])
    expect(sandbox().livechat.store.customers.get(chat?.customerId ?? '')?.sessionFields).toEqual([])
  })

  test('what is set of it, beside what is not', async () => {
    sandbox().botpress.settings.payloadChecks = 'off'
    const { chatId } = await handOver({ tags: ['', 'vip'], sessionFields: { order: null, Plan: 'Team' } })
    const chat = sandbox().livechat.store.chats.get(chatId)
    expect(chat?.threads.at(-1)?.tags).toEqual(['vip'])
    expect(sandbox().livechat.store.customers.get(chat?.customerId ?? '')?.sessionFields).toEqual([{ Plan: 'Team' }])
  })
})

describe('what cannot be meant is refused with a sentence, before LiveChat hears of it', () => {
  const tooMany = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`Field ${index}`, 'x']))
  test.each([
    { hitlSession: { groupId: -1 }, sentence: /groupId must be a whole number/ },
    { hitlSession: { groupId: 1.5 }, sentence: /groupId must be a whole number/ },
    { hitlSession: { agentId: 'Omar' }, sentence: /agentId must be an agent's login e-mail address/ },
    { hitlSession: { tags: 'billing' }, sentence: /tags must be a list/ },
    { hitlSession: { tags: ['billing', {}] }, sentence: /tags must be a list of texts/ },
    { hitlSession: { sessionFields: tooMany }, sentence: /at most 100/ },
    { hitlSession: { sessionFields: { Order: { id: 1 } } }, sentence: /sessionFields must be/ },
    { hitlSession: { whenNobodyIsAvailable: 'wait' }, sentence: /must be "queue" or "refuse"/ },
  ])('$sentence', async ({ hitlSession, sentence }) => {
    sandbox().botpress.settings.payloadChecks = 'off' // the wire is looser than the schema
    const customer = newCustomer(sandbox())
    await expect(sandbox().handOver({ customer, input: { hitlSession } })).rejects.toThrow(sentence)
    expect(callsNamed(sandbox(), 'customer/start_chat')).toEqual([])
  })
})

describe('what LiveChat refuses does not lose the handoff', () => {
  test('a tag', async () => {
    sandbox().livechat.settings.chats.unknownTags = 'validation'
    const { chatId, customer } = await handOver({ tags: ['nobody knows this', 'billing'] })
    expect(sandbox().livechat.store.chats.get(chatId)?.threads.at(-1)?.tags).toEqual(['billing'])
    sandbox().livechat.agent(MARIA).says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
    expect(sandbox().integration.output()).toContain('A tag was not set')
  })

  test.each([
    { name: 'an agent whom nobody knows', agentId: 'nobody@acme.test' },
    { name: 'an agent who is not there', agentId: OMAR },
  ])('$name', async ({ agentId }) => {
    sandbox().livechat.agent(OMAR).goesOffline()
    const { chatId, customer } = await handOver({ agentId })
    sandbox().livechat.agent(MARIA).says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
    expect(sandbox().integration.output()).toContain('the chosen agent did not get it')
  })

  test('the customer’s details', async () => {
    sandbox().livechat.faults.add({
      operation: 'customer/update_customer',
      kind: 'answer',
      status: 422,
      body: { error: { type: 'validation', message: 'no' } },
    })
    const { chatId, customer } = await handOver({ sessionFields: { Order: '4711' } })
    sandbox().livechat.agent(MARIA).says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
  })
})
