import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clientFor } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()
const client = both.client()
let userId = ''
let conversationId = ''
beforeEach(async () => {
  userId = (await client.createUser({ tags: {} })).user.id
  conversationId = (await client.createConversation({ channel: 'hitl', tags: { ticket: 'T1' } })).conversation.id
})

afterEach(() => void vi.useRealTimers())

const bot = () => clientFor(both.botpress.url, { botId: both.installation.botId })
const typeOf = (work: Promise<unknown>) => work.then(() => 'done').catch((error: { type: string }) => error.type)

describe('patchState', () => {
  const at = () => ({ type: 'user', id: userId, name: 'customer' }) as const
  const stored = async () => (await client.getState(at())).state.payload
  const patch = (payload: object) => typeOf(client.patchState({ ...at(), payload: payload as { token: string } }))

  test.each([
    { mode: 'merges', answer: 'done', left: { token: 'a', region: 'eu' } },
    { mode: 'replaces', answer: 'done', left: { region: 'eu' } },
    { mode: 'checks', answer: 'InvalidDataFormat', left: { token: 'a' } },
    { mode: 'refuses', answer: 'InvalidPayload', left: { token: 'a' } },
  ] as const)('$mode, with a required key left out: $answer', async ({ mode, answer, left }) => {
    await client.setState({ ...at(), payload: { token: 'a' } })
    both.botpress.settings.patchState = mode
    expect(await patch({ region: 'eu' })).toBe(answer)
    expect(await stored()).toEqual(left)
  })

  test('a payload that is whole passes where it is checked, and keeps the other keys', async () => {
    await client.setState({ ...at(), payload: { token: 'a', region: 'eu' } as { token: string } })
    both.botpress.settings.patchState = 'checks'
    expect(await patch({ token: 'b' })).toBe('done')
    expect(await stored()).toEqual({ token: 'b', region: 'eu' })
  })

  test.each(['merges', 'replaces', 'checks'] as const)('%s: a state that was never set is not found', async (mode) => {
    both.botpress.settings.patchState = mode
    expect(await patch({ token: 'a' })).toBe('ResourceNotFound')
  })
})

describe('updatedAt of a conversation', () => {
  const updatedAt = async () => (await client.getConversation({ id: conversationId })).conversation.updatedAt
  const asIntegration = () => client.updateConversation({ id: conversationId, tags: { ended: 'us' } })
  const asPlugin = () => bot().updateConversation({ id: conversationId, tags: { 'hitl#upstream': 'x' } })
  const byMessage = () =>
    client.createMessage({ type: 'text', payload: { text: 'Hi' }, userId, conversationId, tags: {} })
  const found = () =>
    client.getOrCreateConversation({ channel: 'hitl', tags: { ticket: 'T1' }, discriminateByTags: ['ticket'] })

  test.each([
    { what: 'integrationTags', name: 'tags of the integration', write: asIntegration },
    { what: 'integrationTags', name: 'get-or-create that finds it', write: found },
    { what: 'pluginTags', name: 'tags of the plugin', write: asPlugin },
    { what: 'messages', name: 'a new message', write: byMessage },
  ] as const)('is moved by $name or not', async ({ what, write }) => {
    for (const moves of [true, false]) {
      both.botpress.settings.movesUpdatedAt[what] = moves
      const before = await updatedAt()
      await write()
      expect((await updatedAt()) !== before).toBe(moves)
    }
  })

  test('by default tags move it, and messages do not', () => {
    expect(both.botpress.settings.movesUpdatedAt).toEqual({ integrationTags: true, pluginTags: true, messages: false })
  })
})

describe('two calls at once', () => {
  /** Both have come by then, however busy the machine is. */
  const RACE_WINDOW_MS = 500
  const user = () => client.getOrCreateUser({ tags: { email: 'e' }, discriminateByTags: ['email'] })
  const conversation = () =>
    client.getOrCreateConversation({ channel: 'hitl', tags: { ticket: 'T2' }, discriminateByTags: ['ticket'] })
  const content = () => ({ type: 'text', payload: { text: 'Hi' }, userId, conversationId })
  const message = () =>
    client.getOrCreateMessage({ ...content(), tags: { eventId: 'e' }, discriminateByTags: ['eventId'] })
  const incoming = () =>
    client.initializeIncomingMessage({ user: { tags: { email: 'i' }, discriminateByTags: ['email'] }, conversationId })

  test.each([
    { name: 'getOrCreateUser', make: async () => (await user()).user.id },
    { name: 'getOrCreateConversation', make: async () => (await conversation()).conversation.id },
    { name: 'getOrCreateMessage', make: async () => (await message()).message.id },
    { name: 'initializeIncomingMessage', make: async () => (await incoming()).user.id },
  ])('$name makes one object where it is atomic, two where it is not', async ({ make }) => {
    for (const atomic of [false, true]) {
      both.botpress.reset()
      userId = (await client.createUser({ tags: {} })).user.id
      conversationId = (await client.createConversation({ channel: 'hitl', tags: {} })).conversation.id
      Object.assign(both.botpress.settings, { getOrCreateAtomic: atomic, raceWindowMs: RACE_WINDOW_MS })
      expect(new Set(await Promise.all([make(), make()])).size).toBe(atomic ? 1 : 2)
    }
  })

  test('getOrSetState: not atomic, each is answered with its own payload and the last write stays', async () => {
    const at = { type: 'conversation', id: conversationId, name: 'ticket' } as const
    const claim = async (owner: string) => (await client.getOrSetState({ ...at, payload: { owner } })).state.payload
    Object.assign(both.botpress.settings, { getOrSetAtomic: false, raceWindowMs: RACE_WINDOW_MS })
    expect(await Promise.all([claim('a'), claim('b')])).toEqual([{ owner: 'a' }, { owner: 'b' }])
    expect([{ owner: 'a' }, { owner: 'b' }]).toContainEqual((await client.getState(at)).state.payload)
    expect(await claim('c')).toEqual((await client.getState(at)).state.payload)
  })

  test('getOrSetState: atomic, both are answered with the first, whatever get-or-create is', async () => {
    const at = { type: 'conversation', id: conversationId, name: 'ticket' } as const
    both.botpress.settings.getOrCreateAtomic = false
    const claim = async (owner: string) => (await client.getOrSetState({ ...at, payload: { owner } })).state.payload
    const [first, second] = await Promise.all([claim('a'), claim('b')])
    expect(first).toEqual(second)
  })
})

describe('a lag of tag lookups', () => {
  const byTicket = async (ticket: string) => (await client.listConversations({ tags: { ticket } })).conversations.length
  const settings = both.botpress.settings

  /** Tags written before this are old enough to be found. */
  function lagFromNow() {
    const { conversations, users, messages } = both.botpress.store
    for (const rows of [conversations, users, messages]) {
      for (const { taggings } of rows.values()) for (const tagging of taggings) tagging.atMs = 0
    }
    settings.tagLookupLagMs = 60_000
  }

  test('an object is found by a changed tag later, and by the former one until then', async () => {
    lagFromNow()
    await client.updateConversation({ id: conversationId, tags: { ticket: 'T9' } })
    expect([await byTicket('T1'), await byTicket('T9')]).toEqual([1, 0])
    const read = await client.getConversation({ id: conversationId })
    expect(read.conversation.tags.ticket).toBe('T9')
    settings.tagLookupLagMs = 0
    expect([await byTicket('T1'), await byTicket('T9')]).toEqual([0, 1])
  })

  test('get-or-create does not find it by a changed tag either', async () => {
    lagFromNow()
    await client.updateConversation({ id: conversationId, tags: { ticket: 'T9' } })
    const wanted = { channel: 'hitl', tags: { ticket: 'T9' }, discriminateByTags: ['ticket'] }
    const { conversation } = await client.getOrCreateConversation(wanted)
    expect(conversation.id).not.toBe(conversationId)
  })

  test.each([
    { name: 'users', list: async () => (await client.listUsers({ tags: { email: 'e' } })).users.length },
    { name: 'messages', list: async () => (await client.listMessages({ tags: { eventId: 'e' } })).messages.length },
  ])('new $name are found by their tags later', async ({ list }) => {
    lagFromNow()
    await client.createUser({ tags: { email: 'e' } })
    const content = { type: 'text', payload: { text: 'Hi' }, userId, conversationId }
    await client.createMessage({ ...content, tags: { eventId: 'e' } })
    expect(await list()).toBe(0)
    settings.tagLookupLagMs = 0
    expect(await list()).toBe(1)
  })

  test('it ends after that many milliseconds', async () => {
    settings.tagLookupLagMs = 50
    await client.updateConversation({ id: conversationId, tags: { ticket: 'T9' } })
    await expect.poll(() => byTicket('T9')).toBe(1)
  })

  test('a list without tags knows everything at once', async () => {
    lagFromNow()
    const content = { type: 'text', payload: { text: 'Hi' }, userId, conversationId }
    await client.createMessage({ ...content, tags: { eventId: 'e' } })
    expect((await client.listMessages({ conversationId })).messages).toHaveLength(1)
  })
})

test('the expiry of a state counts idle time: reading begins it anew', async () => {
  const at = { type: 'user', id: userId, name: 'customer' } as const
  const start = Date.now()
  const readAt = async (ms: number) => {
    vi.setSystemTime(start + ms)
    return typeOf(client.getState(at))
  }
  vi.useFakeTimers({ toFake: ['Date'], now: start })
  await client.setState({ ...at, payload: { token: 'a' }, expiry: 1_000 })
  expect(await readAt(800)).toBe('done')
  expect(await readAt(1_600)).toBe('done')
  expect(await readAt(2_600)).toBe('ResourceNotFound')
})

test('the dates of a list are inclusive', async () => {
  const { createdAt } = (await client.getConversation({ id: conversationId })).conversation
  const count = async (dates: { afterDate?: string; beforeDate?: string }) =>
    (await client.listConversations(dates)).conversations.length
  expect(await count({ afterDate: createdAt })).toBe(1)
  expect(await count({ beforeDate: createdAt })).toBe(1)
  expect(await count({ afterDate: new Date(Date.parse(createdAt) + 1).toISOString() })).toBe(0)
})

type Content = Parameters<typeof client.getOrCreateMessage>[0]

test('getOrCreateMessage needs no payload for what it finds, and keeps it', async () => {
  const content = { type: 'text', userId, conversationId, tags: { eventId: 'e' }, discriminateByTags: ['eventId'] }
  await client.getOrCreateMessage({ ...content, payload: { text: 'Hi' } })
  // The client's types are of an older version, in which the payload is required.
  const withoutPayload = content as Partial<Content> as Content
  expect((await client.getOrCreateMessage(withoutPayload)).message.payload).toEqual({ text: 'Hi' })
  const unknown = { ...withoutPayload, tags: { eventId: 'other' } }
  expect(await typeOf(client.getOrCreateMessage(unknown))).toBe('InvalidDataFormat')
})

test('settings are changed group by group, and undefined changes nothing', async () => {
  const { applySettings, defaultSettings } = await import('../../sandbox/botpress/settings')
  const settings = defaultSettings()
  applySettings(settings, { plugin: { callMs: 5 }, processing: { concurrent: true }, pageSize: undefined })
  const { plugin, processing, pageSize } = defaultSettings()
  expect(settings).toMatchObject({
    plugin: { ...plugin, callMs: 5 },
    processing: { ...processing, concurrent: true },
    pageSize,
  })
})
