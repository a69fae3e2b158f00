import { describe, expect, test } from 'vitest'
import { systemClock, type Clock } from '../clock'
import { createMemory } from '../session/memory'
import type { Setup } from '../setup-state'
import { acceptsSecret, hashSecret, rotated } from './secrets'

const MINUTE = 60_000
const CONFIGURED = 'the configured secret'
const EMPTY: Setup = { version: '1', registrations: [] }

function installation(stored: Setup | Error) {
  let now = 1_000_000
  let reads = 0
  const clock: Clock = { now: () => now, sleep: () => Promise.resolve(), after: () => () => undefined }
  const load = () => {
    reads += 1
    return stored instanceof Error ? Promise.reject(stored) : Promise.resolve(stored)
  }
  const settings = { webhookSecret: CONFIGURED }
  const deps = { setup: { load }, memory: createMemory(clock), clock, settings }
  return {
    accepts: (given: string) => acceptsSecret(given, deps),
    pass: (ms: number) => {
      now += ms
    },
    reads: () => reads,
    now,
  }
}

describe('what is stored when a secret is registered', () => {
  test('the first secret has none before it', () => {
    expect(rotated(EMPTY, 'first', 0)).toEqual({ secretHash: hashSecret('first') })
  })

  test('the same secret again changes nothing, so that the time of the one before is not prolonged', () => {
    expect(rotated({ ...EMPTY, secretHash: hashSecret('first') }, 'first', 0)).toEqual({})
  })

  test('a new secret keeps the old one for ten minutes', () => {
    expect(rotated({ ...EMPTY, secretHash: hashSecret('first') }, 'second', 5)).toEqual({
      secretHash: hashSecret('second'),
      previousSecretHash: hashSecret('first'),
      previousSecretUntil: 5 + 10 * MINUTE,
    })
  })
})

describe('the configured secret', () => {
  test('is accepted without asking Botpress', async () => {
    const { accepts, reads } = installation(new Error('down'))
    expect(await accepts(CONFIGURED)).toBe(true)
    expect(reads()).toBe(0)
  })

  test('matches nothing while it is empty, not even an empty one', async () => {
    const load = () => Promise.resolve(EMPTY)
    const deps = { setup: { load }, memory: createMemory(systemClock), clock: systemClock }
    expect(await acceptsSecret('', { ...deps, settings: { webhookSecret: '' } })).toBe(false)
  })
})

describe('which secrets are accepted beside the configured one', () => {
  const between = { secretHash: hashSecret('current'), previousSecretHash: hashSecret('old') }

  test('the one last registered, as long as another is only configured', async () => {
    const { accepts, pass } = installation({ ...EMPTY, secretHash: hashSecret('registered') })
    expect(await accepts('registered')).toBe(true)
    pass(24 * 60 * MINUTE)
    expect(await accepts('registered')).toBe(true)
  })

  test('the one before until its end, and not after it', async () => {
    const { accepts, pass, now } = installation({ ...EMPTY, ...between, previousSecretUntil: 1_000_000 + 10 * MINUTE })
    expect(now).toBe(1_000_000)
    expect(await accepts('old')).toBe(true)
    pass(10 * MINUTE)
    expect(await accepts('old')).toBe(false)
    expect(await accepts('current')).toBe(true)
  })

  test.each(['', 'a guess', hashSecret('current')])('not "%s"', async (given) => {
    expect(await installation({ ...EMPTY, ...between }).accepts(given)).toBe(false)
  })

  test('nothing at all when nothing was registered', async () => {
    expect(await installation(EMPTY).accepts('')).toBe(false)
  })
})

describe('how often Botpress is asked', () => {
  test('once a minute, whoever guesses how often', async () => {
    const { accepts, pass, reads } = installation(EMPTY)
    await Promise.all(['a', 'b', 'c'].map(accepts))
    await accepts('d')
    expect(reads()).toBe(1)
    pass(MINUTE)
    await accepts('e')
    expect(reads()).toBe(2)
  })

  test('a failed reading puts the delivery off, and counts', async () => {
    const { accepts, reads } = installation(new Error('down'))
    await expect(accepts('a')).rejects.toThrow('could not be read')
    await expect(accepts('b')).rejects.toThrow('could not be read')
    expect(reads()).toBe(1)
  })
})
