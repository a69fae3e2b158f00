import { describe, expect, test } from 'vitest'
import type { Payload } from '../../sandbox/botpress'
import { clientFor } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()

const callsOf = (type: string) => both.fake.calls.filter((call) => call.type === type)
const inputOf = (type: string) => callsOf(type)[0]?.body.input as Payload | undefined
const textsOf = (conversationId: string) => both.botpress.messagesIn(conversationId).map(({ payload }) => payload.text)
const HANDOFF = 'I have escalated this conversation to a human agent. They should be with you shortly.'

test('startHitl gets the linked user, the history with the handoff text last, and no absent keys', async () => {
  const ada = both.botpress.customer({ name: 'Ada' })
  await ada.says('Hours?')
  await both.botpress.handOver(ada, { title: 'Help', hitlSession: { groupId: '' }, userEmail: 'ada@example.com' })
  const userId = both.botpress.store.users.get(ada.userId)?.object.tags['hitl#downstream']
  expect(inputOf('startHitl')).toEqual({
    title: 'Help',
    hitlSession: { groupId: '' },
    userId,
    messageHistory: [
      { source: { type: 'user', userId }, type: 'text', payload: { text: 'Hours?' } },
      { source: { type: 'bot' }, type: 'text', payload: { text: 'We are open Monday to Friday, 9 to 17 h.' } },
      { source: { type: 'bot' }, type: 'text', payload: { type: 'text', text: HANDOFF } },
    ],
  })
})

test('the two conversations are linked and both sides are active afterwards', async () => {
  const ada = both.botpress.customer({})
  const said = await ada.says('Hi')
  const { downstreamId = '' } = await both.botpress.handOver(ada)
  const conversation = (id: string) => both.botpress.store.conversations.get(id)?.object
  expect(conversation(ada.conversationId)?.tags).toMatchObject({
    'hitl#downstream': downstreamId,
    'hitl#startMessageId': said.id,
  })
  expect(conversation(downstreamId)).toMatchObject({
    integration: 'desk',
    tags: { 'hitl#upstream': ada.conversationId },
  })
  for (const id of [ada.conversationId, downstreamId]) expect(both.botpress.isActive(id)).toBe(true)
  expect(both.botpress.stateOf('conversation', ada.conversationId, 'hitl#initiatingUser')).toEqual({
    upstreamUserId: ada.userId,
  })
})

test('the integration never sees tags of the plugin', async () => {
  const ada = both.botpress.customer({})
  await ada.says('Hi')
  const { downstreamId = '' } = await both.botpress.handOver(ada)
  const read = async () => (await both.client().getConversation({ id: downstreamId })).conversation.tags
  expect(Object.keys(await read())).toEqual(['ticket'])
  both.botpress.settings.integrationSees = 'everything'
  expect(Object.keys(await read())).toContain('hitl#upstream')
})

test('the history is one page', async () => {
  both.botpress.settings.pageSize = 2
  const ada = both.botpress.customer({})
  for (const text of ['one', 'two', 'three']) await ada.says(text)
  await both.botpress.handOver(ada)
  expect(inputOf('startHitl')?.messageHistory).toHaveLength(2)
})

describe('what the plugin ignores', () => {
  test('a second start while active, or without anything new said', async () => {
    const ada = both.botpress.customer({})
    await ada.says('Hi')
    await both.botpress.handOver(ada)
    await expect(both.botpress.handOver(ada)).rejects.toThrow('ignored')
    await both.botpress.stopHitl(ada)
    await expect(both.botpress.handOver(ada)).rejects.toThrow('ignored')
    await ada.says('Again')
    await both.botpress.handOver(ada)
    expect(callsOf('startHitl')).toHaveLength(2)
  })

  test.each([
    { version: '1.4.2', alias: 'desk2', ignored: true },
    { version: '1.3.0', alias: 'desk', ignored: true },
    // 1.3.0 compares with the name and takes the conversation of an alias for an upstream one.
    { version: '1.3.0', alias: 'desk2', ignored: false },
  ] as const)('$version as $alias: a start in our own conversation: $ignored', async ({ version, alias, ignored }) => {
    both.botpress.settings.plugin.version = version
    const bot = both.botpress.install({ integrationUrl: both.fake.url, configuration: {}, alias })
    const client = clientFor(both.botpress.url, bot)
    const { conversation } = await client.createConversation({ channel: 'hitl', tags: {} })
    await bot.startHitl({ userId: bot.customer({}).userId, conversationId: conversation.id })
    expect(callsOf('startHitl')).toHaveLength(ignored ? 0 : 1)
  })
})

describe('when the integration fails', () => {
  const refuse = { status: 400, body: { id: 'err_1', code: 400, type: 'Runtime', message: 'Nobody is there' } }

  test('the bot gets its sentence, nothing is linked, and a retry is accepted', async () => {
    both.fake.on('startHitl', () => refuse)
    const ada = both.botpress.customer({})
    await ada.says('Hi')
    await expect(both.botpress.startHitl(ada)).rejects.toThrow('Nobody is there')
    expect(both.installation.sessions).toMatchObject([{ phase: 'failed', reason: 'Nobody is there' }])
    expect(both.botpress.isActive(ada.conversationId)).toBe(false)
    expect(textsOf(ada.conversationId)).toContain(HANDOFF)
    both.fake.reset()
    await both.botpress.handOver(ada)
    expect(callsOf('createUser')).toHaveLength(0)
  })

  test('the scripted bot notifies the customer', async () => {
    both.fake.on('startHitl', () => refuse)
    const ada = both.botpress.customer({})
    await ada.says('agent please')
    expect(ada.sees().at(-1)?.text).toBe('Sorry, I could not reach a human: Nobody is there')
  })

  test('a conversation that does not exist is not accepted', async () => {
    const conversationId = 'conv_00000000000000000000000000'
    both.fake.on('startHitl', () => ({ body: { output: { conversationId } } }))
    await expect(both.botpress.startHitl(both.botpress.customer({}))).rejects.toMatchObject({
      type: 'ResourceNotFound',
    })
  })

  test('an output that is not as declared is not accepted', async () => {
    both.fake.on('startHitl', () => ({ body: { output: { chat: 'x' } } }))
    await expect(both.botpress.startHitl(both.botpress.customer({}))).rejects.toMatchObject({
      type: 'InvalidDataFormat',
    })
  })
})

describe('texts of the plugin', () => {
  test.each([
    { name: 'unset is the default', text: undefined, said: [HANDOFF] },
    { name: 'empty is the default', text: '', said: [HANDOFF] },
    { name: 'NULL says nothing', text: 'NULL', said: [] },
    { name: 'another text replaces it', text: 'One moment', said: ['One moment'] },
  ])('$name', async ({ text, said }) => {
    const ada = both.botpress.customer({})
    const configurationOverrides = text === undefined ? {} : { onHitlHandoffMessage: text }
    await both.botpress.handOver(ada, { configurationOverrides })
    expect(textsOf(ada.conversationId)).toEqual(said)
  })
})

describe('createUser', () => {
  test.each([
    { name: 'a known name, the address of the card', who: { name: 'Ada' }, userEmail: 'a@b.c', given: { name: 'Ada' } },
    { name: 'no name', who: {}, userEmail: 'a@b.c', given: { name: 'Unknown User' } },
    {
      name: 'a picture',
      who: { pictureUrl: 'https://x.y/z' },
      userEmail: 'a@b.c',
      given: { pictureUrl: 'https://x.y/z' },
    },
  ])('$name', async ({ who, userEmail, given }) => {
    await both.botpress.handOver(both.botpress.customer(who), { userEmail })
    expect(inputOf('createUser')).toMatchObject({ ...given, email: userEmail })
  })

  test('without an address one is made up, with no underscore in its host', async () => {
    const ada = both.botpress.customer({})
    await both.botpress.handOver(ada)
    const host = both.installation.botId.replaceAll('_', '-')
    expect(inputOf('createUser')?.email).toBe(`${ada.userId}@no-reply.${host}.botpress.com`)
  })

  test('it is called once for the customer, and for each message of another author in the history, all at once', async () => {
    const ada = both.botpress.customer({ name: 'Ada' })
    const bob = both.botpress.customer({ name: 'Bob', joins: ada })
    await bob.says('one')
    await bob.says('two')
    await both.botpress.handOver(ada, { userEmail: 'ada@example.com' })
    expect(callsOf('createUser').map(({ body }) => (body.input as Payload).name)).toEqual(['Ada', 'Bob', 'Bob'])
    expect((callsOf('createUser')[1]?.body.input as Payload).email).toMatch(/@no-reply\./)
  })

  test('it is not called for a user who is linked, unless the linked user is gone', async () => {
    const ada = both.botpress.customer({})
    await ada.says('Hi')
    await both.botpress.handOver(ada)
    await both.botpress.stopHitl(ada)
    await ada.says('Hi again')
    await both.botpress.handOver(ada)
    expect(callsOf('createUser')).toHaveLength(1)
    await both.botpress.stopHitl(ada)
    const linked = both.botpress.store.users.get(ada.userId)?.object.tags['hitl#downstream'] ?? ''
    await both.client().deleteUser({ id: linked })
    await ada.says('Once more')
    await both.botpress.handOver(ada)
    expect(callsOf('createUser').length).toBeGreaterThan(1)
  })

  test.each([
    { version: '1.3.0', alias: undefined },
    { version: '1.4.2', alias: 'desk' },
  ] as const)('$version writes the alias on linked users: $alias', async ({ version, alias }) => {
    both.botpress.settings.plugin.version = version
    const ada = both.botpress.customer({})
    await both.botpress.handOver(ada)
    const { tags = {} } = both.botpress.store.users.get(ada.userId)?.object ?? {}
    expect(tags['hitl#integrationName']).toBe('desk')
    expect(tags['hitl#integrationAlias']).toBe(alias)
  })
})

test('the bot reads all tags, those of the integration under its alias', async () => {
  const ada = both.botpress.customer({})
  const { downstreamId = '' } = await both.botpress.handOver(ada)
  const bot = clientFor(both.botpress.url, { botId: both.installation.botId })
  const { conversation } = await bot.getConversation({ id: downstreamId })
  expect(Object.keys(conversation.tags).sort()).toEqual(['desk:ticket', 'hitl#upstream'])
})
