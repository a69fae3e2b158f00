import { expect, test } from 'vitest'
import { freshStage } from './stage'

const sandbox = freshStage()

const createUser = async (input: { name: string; email?: string; pictureUrl?: string }) =>
  String((await sandbox().botpress.callAction('createUser', input)).userId)

const userOf = (userId: string) => sandbox().botpress.store.users.get(userId)?.object
const calls = () =>
  sandbox()
    .botpress.wire.exchanges.filter(({ to }) => to === 'botpress')
    .map(({ operation }) => operation)
    .filter((operation) => operation.endsWith('User'))

test('the same address is the same user', async () => {
  const first = await createUser({ name: 'Ada', email: 'ada@customer.test' })
  expect(await createUser({ name: 'Ada', email: 'ada@customer.test' })).toBe(first)
  expect(await createUser({ name: 'Bob', email: 'bob@customer.test' })).not.toBe(first)
  expect(userOf(first)).toMatchObject({ name: 'Ada', tags: { 'livechat-hitl:email': 'ada@customer.test' } })
})

test('the many equal calls of one history are one user', async () => {
  const ada = { name: 'Ada', email: 'ada@customer.test' }
  sandbox().botpress.settings.getOrCreateAtomic = false
  // The first answer takes longer than the calls take to come, however busy the machine is.
  sandbox().botpress.faults.add({ operation: 'getOrCreateUser', kind: 'slow', delayMs: 1000 })
  const ids = await Promise.all(Array.from({ length: 20 }, () => createUser(ada)))
  expect(new Set(ids).size).toBe(1)
  expect(calls()).toEqual(['getOrCreateUser'])
})

test('without an address each call is a user of its own', async () => {
  const [first, second] = [await createUser({ name: 'Ada' }), await createUser({ name: 'Ada' })]
  expect(first).not.toBe(second)
})

test.each([{ getOrCreateUpdates: true }, { getOrCreateUpdates: false }])(
  'a new name and picture are taken over ($getOrCreateUpdates)',
  async ({ getOrCreateUpdates }) => {
    sandbox().botpress.settings.getOrCreateUpdates = getOrCreateUpdates
    const email = 'ada@customer.test'
    const userId = await createUser({ name: 'Ada', email })
    await createUser({ name: 'Ada Lovelace', email, pictureUrl: 'https://acme.test/a.png' })
    expect(userOf(userId)).toMatchObject({ name: 'Ada Lovelace', pictureUrl: 'https://acme.test/a.png' })
  },
)

test.each(['Unknown User', '  ', '', 'null null', 'Visitor 12345', '[Bot]'])(
  'the placeholder %j replaces no real name',
  async (name) => {
    const email = 'ada@customer.test'
    const userId = await createUser({ name: 'Ada', email })
    await createUser({ name, email })
    expect(userOf(userId)?.name).toBe('Ada')
  },
)
