import { describe, expect, test } from 'vitest'
import type { Payload, User } from '../../sandbox/botpress'
import { agentSays, clientFor, newAgent } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()

const VERSIONS = ['1.3.0', '1.4.2'] as const
const JOINED = 'A human agent has joined the conversation.'

/** A session with an agent user that exists but was not announced. */
async function live({ channel = 'webchat', bot = both.installation } = {}) {
  const ada = bot.customer({ name: 'Ada', channel })
  await ada.says('Hi')
  const { downstreamId = '' } = await bot.handOver(ada, { userEmail: 'ada@example.com' })
  const grace = await newAgent(both.client())
  const says = async (text: string, by: User = grace) => {
    const { message } = await agentSays(both.client(), downstreamId, by.id, text)
    await both.botpress.idle()
    return message
  }
  const assigned = async (userId = grace.id) => {
    await both.client().createEvent({ type: 'hitlAssigned', payload: { conversationId: downstreamId, userId } })
    await both.botpress.idle()
  }
  const texts = () => ada.sees().map(({ from, text }) => `${from}: ${text}`)
  const delivered = () => both.fake.calls.filter(({ operation }) => operation === 'message_created')
  return { ada, grace, downstreamId, says, assigned, texts, delivered }
}

const joinedCount = (texts: string[]) => texts.filter((text) => text === `bot: ${JOINED}`).length

describe.each(VERSIONS)('customer to agent, %s', (version) => {
  test('the payload passes whole, with type and author, and its tag only from 1.4.0 on', async () => {
    both.botpress.settings.plugin.version = version
    const { ada, downstreamId, delivered } = await live()
    const said = await ada.sends({ type: 'text', payload: { text: 'Hello', extra: 1 } })
    await both.botpress.idle()
    const [call] = delivered()
    const author = both.botpress.store.users.get(ada.userId)?.object.tags['hitl#downstream']
    expect(call?.body).toMatchObject({
      type: 'text',
      payload: { type: 'text', text: 'Hello', extra: 1, userId: author },
      conversation: { id: downstreamId, channel: 'hitl', integration: 'desk' },
      user: { id: both.installation.botUserId },
      message: { userId: both.installation.botUserId, conversationId: downstreamId, direction: 'outgoing', tags: {} },
    })
    const [stored] = both.botpress.messagesIn(downstreamId)
    expect(stored?.tags).toEqual(version === '1.4.2' ? { 'hitl#upstream': said.id } : {})
  })

  test('other types are explained to the customer and go nowhere', async () => {
    both.botpress.settings.plugin.version = version
    const { ada, delivered } = await live()
    await ada.sends({ type: 'location', payload: { latitude: 1, longitude: 2 } })
    expect(ada.sees().at(-1)).toMatchObject({ from: 'bot', text: expect.stringContaining('Sorry') as string })
    expect(delivered()).toEqual([])
  })
})

describe('customer to agent', () => {
  test.each(['image', 'audio', 'video', 'file'])('%s passes', async (type) => {
    const { ada, delivered } = await live()
    await ada.sends({ type, payload: { [`${type}Url`]: 'https://x.y/z' } })
    await both.botpress.idle()
    expect(delivered()).toHaveLength(1)
  })

  test('each author of a group conversation has an own id; one who was never linked breaks the upstream side', async () => {
    const ada = both.botpress.customer({ name: 'Ada' })
    const bob = both.botpress.customer({ name: 'Bob', joins: ada })
    const eve = both.botpress.customer({ name: 'Eve', joins: ada })
    await bob.says('Hi')
    const { downstreamId = '' } = await both.botpress.handOver(ada)
    await ada.says('one')
    await bob.says('two')
    await both.botpress.idle()
    const authors = both.fake.calls
      .filter(({ operation }) => operation === 'message_created')
      .map(({ body }) => (body.payload as Payload).userId)
    expect(new Set(authors).size).toBe(2)
    await eve.says('three')
    expect(both.botpress.isActive(ada.conversationId)).toBe(false)
    expect(both.botpress.isActive(downstreamId)).toBe(true)
  })

  test('a delivery can be doubled', async () => {
    const { ada, delivered } = await live()
    both.botpress.settings.messageDeliveries = 2
    await ada.says('Hello')
    await both.botpress.idle()
    expect(delivered()).toHaveLength(2)
  })

  test('a delivery that fails is noted and not repeated', async () => {
    const { ada, delivered } = await live()
    both.fake.on('message_created', () => ({ status: 400, body: { type: 'Runtime', message: 'chat closed' } }))
    await ada.says('Hello')
    await both.botpress.idle()
    expect(delivered()).toHaveLength(1)
    expect(both.installation.failures).toEqual([expect.stringContaining('chat closed')])
  })
})

describe.each(VERSIONS)('agent to customer, %s', (version) => {
  test('the first message assigns its author, once', async () => {
    both.botpress.settings.plugin.version = version
    const { says, texts, grace, ada, downstreamId } = await live()
    await says('Hello')
    await says('How can I help?')
    expect(texts().slice(-3)).toEqual([`bot: ${JOINED}`, 'agent: Hello', 'agent: How can I help?'])
    for (const id of [ada.conversationId, downstreamId]) {
      expect(both.botpress.store.conversations.get(id)?.object.tags).toMatchObject({
        'hitl#humanAgentId': grace.id,
        'hitl#humanAgentName': 'Grace',
      })
    }
  })

  test('the upstream message carries its origin only from 1.4.0 on', async () => {
    both.botpress.settings.plugin.version = version
    const { says, ada } = await live()
    const message = await says('Hello')
    const tags = both.botpress.messagesIn(ada.conversationId).at(-1)?.tags
    expect(tags).toEqual(version === '1.4.2' ? { 'hitl#downstream': message.id } : {})
  })

  test('an integration installed under another name than its own works only with the newer one', async () => {
    both.botpress.settings.plugin.version = version
    const bot = both.botpress.install({ integrationUrl: both.fake.url, configuration: {}, alias: 'desk2' })
    const ada = bot.customer({})
    await ada.says('Hi')
    const { downstreamId = '' } = await bot.handOver(ada)
    const client = clientFor(both.botpress.url, bot)
    const grace = await newAgent(client)
    await agentSays(client, downstreamId, grace.id, 'Hello')
    await both.botpress.idle()
    const said = ada.sees().filter(({ from }) => from === 'agent')
    expect(said).toHaveLength(version === '1.4.2' ? 1 : 0)
    expect(both.botpress.isActive(downstreamId)).toBe(version === '1.4.2')
    expect(both.botpress.isActive(ada.conversationId)).toBe(true)
    const told = both.botpress.messagesIn(downstreamId).at(-1)?.payload.text
    if (version === '1.3.0') expect(told).toContain('Something went wrong')
  })
})

describe('agent to customer', () => {
  test('webchat shows the name of the agent, others the bot', async () => {
    const web = await live()
    await web.says('Hello')
    expect(web.ada.sees().at(-1)).toMatchObject({ name: 'Grace', payload: { userId: expect.any(String) as string } })
    const phone = await live({ channel: 'whatsapp' })
    await phone.says('Hello')
    expect(phone.ada.sees().at(-1)?.payload.userId).toBeUndefined()
  })

  test('an author who does not exist makes the hook fail', async () => {
    const { downstreamId, grace, ada } = await live()
    both.botpress.hold()
    await agentSays(both.client(), downstreamId, grace.id, 'Hello')
    await both.client().deleteUser({ id: grace.id })
    both.botpress.release()
    await both.botpress.idle()
    expect(both.installation.failures).toEqual([expect.stringContaining('ResourceNotFound')])
    expect(ada.sees().filter(({ from }) => from === 'agent')).toEqual([])
  })

  test('additionalData passes with interface 2.1.0 alone', async () => {
    const { downstreamId, grace, ada } = await live()
    const message = {
      ...{ type: 'text', payload: { text: 'Hello', additionalData: 'x' }, tags: {} },
      ...{ userId: grace.id, conversationId: downstreamId },
    }
    await expect(both.client().createMessage(message)).rejects.toMatchObject({ type: 'InvalidDataFormat' })
    both.botpress.settings.hitlInterface = '2.1.0'
    await both.client().createMessage(message)
    await both.botpress.idle()
    expect(both.botpress.messagesIn(ada.conversationId).at(-1)?.tags['hitl#additionalData']).toBe('x')
  })

  test('messages and events wait while held, and go in the chosen order', async () => {
    const { downstreamId, grace, texts } = await live()
    both.botpress.hold()
    await agentSays(both.client(), downstreamId, grace.id, 'Hello')
    const payload = { conversationId: downstreamId, userId: grace.id }
    const { event } = await both.client().createEvent({ type: 'hitlAssigned', payload })
    await both.botpress.idle()
    expect((await both.client().getEvent({ id: event.id })).event.status).toBe('pending')
    both.botpress.settings.processing.order = 'events-first'
    both.botpress.release()
    await both.botpress.idle()
    expect(texts().slice(-2)).toEqual([`bot: ${JOINED}`, 'agent: Hello'])
    expect((await both.client().getEvent({ id: event.id })).event.status).toBe('processed')
  })

  test('message before event announces the agent twice', async () => {
    const { downstreamId, grace, texts } = await live()
    both.botpress.settings.processing.order = 'messages-first'
    both.botpress.hold()
    await both
      .client()
      .createEvent({ type: 'hitlAssigned', payload: { conversationId: downstreamId, userId: grace.id } })
    await agentSays(both.client(), downstreamId, grace.id, 'Hello')
    await both.botpress.idle()
    both.botpress.release()
    await both.botpress.idle()
    expect(joinedCount(texts())).toBe(2)
  })
})

describe('hitlAssigned', () => {
  test('the customer is notified of every one', async () => {
    const { assigned, texts } = await live()
    await assigned()
    await assigned()
    expect(joinedCount(texts())).toBe(2)
  })

  test('an agent without a name is "A Human Agent"', async () => {
    const { assigned, ada } = await live()
    const { user } = await both.client().createUser({ tags: {} })
    await assigned(user.id)
    const { tags } = both.botpress.store.conversations.get(ada.conversationId)?.object ?? {}
    expect(tags?.['hitl#humanAgentName']).toBe('A Human Agent')
  })

  test('an unknown user makes the event fail, and nothing is shown', async () => {
    const { assigned, texts } = await live()
    await assigned('user_00000000000000000000000000')
    expect(joinedCount(texts())).toBe(0)
    expect(both.botpress.eventsOf('hitlAssigned')[0]).toMatchObject({ status: 'failed' })
  })

  test("the customer's own user as agent loses its link on webchat", async () => {
    const { assigned, ada } = await live()
    const own = both.botpress.store.users.get(ada.userId)?.object.tags['hitl#downstream'] ?? ''
    await assigned(own)
    expect(both.botpress.store.users.get(own)?.object.tags['hitl#upstream']).not.toBe(ada.userId)
  })
})

describe('events of our own', () => {
  test.each([
    { name: 'about an active conversation are swallowed', active: true, status: 'processed', reaches: 0 },
    { name: 'about an inactive one reach the bot', active: false, status: 'processed', reaches: 1 },
  ])('$name', async ({ active, status, reaches }) => {
    const { ada, downstreamId } = await live()
    if (!active) await both.botpress.stopHitl(ada)
    await both.client().createEvent({ type: 'queued', payload: { conversationId: downstreamId } })
    await both.botpress.idle()
    expect(both.botpress.botEvents.filter(({ type }) => type === 'desk:queued')).toHaveLength(reaches)
    expect(both.botpress.eventsOf('queued')[0]?.status).toBe(status)
  })

  test('a conversation named beside the payload counts as well', async () => {
    const { downstreamId } = await live()
    await both.client().createEvent({ type: 'queued', payload: {}, conversationId: downstreamId })
    await both.botpress.idle()
    expect(both.botpress.botEvents).toEqual([])
  })

  test('without any conversation they reach the bot', async () => {
    await both.client().createEvent({ type: 'queued', payload: { chatId: 'QA1' } })
    await both.botpress.idle()
    expect(both.botpress.botEvents).toMatchObject([{ type: 'desk:queued', payload: { chatId: 'QA1' } }])
  })

  test('a foreign id under conversationId makes them fail', async () => {
    await both.client().createEvent({ type: 'queued', payload: { conversationId: 'QA1' } })
    await both.botpress.idle()
    expect(both.botpress.eventsOf('queued')[0]).toMatchObject({
      status: 'failed',
      failureReason: expect.stringContaining('QA1') as string,
    })
  })
})
