import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { defaults, startLiveChat, type LiveChat } from '../../sandbox/livechat'
import type { CustomerSession, LiveChatApi, LiveChatOptions, Opening } from '../../src/livechat/api'
import { agentAuthorization } from '../../src/livechat/agent-token'
import { createLiveChat } from '../../src/livechat/client'
import { AgentId, ChatId, type CustomerId } from '../../src/livechat/ids'

// The client against LiveChat as its documents describe it; what LiveChat holds afterwards is what counts.

let livechat: LiveChat
beforeAll(async () => {
  livechat = await startLiveChat()
})
beforeEach(() => livechat.reset())
afterAll(() => livechat.close())

function client(options: Partial<LiveChatOptions> = {}): LiveChatApi {
  const { organizationId, clientId, fullToken } = livechat.credentials
  return createLiveChat({
    apiUrl: livechat.url,
    accountsUrl: livechat.url,
    organizationId,
    clientId,
    agentAuthorization: agentAuthorization(fullToken),
    redirectUri: 'https://webhook.botpress.cloud/abc',
    timeoutMs: 400,
    unrepeatableTimeoutMs: 400,
    retries: { firstPauseMs: 1 },
    ...options,
  })
}

async function newCustomer({
  accounts,
}: Pick<LiveChatApi, 'accounts'>): Promise<CustomerSession & { customerId: CustomerId; cookieSecret: string }> {
  const { accessToken, customerId, cookieSecret = '' } = await accounts.customerToken()
  return { accessToken, customerId, cookieSecret }
}

const opening: Opening = {
  groupId: defaults.SUPPORT_GROUP,
  continuous: true,
  events: [
    { type: 'message', text: 'Conversation so far: …', customId: 'bp-start-0' },
    { type: 'message', text: 'I need a person', customId: 'bp-start-1' },
  ],
}
const words = (text: string, customId: string) => ({ type: 'message' as const, text, customId })
const textsIn = (chatId: string) =>
  livechat.store.eventsIn(chatId).flatMap(({ type, text }) => (type === 'message' ? text : []))

test('a customer starts, writes, is answered, comes back and resumes: one chat, a thread each', async () => {
  const { accounts, customer, agent } = client()
  const session = await newCustomer({ accounts })
  await customer.updateCustomer(session, { name: 'Ada', sessionFields: [{ name: 'plan', value: 'gold' }] })
  const first = await customer.startChat(session, opening)
  const eventId = await customer.sendEvent(session, first, words('Hello', 'bp-2'))
  livechat.agent(defaults.MARIA).joins(first.chatId)
  livechat.agent(defaults.MARIA).says(first.chatId, 'How can I help?')

  const seen = await agent.getChat({ chatId: first.chatId })
  expect(seen.groupIds).toEqual([defaults.SUPPORT_GROUP])
  expect(seen.thread?.events.find(({ id }) => id === eventId)).toMatchObject({ text: 'Hello', customId: 'bp-2' })
  expect(seen.users.find(({ id }) => id === defaults.MARIA)).toMatchObject({ type: 'agent', present: true })
  expect(seen.source.customerClientId).toBe(defaults.CLIENT_ID)

  await agent.deactivateChat(first)
  await agent.deactivateChat(first) // closing what is closed is done
  await expect(customer.sendEvent(session, first, words('Late', 'bp-3'))).rejects.toMatchObject({
    failure: 'session-over',
  })

  const again = await accounts.customerToken(session)
  expect(again.customerId).toBe(session.customerId)
  expect(await customer.listChats(again, { limit: 1 })).toMatchObject([{ chatId: first.chatId, active: false }])
  const second = await customer.resumeChat(again, { ...opening, chatId: first.chatId })
  expect(second.chatId).toBe(first.chatId)
  expect(second.threadId).not.toBe(first.threadId)
  expect(livechat.store.chats.get(first.chatId)?.ignoreBotsIn).toEqual(new Set([first.threadId, second.threadId]))
})

test('a second start and a resume of an active chat are distinguished', async () => {
  const { customer, accounts } = client()
  const session = await newCustomer({ accounts })
  const { chatId } = await customer.startChat(session, opening)
  await expect(customer.startChat(session, opening)).rejects.toMatchObject({ failure: 'chat-exists' })
  await expect(customer.resumeChat(session, { ...opening, chatId })).rejects.toMatchObject({ failure: 'chat-active' })
  livechat.settings.chats.secondChatError = 'limit_reached'
  await expect(customer.startChat(session, opening)).rejects.toMatchObject({ failure: 'chat-exists' })
})

test.each(['validation', 'authorization'] as const)(
  'an account that answers thread properties with %s still gets the chat',
  async (refusal) => {
    livechat.settings.chats.initialThreadProperties = refusal
    const { customer, accounts } = client()
    const { chatId } = await customer.startChat(await newCustomer({ accounts }), opening)
    expect(textsIn(chatId)).toEqual(['Conversation so far: …', 'I need a person'])
  },
)

test('nobody is there: a chat that may not wait is refused, one that may is started', async () => {
  for (const { id } of livechat.agents.list()) livechat.agents.add({ id, status: 'not_accepting_chats' })
  const { customer, accounts } = client()
  const session = await newCustomer({ accounts })
  const refused = customer.startChat(session, { ...opening, continuous: false })
  await expect(refused).rejects.toMatchObject({ failure: 'nobody-available' })
  await expect(customer.startChat(session, opening)).resolves.toHaveProperty('chatId')
  const statuses = await customer.listGroupStatuses(session, { groupIds: [defaults.SUPPORT_GROUP, 99] })
  expect([...statuses]).toEqual([[defaults.SUPPORT_GROUP, 'offline']])
})

test('an account in Europe whose token names another region is found by one refused call', async () => {
  livechat.settings.region.name = 'fra'
  livechat.settings.region.strict = true
  const regions = new Map<string, string>()
  const { agent } = client({ regions })
  await agent.listChats({ limit: 1 })
  await agent.listChats({ limit: 1 })
  expect([...regions]).toEqual([['dal', 'fra']])
  expect(livechat.wire.exchanges).toHaveLength(3)
})

test('an expired customer token and a banned customer are distinguished', async () => {
  const { customer, accounts } = client()
  const session = await newCustomer({ accounts })
  livechat.customer(session.customerId).losesTokens()
  await expect(customer.listChats(session)).rejects.toMatchObject({ failure: 'credentials' })
  const again = await accounts.customerToken(session)
  livechat.customer(session.customerId).isBanned()
  await expect(customer.startChat(again, opening)).rejects.toMatchObject({ failure: 'banned' })
})

test('a token without the scope is a matter of credentials', async () => {
  const { configuration } = client({ agentAuthorization: agentAuthorization(livechat.credentials.minimalToken) })
  await expect(configuration.listWebhooks()).rejects.toMatchObject({ failure: 'credentials', type: 'authorization' })
})

test('an unknown redirect URI is a matter of credentials', async () => {
  const { accounts } = client({ redirectUri: 'https://elsewhere.test/abc' })
  await expect(accounts.customerToken()).rejects.toMatchObject({ failure: 'credentials' })
})

test('webhooks are registered, listed, enabled and taken back; the fourth is refused', async () => {
  const { configuration } = client()
  const registration = { action: 'incoming_event', url: 'https://hooks.acme.test/abc', secretKey: 's3cr3t' }
  const made = [1, 2, 3].map(() => configuration.registerWebhook(registration))
  const [first] = await Promise.all(made)
  await expect(configuration.registerWebhook(registration)).rejects.toMatchObject({ failure: 'refused' })
  expect(await configuration.listWebhooks()).toHaveLength(3)
  await configuration.unregisterWebhook({ id: first?.id ?? '' })
  await configuration.unregisterWebhook({ id: first?.id ?? '' })
  expect(await configuration.listWebhooks()).toHaveLength(2)
  expect(await configuration.getLicenseWebhooksState()).toHaveProperty('enabled')
  await configuration.enableLicenseWebhooks()
})

test('groups, agents and the token’s owner are read', async () => {
  const { configuration, accounts, agent } = client()
  expect(await configuration.getGroup(defaults.GENERAL_GROUP)).toMatchObject({ id: 0, name: 'General' })
  await expect(configuration.getGroup(99)).rejects.toMatchObject({ failure: 'not-found' })
  expect((await configuration.listGroups()).map(({ id }) => id)).toContain(defaults.SUPPORT_GROUP)
  expect((await configuration.listAgents()).map(({ id }) => id)).toContain(defaults.MARIA)
  expect((await agent.listRoutingStatuses()).map(({ agentId }) => agentId)).toContain(defaults.MARIA)
  expect(await accounts.organizationsMy()).toMatchObject({ organizationId: livechat.credentials.organizationId })
  expect(await accounts.accountsMe()).toMatchObject({ email: defaults.OWNER })
})

test('an agent is asked for, a thread is tagged and rated, a file arrives under LiveChat’s own address', async () => {
  const { customer, agent, accounts } = client()
  const session = await newCustomer({ accounts })
  const { chatId, threadId } = await customer.startChat(session, opening)
  await agent.transferChat({ chatId, agentId: AgentId.parse(defaults.MARIA) })
  await agent.tagThread({ chatId, threadId, tag: 'billing' })
  await customer.updateThreadProperties(session, {
    chatId,
    threadId,
    properties: { rating: { score: 1, comment: 'Thanks' } },
  })
  const content = new TextEncoder().encode('not really a picture')
  const url = await customer.uploadFile(session, { content, fileName: 'photo.png', contentType: 'image/png' })
  await customer.sendEvent(session, { chatId, threadId }, { type: 'file', url, customId: 'bp-file' })
  const { thread } = await agent.getChat({ chatId })
  expect(thread).toMatchObject({ tags: ['billing'], rating: { score: 1, comment: 'Thanks' } })
  expect(thread?.userIds).toContain(defaults.MARIA)
  const file = thread?.events.find(({ customId }) => customId === 'bp-file')
  expect(file).toMatchObject({ type: 'file', name: 'photo.png', contentType: 'image/png' })
})

const lostAnswers = ['refuse', 'reset-after', 'silence', 'answer', 'answer-after'] as const

test.each(lostAnswers)('a start, a resume and an event happen once although an answer is lost (%s)', async (kind) => {
  const { customer, agent, accounts } = client()
  const session = await newCustomer({ accounts })
  const lose = (operation: string) =>
    livechat.faults.add({ operation, kind, status: 502, body: '<html>Bad gateway</html>' })

  lose('customer/start_chat')
  const { chatId, threadId } = await customer.startChat(session, opening)
  lose('customer/send_event')
  const eventId = await customer.sendEvent(session, { chatId, threadId }, words('Hello', 'bp-2'))
  expect(livechat.store.locate(eventId)).toMatchObject({ event: { text: 'Hello' }, thread: { id: threadId } })
  expect(textsIn(chatId)).toEqual(['Conversation so far: …', 'I need a person', 'Hello'])

  lose('agent/deactivate_chat')
  await agent.deactivateChat({ chatId, threadId })
  lose('customer/resume_chat')
  const resumed = await customer.resumeChat(session, { ...opening, chatId, events: [words('Again', 'bp-again')] })
  expect(resumed).toEqual({ chatId, threadId: livechat.store.chats.get(chatId)?.threads.at(-1)?.id })
  expect(livechat.store.chats.get(chatId)?.threads).toHaveLength(2)
  expect(textsIn(chatId).filter((text) => text === 'Again')).toHaveLength(1)
})

test('a customer whose first answer is lost costs one customer more, and a known one none', async () => {
  const { accounts } = client()
  livechat.faults.add({ operation: 'accounts/token', kind: 'reset-after' })
  const { accessToken, customerId, cookieSecret = '' } = await accounts.customerToken()
  expect(accessToken).toBeTruthy()
  expect(livechat.store.customers.size).toBe(2)
  livechat.faults.add({ operation: 'accounts/token', kind: 'reset-after', times: 2 })
  expect(await accounts.customerToken({ customerId, cookieSecret })).toMatchObject({ customerId })
  expect(livechat.store.customers.size).toBe(2)
})

test('a chat that LiveChat does not know is not found', async () => {
  const { agent } = client()
  await expect(agent.getChat({ chatId: ChatId.parse('nowhere') })).rejects.toMatchObject({ failure: 'not-found' })
})
