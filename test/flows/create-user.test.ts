import { beforeEach, describe, expect, test } from 'vitest'
import { useFreshSandbox } from './sandboxes'

const sandbox = useFreshSandbox()

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
  expect(calls()).toEqual(['getOrCreateUser', 'updateUser'])
})

test('facts of another kind are left out, and cost nobody the user', async () => {
  sandbox().botpress.settings.payloadChecks = 'off' // the wire is looser than the schema
  const odd = { name: 7, email: 'ada.odd@customer.test', pictureUrl: ['x'] } as never
  const ada = await createUser(odd)
  expect(userOf(ada)).toMatchObject({ tags: { 'livechat-hitl:email': 'ada.odd@customer.test' } })
  expect(userOf(ada)).not.toHaveProperty('name')
  expect(await createUser({ name: 'Ada', email: null } as never)).not.toBe(ada)
})

test('what is written around an address makes nobody else', async () => {
  const ada = await createUser({ name: 'Ada', email: 'ada.around@customer.test' })
  for (const email of ['mailto:Ada.Around@customer.test', '<ada.around@customer.test>', 'ada.around@customer.test.'])
    expect(await createUser({ name: 'Ada', email })).toBe(ada)
})

test('without an address each call is a user of its own', async () => {
  const [first, second] = [await createUser({ name: 'Ada' }), await createUser({ name: 'Ada' })]
  expect(first).not.toBe(second)
})

describe.each([{ getOrCreateUpdates: true }, { getOrCreateUpdates: false }])(
  'where get-or-create updates what it finds: $getOrCreateUpdates',
  ({ getOrCreateUpdates }) => {
    beforeEach(() => {
      sandbox().botpress.settings.getOrCreateUpdates = getOrCreateUpdates
    })

    test('a new picture, and a new way to write the name, are taken over', async () => {
      const email = 'ada@customer.test'
      const userId = await createUser({ name: 'ada lovelace', email })
      await createUser({ name: 'Ada  Lovelace', email, pictureUrl: 'https://acme.test/a.png' })
      expect(userOf(userId)).toMatchObject({ name: 'Ada Lovelace', pictureUrl: 'https://acme.test/a.png' })
    })

    test.each(['Mallory', 'Ada Byron', 'A'])('whoever types the address renames nobody: %s', async (name) => {
      const email = 'ada@customer.test'
      const userId = await createUser({ name: 'Ada', email, pictureUrl: 'https://acme.test/ada.png' })
      await createUser({ name, email, pictureUrl: 'https://acme.test/mallory.png' })
      expect(userOf(userId)).toMatchObject({ name: 'Ada', pictureUrl: 'https://acme.test/ada.png' })
    })

    test.each(['u_ada@no-reply.bot-1.botpress.com', 'u_ada@bot-1.botpress.invalid'])(
      'the address that the plugin makes of the user id is proof: %s',
      async (email) => {
        const userId = await createUser({ name: 'Ada', email })
        expect(await createUser({ name: 'Grace', email })).toBe(userId)
        expect(userOf(userId)?.name).toBe('Grace')
      },
    )
  },
)

test.each([
  ['ada.lovelace@example.com', 'Ada.Lovelace@Example.COM'],
  ['ada.lovelace@example.com', '  ada.lovelace@example.com\u200b '],
  ['zoé@example.com', 'zoe\u0301@example.com'],
  ['STRASSE.Ä@example.com', 'strasse.a\u0308@example.com'],
])('%j and %j are one person', async (one, other) => {
  const ids = [await createUser({ name: 'Ada', email: one }), await createUser({ name: 'Ada', email: other })]
  expect(new Set(ids).size).toBe(1)
})

test.each(['none', 'no', 'n/a', '-', 'test@test.com', 'ada', 'ada at example.com', 'noemail@noemail.com'])(
  'whoever types %j is a customer of their own',
  async (email) => {
    expect(await createUser({ name: 'Ada', email })).not.toBe(await createUser({ name: 'Ada', email }))
  },
)

/** A customer as version 1.0.0 stored them: with the address as it was given. */
async function storedBefore(email: string): Promise<string> {
  const userId = await createUser({ name: 'Ada', email })
  const row = sandbox().botpress.store.users.get(userId)
  if (row) row.object = { ...row.object, tags: { ...row.object.tags, 'livechat-hitl:email': email } }
  await sandbox().integration.forget()
  return userId
}

test('a customer stored under an old spelling is found by it', async () => {
  const email = 'Ada.Lovelace@Example.com'
  const before = await storedBefore(email)
  expect(await createUser({ name: 'Ada', email })).toBe(before)
  expect(userOf(before)?.tags).toMatchObject({ 'livechat-hitl:email': 'ada.lovelace@example.com' })
})

test('saving the settings finds a spelling for all customers of before', async () => {
  const before = [await storedBefore('Ada@Example.com'), await storedBefore('zoe\u0301@example.com')]
  for (const { object } of sandbox().botpress.store.states.values()) delete object.payload['spellings']
  await sandbox().installation.configure({ ...sandbox().configuration })
  expect(await createUser({ name: 'Ada', email: 'ada@example.com' })).toBe(before[0])
  expect(await createUser({ name: 'Ada', email: 'zo\u00e9@example.com' })).toBe(before[1])
})

test('without "Recognize customers by e-mail" an address is nobody’s', async () => {
  await sandbox().installation.configure({ ...sandbox().configuration, recognizeByEmail: false })
  const [ada, other] = [
    await createUser({ name: 'Ada', email: 'ada@customer.test' }),
    await createUser({ name: 'Ada', email: 'ada@customer.test' }),
  ]
  await sandbox().installation.configure({ ...sandbox().configuration })
  expect(other).not.toBe(ada)
  expect(userOf(ada)?.tags['livechat-hitl:email']).toBeUndefined()
})

test.each(['Unknown User', '  ', '', 'null null', 'Visitor 12345', '[Bot]'])(
  'the placeholder %j replaces no real name',
  async (name) => {
    const email = 'ada@customer.test'
    const userId = await createUser({ name: 'Ada', email })
    await createUser({ name, email })
    expect(userOf(userId)?.name).toBe('Ada')
  },
)
