import { expect, test } from 'vitest'
import { ChatList } from './responses'
import { ChatShape, EventShape, UserShape } from './schemas'
import { withScheme } from './shape'

const event = { id: 'T1_1', type: 'message', created_at: '2026-02-03T10:11:12.130000Z', text: 'Hello' }

test('an event is read into our words', () => {
  const raw = {
    ...event,
    author_id: 'ada@acme.test',
    custom_id: 'bp-1',
    visibility: 'all',
    properties: { lc2: { welcome_message: true }, source: { client_id: 'app' } },
    something_new: { a: 1 },
  }
  expect(EventShape.parse(raw)).toEqual({
    id: 'T1_1',
    type: 'message',
    createdAt: '2026-02-03T10:11:12.130000Z',
    text: 'Hello',
    authorId: 'ada@acme.test',
    customId: 'bp-1',
    visibility: 'all',
    isWelcome: true,
    sourceClientId: 'app',
  })
})

test.each([
  ...['all', 'All', ' ALL '].map((given) => ({ given: { visibility: given }, visibility: 'all' })),
  ...[{}, { visibility: null }, { visibility: '' }, { visibility: ' ', recipients: null }].map((given) => ({
    given,
    visibility: undefined,
  })),
  ...[
    { visibility: '', recipients: 'agents' },
    { visibility: null, recipients: 'Agents' },
  ].map((given) => ({
    given,
    visibility: 'agents',
  })),
  ...[7, false, ['all'], ['agents'], {}].map((given) => ({ given: { visibility: given }, visibility: 'unreadable' })),
])('an event of $given has the visibility $visibility', ({ given, visibility }) => {
  expect(EventShape.parse({ id: 'T1_1', type: 'message', ...given }).visibility).toBe(visibility)
})

test('an empty custom id is none, and the old name of the visibility is read', () => {
  expect(EventShape.parse({ ...event, custom_id: '', recipients: 'agents' })).toMatchObject({
    customId: undefined,
    visibility: 'agents',
  })
})

test('a rich message keeps what it has: elements and buttons without all their fields', () => {
  const elements = [
    { title: 'Pick', buttons: [{ text: 'Yes', postback_id: 'p' }, { type: 'url', value: 'https://a' }, 7] },
    { image: { url: 'cdn.acme.test/a.png', content_type: 'image/png' } },
  ]
  expect(EventShape.parse({ ...event, type: 'rich_message', template_id: 'cards', elements })).toMatchObject({
    templateId: 'cards',
    elements: [
      {
        title: 'Pick',
        buttons: [
          { text: 'Yes', postbackId: 'p' },
          { type: 'url', value: 'https://a' },
        ],
      },
      { image: { url: 'https://cdn.acme.test/a.png', contentType: 'image/png' } },
    ],
  })
})

test.each([{}, { id: '' }, { id: 'T1_1' }, { id: 7, type: 'message' }, null, 'event'])('%j is no event', (raw) => {
  expect(EventShape.safeParse(raw).success).toBe(false)
})

test('a field of an unforeseen kind is as good as absent', () => {
  const odd = { ...event, author_id: 7, text_vars: 'x', elements: 'none', properties: { lc2: 'x', source: null } }
  const read = EventShape.parse(odd)
  expect(read).toMatchObject({ id: 'T1_1', text: 'Hello', isWelcome: false })
  expect(read.authorId).toBeUndefined()
  expect(read.elements).toBeUndefined()
})

test('a chat is read with its thread, its people and where it belongs', () => {
  const raw = {
    id: 'C1',
    thread: {
      id: 'T1',
      active: true,
      user_ids: ['ada@acme.test'],
      events: [event, { id: 'T1_2' }],
      tags: ['vip'],
      queue: { position: 2, wait_time: 90, queued_at: 'x' },
      properties: { rating: { score: 1, comment: 'Thanks' }, source: { client_id: 'app' } },
    },
    users: [{ id: 'ada@acme.test', type: 'agent', name: 'Ada', avatar: 'cdn.acme.test/a.png', present: true }, {}],
    access: { group_ids: [0, 7] },
    properties: { source: { customer_client_id: 'ours' } },
  }
  expect(ChatShape.parse(raw)).toEqual({
    id: 'C1',
    thread: {
      id: 'T1',
      active: true,
      userIds: ['ada@acme.test'],
      events: [expect.objectContaining({ id: 'T1_1' })],
      tags: ['vip'],
      queue: { position: 2, waitTimeSeconds: 90, queuedAt: 'x' },
      rating: { score: 1, comment: 'Thanks' },
    },
    users: [
      {
        id: 'ada@acme.test',
        type: 'agent',
        name: 'Ada',
        avatar: 'https://cdn.acme.test/a.png',
        present: true,
        isUnseen: false,
      },
    ],
    groupIds: [0, 7],
    source: { clientId: 'app', customerClientId: 'ours' },
  })
})

test('a chat may have no thread, no people and no properties', () => {
  expect(ChatShape.parse({ id: 'C1' })).toEqual({ id: 'C1', users: [], groupIds: [], source: {} })
})

test.each([
  { visibility: undefined, isUnseen: false },
  { visibility: 'all', isUnseen: false },
  { visibility: 'agents', isUnseen: true },
  { visibility: 'ALL', isUnseen: false },
  { visibility: null, isUnseen: false },
  { visibility: ['agents'], isUnseen: true },
  { visibility: 7, isUnseen: true },
])('a user of visibility $visibility', ({ visibility, isUnseen }) => {
  expect(UserShape.parse({ id: 'ada@acme.test', visibility })).toMatchObject({ isUnseen })
})

test('a thread hidden by the plan has no events and still is a thread', () => {
  const raw = { id: 'C1', thread: { id: 'T1', active: false, restricted_access: 'plan' } }
  expect(ChatShape.parse(raw).thread).toMatchObject({ id: 'T1', active: false, events: [] })
})

test('a list of chats is read under its name of 3.6 and of 3.7', () => {
  const row = { id: 'C1', active: true, last_thread_id: 'T1' }
  const read = [{ chatId: 'C1', active: true, lastThreadId: 'T1' }]
  expect(ChatList.parse({ chats_summary: [row], total_chats: 1 })).toEqual(read)
  expect(ChatList.parse({ chats_info: [row] })).toEqual(read)
  expect(ChatList.safeParse({}).success).toBe(false)
})

test.each([
  ['cdn.acme.test/a.png', 'https://cdn.acme.test/a.png'],
  ['cdn.acme.test:8443/a.png', 'https://cdn.acme.test:8443/a.png'],
  ['//cdn.acme.test/a.png', 'https://cdn.acme.test/a.png'],
  ['http://cdn.acme.test/a.png', 'http://cdn.acme.test/a.png'],
  ['javascript:alert(1)', undefined],
  ['data:image/png;base64,AA==', undefined],
  [' ', undefined],
  [undefined, undefined],
])('the address %s is read as %s', (given, read) => {
  expect(withScheme(given)).toBe(read)
})
