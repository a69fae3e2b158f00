import { expect, test } from 'vitest'
import { readSessionOptions } from './session-options'

const fields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`Field ${index}`, 'x']))

test.each([undefined, null, {}])('nothing is asked for by %s', (given) => {
  expect(readSessionOptions(given)).toEqual({})
})

const OPTIONS = [
  ...['groupId', 'groupName', 'groupLanguage', 'agentId', 'tags', 'sessionFields', 'whenNobodyIsAvailable'],
  ...['language', 'queueMessage', 'editedMessage', 'botLabel', 'agentNote'],
]

test.each(OPTIONS)('%s that is not set counts as left out', (name) => {
  const unset = ['', ' ', '\n', '\u200b', '\u3164', 'undefined', ' null ', null, undefined]
  for (const value of unset) expect(readSessionOptions({ [name]: value }), JSON.stringify(value)).toEqual({})
})

test.each([
  { given: { groupId: 0 }, read: { groupId: 0 } },
  { given: { groupId: 7 }, read: { groupId: 7 } },
  { given: { groupId: ' 7 ' }, read: { groupId: 7 } },
  {
    given: { groupName: ' Sales\nEMEA ', groupLanguage: 'fr' },
    read: { groupName: 'Sales EMEA', groupLanguage: 'fr' },
  },
  { given: { groupName: 42, groupLanguage: ['fr'] }, read: { groupName: '42' } },
  { given: { groupName: 'x'.repeat(101) }, read: { groupName: 'x'.repeat(100) } },
  { given: { language: 'fr-CA' }, read: { language: 'fr' } },
  { given: { language: 'Portuguese (Portugal)' }, read: { language: 'pt-PT' } },
  { given: { language: 'tlh' }, read: {} },
  { given: { language: 7, botLabel: 7, queueMessage: {} }, read: {} },
  {
    given: { botLabel: '[Ada] {text}', queueMessage: 'NULL', agentNote: '' },
    read: { overrides: { botLabel: '[Ada] {text}', queue: '' } },
  },
  { given: { agentId: ' omar@acme.test ' }, read: { agentId: 'omar@acme.test' } },
  { given: { tags: [] }, read: { tags: [] } },
  { given: { tags: [' vip ', 'billing', 'vip'] }, read: { tags: ['vip', 'billing'] } },
  { given: { sessionFields: {} }, read: { sessionFields: [] } },
  { given: { sessionFields: [] }, read: { sessionFields: [] } },
  {
    given: { sessionFields: { ' Order ': 4711, Paid: false, Points: 0 } },
    read: {
      sessionFields: [
        { name: 'Order', value: '4711' },
        { name: 'Paid', value: 'false' },
        { name: 'Points', value: '0' },
      ],
    },
  },
  {
    given: { sessionFields: { Cart: 'https://acme.test/cart?session=5f3a', Order: 'https://acme.test/order/7' } },
    read: {
      sessionFields: [
        { name: 'Cart', value: 'https://acme.test/…' },
        { name: 'Order', value: 'https://acme.test/order/7' },
      ],
    },
  },
  {
    given: {
      sessionFields: {
        order: null,
        a: undefined,
        b: '',
        c: ' ',
        d: '\u200b',
        e: 'undefined',
        '': 'x',
        ' ': 'y',
        Plan: 'Team',
      },
    },
    read: { sessionFields: [{ name: 'Plan', value: 'Team' }] },
  },
  { given: { sessionFields: { order: null } }, read: { sessionFields: [] } },
  {
    given: { sessionFields: { 'Ship\u0085to': 'Street 1\vBerlin\0', Note: '\u202eabc' } },
    read: {
      sessionFields: [
        { name: 'Ship to', value: 'Street 1\nBerlin' },
        { name: 'Note', value: '\u202eabc\u202c' },
      ],
    },
  },
  { given: { tags: [''] }, read: { tags: [] } },
  { given: { tags: ['vip', ' ', null, undefined, '\u2800', 'null'] }, read: { tags: ['vip'] } },
  { given: { tags: ['a\rb', 'a b'] }, read: { tags: ['a b'] } },
  { given: { whenNobodyIsAvailable: 'queue' }, read: { whenNobodyIsAvailable: 'queue' } },
  { given: { whenNobodyIsAvailable: 'refuse' }, read: { whenNobodyIsAvailable: 'refuse' } },
  { given: { whenNobodyIsAvailable: ' Refuse\n' }, read: { whenNobodyIsAvailable: 'refuse' } },
  { given: { sendName: 'false', mask: ['card'] }, read: { sendName: false, mask: ['card'] } },
  {
    given: { history: 'lastMessages', historyMessages: '2', mask: [] },
    read: { history: 'lastMessages', historyMessages: 2 },
  },
  { given: { color: 'red' }, read: {} },
  {
    given: { groupId: 1, agentId: 'omar@acme.test', tags: ['vip'], sessionFields: { Plan: 'Team' } },
    read: { groupId: 1, agentId: 'omar@acme.test', tags: ['vip'], sessionFields: [{ name: 'Plan', value: 'Team' }] },
  },
])('$given is read', ({ given, read }) => {
  expect(readSessionOptions(given)).toEqual(read)
})

test('a hundred session fields are taken, one more is not', () => {
  expect(readSessionOptions({ sessionFields: fields(100) })).toHaveProperty('sessionFields.length', 100)
  expect(readSessionOptions({ sessionFields: fields(101) })).toEqual({ problem: 'badSessionFields' })
  expect(readSessionOptions({ sessionFields: { ...fields(100), more: null } })).toHaveProperty(
    'sessionFields.length',
    100,
  )
})

test.each([
  ...[
    -1,
    1.5,
    NaN,
    2 ** 53,
    '-1',
    '1.5',
    '0x7',
    'seven',
    '9'.repeat(20),
    '{{workflow.group}}',
    true,
    [7],
    { id: 7 },
  ].map((groupId) => ({
    given: { groupId },
    problem: 'badGroupId',
  })),
  ...['Omar', '@acme.test', 'omar@', 'omar @acme.test', 'a@b@c', '-', 7, true, ['omar@acme.test'], {}].map(
    (agentId) => ({
      given: { agentId },
      problem: 'badAgentId',
    }),
  ),
  ...['vip', 7, true, { vip: true }, [7], ['vip', true], [{}], [['vip']]].map((tags) => ({
    given: { tags },
    problem: 'badTags',
  })),
  ...['Order', 7, true, ['Order'], { Order: {} }, { Order: ['x'] }, { Plan: 'Team', Order: {} }].map(
    (sessionFields) => ({ given: { sessionFields }, problem: 'badSessionFields' }),
  ),
  ...['wait', 'queue refuse', 0, 1, true, false, [], {}].map((whenNobodyIsAvailable) => ({
    given: { whenNobodyIsAvailable },
    problem: 'badWhenNobody',
  })),
  { given: { sendName: 'maybe' }, problem: 'badSwitch' },
  { given: { sendEmail: 7 }, problem: 'badSwitch' },
  { given: { history: 'some' }, problem: 'badHistory' },
  { given: { historyMessages: -1 }, problem: 'badHistory' },
  { given: { mask: ['passport'] }, problem: 'badMask' },
])('$given is refused', ({ given, problem }) => {
  expect(readSessionOptions({ ...given, color: 'red' })).toEqual({ problem })
})
