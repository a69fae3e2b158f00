import { describe, expect, test } from 'vitest'
import { systemClock } from '../clock'
import { createMemory } from '../session/memory'
import type { Setup } from '../setup-state'
import { isOurClient, savedWith } from './clients'

const DAY = 24 * 3_600_000
const NEVER_SAVED: Setup = { version: '', registrations: [] }
const ofBefore = { id: 'wh', action: 'incoming_event', url: 'https://hooks.acme.test/a' }

/** The set-up after the given Client IDs were saved, one a day. */
const afterSaving = (...clientIds: string[]) =>
  clientIds.reduce<Setup>((known, id, day) => ({ ...known, ...savedWith(id, known, day * DAY) }), NEVER_SAVED)

describe('what is stored when a Client ID is saved', () => {
  test('the first has none before it', () => {
    expect(savedWith('a', NEVER_SAVED, 0)).toEqual({ clientId: 'a' })
  })

  test('the same again keeps the time of the former ones', () => {
    const known = afterSaving('a', 'b')
    expect(savedWith('b', known, 2 * DAY)).toEqual({ clientId: 'b', formerClients: known.formerClients })
  })

  test('another makes the one before a former one for 30 days', () => {
    expect(afterSaving('a', 'b')).toMatchObject({ clientId: 'b', formerClients: [{ clientId: 'a', until: 31 * DAY }] })
  })

  test('one that comes back is no former one any more', () => {
    expect(afterSaving('a', 'b', 'a').formerClients).toEqual([{ clientId: 'b', until: 32 * DAY }])
  })

  test('a former one goes after its time', () => {
    expect(savedWith('b', afterSaving('a', 'b'), 31 * DAY)).toEqual({ clientId: 'b', formerClients: [] })
  })

  test('an older installation knows the one before from its webhooks', () => {
    const known = { ...NEVER_SAVED, registrations: [{ ...ofBefore, clientId: 'a' }] }
    expect(savedWith('b', known, 0)).toMatchObject({ formerClients: [{ clientId: 'a' }] })
  })

  test('only so many are kept', () => {
    const ids = Array.from({ length: 25 }, (_, day) => `client ${day}`)
    expect(afterSaving(...ids).formerClients).toHaveLength(20)
  })
})

describe('whose chats may be ours', () => {
  const door = (stored: Setup | Error, now = 0) => {
    const clock = { ...systemClock, now: () => now }
    const load = () => (stored instanceof Error ? Promise.reject(stored) : Promise.resolve(stored))
    const deps = { setup: { load }, memory: createMemory(clock), clock, settings: { clientId: 'configured' } }
    return (clientId: string) => isOurClient(clientId, deps)
  }

  test('those of the configured app, without asking Botpress', async () => {
    expect(await door(new Error('down'))('configured')).toBe(true)
  })

  test('those of the app last saved, while another is only configured', async () => {
    expect(await door(afterSaving('saved'))('saved')).toBe(true)
  })

  test('those of a former app until its time is over', async () => {
    const stored = afterSaving('former', 'configured')
    expect(await door(stored, 31 * DAY - 1)('former')).toBe(true)
    expect(await door(stored, 31 * DAY)('former')).toBe(false)
  })

  test("nobody else's", async () => {
    expect(await door(afterSaving('former', 'configured'))('foreign')).toBe(false)
  })

  test('it is put off while Botpress does not answer', async () => {
    await expect(door(new Error('down'))('former')).rejects.toThrow('could not be read')
  })
})
