import { isApiError } from '@botpress/client'
import { describe, expect, test } from 'vitest'
import { conflict } from '../../sandbox/botpress'
import { clientFor } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()
const client = both.client()

const create = (email: string) => client.createUser({ tags: { email } })
const outcome = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(() => undefined).catch((thrown: unknown) => thrown)
  return isApiError(error) ? error.type : error
}
const statuses = () => both.botpress.wire.exchanges.map(({ status }) => status)
const stored = async (email = 'a') => (await client.listUsers({ tags: { email } })).users.length

describe('a fault', () => {
  test.each([
    { kind: 'ResourceLockedConflict', status: 409 },
    { kind: 'AlreadyExists', status: 409 },
    { kind: 'Unavailable', status: 503 },
  ] as const)('refuses one chosen write with $kind, and does nothing', async ({ kind, status }) => {
    both.botpress.faults.add(conflict('createUser', kind))
    expect(await outcome(create('a'))).toBe(kind === 'Unavailable' ? 'Unknown' : kind)
    expect(statuses()).toEqual([status])
    expect(await outcome(create('a'))).toBeUndefined()
    expect(await stored()).toBe(1)
  })
})

describe('the switch', () => {
  test('at a rate of 1 each write is refused once, the same request passes the next time', async () => {
    Object.assign(both.botpress.settings.conflicts, { rate: 1, kinds: ['AlreadyExists'] })
    for (const email of ['a', 'b']) {
      expect(await outcome(create(email))).toBe('AlreadyExists')
      expect(await outcome(create(email))).toBeUndefined()
    }
    expect([await stored('a'), await stored('b')]).toEqual([1, 1])
  })

  test('reading meets none, nor do operations that are not named, nor the bot', async () => {
    Object.assign(both.botpress.settings.conflicts, { rate: 1, operation: 'update*' })
    const { user } = await create('a')
    await client.getUser({ id: user.id })
    const bot = clientFor(both.botpress.url, { botId: both.installation.botId })
    await bot.updateUser({ id: user.id, name: 'Ada' })
    expect(await outcome(client.updateUser({ id: user.id, name: 'Bob' }))).not.toBeUndefined()
  })

  test('by default there is none', async () => {
    for (let i = 0; i < 30; i++) await create(`${i}`)
    expect(new Set(statuses())).toEqual(new Set([201]))
  })

  test('at half the rate the same seed refuses the same writes, another seed others', async () => {
    const refusals = async (seed: number) => {
      both.botpress.reset()
      Object.assign(both.botpress.settings, { seed })
      both.botpress.settings.conflicts.rate = 0.5
      for (let i = 0; i < 20; i++) await outcome(create(`${i}`))
      return statuses()
    }
    const first = await refusals(7)
    expect(await refusals(7)).toEqual(first)
    expect(await refusals(8)).not.toEqual(first)
    expect(new Set(first)).toEqual(new Set([201, 409, 503]))
  })
})
