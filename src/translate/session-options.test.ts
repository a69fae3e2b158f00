import { expect, test } from 'vitest'
import { readSessionOptions } from './session-options'

const fields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`Field ${index}`, 'x']))

test.each([undefined, null, {}])('nothing is asked for by %s', (given) => {
  expect(readSessionOptions(given)).toEqual({})
})

test.each(['groupId', 'agentId', 'tags', 'sessionFields', 'whenNobodyIsAvailable'])(
  '%s that was left empty in a form counts as left out',
  (name) => {
    for (const empty of ['', null, undefined]) expect(readSessionOptions({ [name]: empty })).toEqual({})
  },
)

test.each([
  { given: { groupId: 0 }, read: { groupId: 0 } },
  { given: { groupId: 7 }, read: { groupId: 7 } },
  { given: { groupId: ' 7 ' }, read: { groupId: 7 } },
  { given: { agentId: ' omar@acme.test ' }, read: { agentId: 'omar@acme.test' } },
  { given: { tags: [] }, read: { tags: [] } },
  { given: { tags: [' vip ', 'billing', 'vip'] }, read: { tags: ['vip', 'billing'] } },
  { given: { sessionFields: {} }, read: { sessionFields: [] } },
  {
    given: { sessionFields: { ' Order ': 4711, Paid: false, Note: '' } },
    read: {
      sessionFields: [
        { name: 'Order', value: '4711' },
        { name: 'Paid', value: 'false' },
        { name: 'Note', value: '' },
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
  { given: { whenNobodyIsAvailable: 'queue' }, read: { whenNobodyIsAvailable: 'queue' } },
  { given: { whenNobodyIsAvailable: 'refuse' }, read: { whenNobodyIsAvailable: 'refuse' } },
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
})

test.each([
  ...[-1, 1.5, NaN, 2 ** 53, '-1', '1.5', '0x7', 'seven', ' ', true, [7], { id: 7 }].map((groupId) => ({
    given: { groupId },
    problem: 'badGroupId',
  })),
  ...['Omar', '@acme.test', 'omar@', 'omar @acme.test', 'a@b@c', ' ', 7, true, ['omar@acme.test'], {}].map(
    (agentId) => ({
      given: { agentId },
      problem: 'badAgentId',
    }),
  ),
  ...['vip', 7, true, { vip: true }, [''], ['vip', ' '], [7], [null], [['vip']]].map((tags) => ({
    given: { tags },
    problem: 'badTags',
  })),
  ...['Order', 7, true, ['Order'], { '': 'x' }, { ' ': 'x' }, { Order: null }, { Order: {} }, { Order: ['x'] }].map(
    (sessionFields) => ({ given: { sessionFields }, problem: 'badSessionFields' }),
  ),
  ...['wait', 'Queue', 'refuse ', 0, 1, true, false, [], {}].map((whenNobodyIsAvailable) => ({
    given: { whenNobodyIsAvailable },
    problem: 'badWhenNobody',
  })),
])('$given is refused', ({ given, problem }) => {
  expect(readSessionOptions({ ...given, color: 'red' })).toEqual({ problem })
})
