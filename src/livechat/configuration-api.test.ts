import { afterEach, expect, test } from 'vitest'
import { createLiveChat } from './client'
import { AgentId, ChatId, ThreadId } from './ids'
import { serve, type LocalServer, type Received, type Reply } from './local-server.testing'

let server: LocalServer
afterEach(() => server.close())

async function apis(reply: (request: Received, nth: number) => Reply) {
  server = await serve(reply)
  return createLiveChat({
    apiUrl: server.url,
    organizationId: 'org',
    clientId: 'client',
    redirectUri: 'https://hooks.acme.test/abc',
    agentAuthorization: () => Promise.resolve('Basic cGFpcg=='),
    retries: { firstPauseMs: 1 },
  })
}
const bodyOf = (nth: number) => JSON.parse(server.received[nth]?.body ?? '') as unknown

const registration = {
  action: 'incoming_event',
  url: 'https://hooks.acme.test/abc',
  secretKey: 's3cr3t',
  description: 'livechat-hitl',
  filters: { author_type: 'agent' },
  additionalData: ['chat_properties'],
}

test('a webhook is registered for our client id', async () => {
  const { configuration } = await apis(() => ({ body: { id: 'wh1' } }))
  expect(await configuration.registerWebhook(registration)).toEqual({ id: 'wh1' })
  expect(server.received[0]).toMatchObject({
    path: '/v3.6/configuration/action/register_webhook',
    headers: { authorization: 'Basic cGFpcg==' },
  })
  expect(bodyOf(0)).toEqual({
    owner_client_id: 'client',
    action: 'incoming_event',
    url: 'https://hooks.acme.test/abc',
    secret_key: 's3cr3t',
    type: 'license',
    description: 'livechat-hitl',
    filters: { author_type: 'agent' },
    additional_data: ['chat_properties'],
  })
})

test('a registration whose answer was lost is not repeated: everything would come twice', async () => {
  const { configuration } = await apis(() => 'cut')
  await expect(configuration.registerWebhook(registration)).rejects.toMatchObject({ outcomeUnknown: true })
  expect(server.received).toHaveLength(1)
})

test('a registration whose answer was lost is found by what is listed besides those known', async () => {
  const { action, url } = registration
  const listed = [
    { id: 'before', action, url },
    { id: 'elsewhere', action, url: 'https://b' },
    { id: 'new', action, url },
  ]
  const { configuration } = await apis(({ path }) => (path.endsWith('list_webhooks') ? { body: listed } : 'cut'))
  expect(await configuration.registerWebhook(registration, new Set(['before']))).toMatchObject({ id: 'new' })
  expect(server.received).toHaveLength(2)
})

test('a registration that was surely not made is repeated', async () => {
  const { configuration } = await apis((_, nth) => (nth === 0 ? { status: 429 } : { body: { id: 'wh1' } }))
  expect(await configuration.registerWebhook(registration)).toEqual({ id: 'wh1' })
})

test('a webhook that is gone is unregistered', async () => {
  const { configuration } = await apis(() => ({ status: 404, body: { error: { type: 'not_found' } } }))
  await expect(configuration.unregisterWebhook({ id: 'wh1' })).resolves.toBeUndefined()
  expect(bodyOf(0)).toEqual({ id: 'wh1', owner_client_id: 'client' })
})

test('webhooks, their state, groups and agents are read in our words', async () => {
  const answers: Record<string, unknown> = {
    list_webhooks: [{ id: 'wh1', action: 'incoming_chat', url: 'https://a', owner_client_id: 'client' }, { odd: 1 }],
    get_license_webhooks_state: { license_webhooks_enabled: false },
    get_group: { id: 0, name: 'General', routing_status: 'offline', agent_priorities: { 'ada@acme.test': 'normal' } },
    list_groups: [{ id: 0, name: 'General', language_code: 'en' }, { id: 7 }],
    list_agents: [{ id: 'ada@acme.test', account_id: 'acc', avatar_path: 'cdn.acme.test/a.png', suspended: false }],
  }
  const { configuration } = await apis(({ path }) => ({ body: answers[path.split('/').at(-1) ?? ''] }))
  expect(await configuration.listWebhooks()).toMatchObject([{ id: 'wh1', action: 'incoming_chat', url: 'https://a' }])
  expect(await configuration.getLicenseWebhooksState()).toEqual({ enabled: false })
  expect(await configuration.getGroup(0)).toMatchObject({
    id: 0,
    routingStatus: 'offline',
    agentPriorities: { 'ada@acme.test': 'normal' },
  })
  expect(await configuration.listGroups()).toMatchObject([{ id: 0, languageCode: 'en' }, { id: 7 }])
  expect(await configuration.listAgents()).toMatchObject([
    { id: 'ada@acme.test', accountId: 'acc', avatar: 'https://cdn.acme.test/a.png' },
  ])
})

test('the agent side acts without being in the chat', async () => {
  const { agent } = await apis(() => ({}))
  const chatId = ChatId.parse('PJ0MRSHTDG')
  const threadId = ThreadId.parse('K600PKZON8')
  await agent.deactivateChat({ chatId, threadId })
  await agent.transferChat({ chatId, agentId: AgentId.parse('ada@acme.test') })
  await agent.tagThread({ chatId, threadId, tag: 'vip' })
  expect([bodyOf(0), bodyOf(1), bodyOf(2)]).toEqual([
    { id: chatId, ignore_requester_presence: true },
    { id: chatId, target: { type: 'agent', ids: ['ada@acme.test'] }, ignore_requester_presence: true },
    { chat_id: chatId, thread_id: threadId, tag: 'vip' },
  ])
})

test('a chat that is over is closed for the agent side too', async () => {
  const { agent } = await apis(() => ({ status: 422, body: { error: { type: 'chat_inactive' } } }))
  const thread = { chatId: ChatId.parse('PJ0MRSHTDG'), threadId: ThreadId.parse('K600PKZON8') }
  await expect(agent.deactivateChat(thread)).resolves.toBeUndefined()
})

test('routing statuses come in one spelling', async () => {
  const { agent } = await apis(() => ({ body: [{ agent_id: 'ada@acme.test', status: 'accepting chats' }] }))
  expect(await agent.listRoutingStatuses({ groupIds: [0] })).toEqual([
    { agentId: 'ada@acme.test', status: 'accepting_chats' },
  ])
  expect(bodyOf(0)).toEqual({ filters: { group_ids: [0] } })
})
