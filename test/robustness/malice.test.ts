import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { SEED, sized } from '../sample'
import { openDoor, SECRET, type Door } from './door'

/** In thousands; all together 50 000. */
const cases = (thousands: number) => sized(thousands * 50, thousands * 1000)
const CASES = { anyText: cases(12), anyJson: cases(12), mutated: cases(20), anyPayload: cases(6) }
const TIME_FOR_ALL_MS = 60_000
/** What one refused delivery may cost at most. */
const TIME_FOR_ONE_MS = 2_000

/** Time of this process's own work, in milliseconds, however busy the machine is with other things. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const FIXTURES = 'test/fixtures/webhooks'
const envelopes = readdirSync(FIXTURES).map(
  (name) => JSON.parse(readFileSync(`${FIXTURES}/${name}`, 'utf8')) as Record<string, unknown>,
)

let door: Door
beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation(() => undefined)
  }
  door = await openDoor()
})
beforeEach(() => {
  door.writes.length = 0
})
afterAll(async () => {
  vi.restoreAllMocks()
  await door.close()
})

/** Nothing but 401 for who does not know the secret, nothing but 200 or 400 for who does; and no effect. */
async function isHarmless(body: string, allowed: number[], rest: object = {}): Promise<void> {
  const { status = 200 } = await door.knock({ body, ...rest })
  if (!allowed.includes(status)) throw new Error(`answered ${status}`)
  if (door.writes.length > 0) throw new Error(`called ${door.writes.join(', ')}`)
}

const text = fc.string({ unit: 'binary', maxLength: 200 })
const headers = fc.dictionary(text, text, { maxKeys: 4 })
const json = fc.oneof(
  fc.json({ maxDepth: 5, noUnicodeString: false } as object),
  fc
    .anything({ withNullPrototype: true, withBigInt: false, key: oddKey() })
    .map((value) => JSON.stringify(value) ?? ''),
)

function oddKey() {
  const odd = ['__proto__', 'constructor', 'prototype', 'toString', 'secret_key', 'action', 'payload', 'chat_id', '']
  return fc.oneof(fc.constantFrom(...odd), text)
}

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -0,
    1e308,
    -1e400,
    Number.MAX_SAFE_INTEGER + 2,
    '',
    [],
    {},
    '\u0000',
    '\ud800',
  ),
  fc.constantFrom<unknown>({ __proto__: { secret_key: SECRET } }, { constructor: { prototype: {} } }, [[[[[[]]]]]]),
  text,
  fc.integer(),
  fc.array(fc.constantFrom<unknown>(null, 1, 'x', {}), { maxLength: 5 }),
)

type Mutation = { path: number[]; value: unknown; remove: boolean }
const mutation: fc.Arbitrary<Mutation> = fc.record({
  path: fc.array(fc.nat(9), { minLength: 1, maxLength: 6 }),
  value: oddValue,
  remove: fc.boolean(),
})
const mutated = fc
  .tuple(fc.constantFrom(...envelopes), fc.array(mutation, { maxLength: 4 }))
  .map(([envelope, mutations]) => mutations.reduce(mutate, structuredClone(envelope)))

/** Replaces or removes what stands at the path, wherever that leads. */
function mutate(envelope: Record<string, unknown>, { path, value, remove }: Mutation): Record<string, unknown> {
  let at: Record<string, unknown> = envelope
  for (const [depth, step] of path.entries()) {
    const keys = Object.keys(at)
    const key = keys[step % keys.length]
    if (key === undefined) break
    const next = at[key]
    if (depth < path.length - 1 && typeof next === 'object' && next !== null) {
      at = next as Record<string, unknown>
      continue
    }
    if (remove) Reflect.deleteProperty(at, key)
    else at[key] = structuredClone(value)
    break
  }
  return envelope
}

const run = (numRuns: number, property: fc.IAsyncProperty<unknown>) =>
  fc.assert(property, { numRuns, seed: SEED, endOnFailure: true })

test(
  `no body, header or JSON does harm, and ${Object.values(CASES).reduce((a, b) => a + b)} of them cost less than a minute`,
  async () => {
    const startedAt = processorMs()
    await run(
      CASES.anyText,
      fc.asyncProperty(text, headers, text, (body, head, path) =>
        isHarmless(body, [400, 401], { headers: head, path }),
      ),
    )
    await run(
      CASES.anyJson,
      fc.asyncProperty(json, (body) => isHarmless(body, [400, 401])),
    )
    await run(
      CASES.mutated,
      fc.asyncProperty(mutated, (envelope) => isHarmless(JSON.stringify(envelope), [401])),
    )
    await run(
      CASES.anyPayload,
      fc.asyncProperty(json, fc.constantFrom(...envelopes), (payload, { action }) =>
        isHarmless(
          `{"secret_key":${JSON.stringify(SECRET)},"action":${JSON.stringify(action)},"payload":${payload || 'null'}}`,
          [200, 400],
        ),
      ),
    )
    expect(processorMs() - startedAt).toBeLessThan(TIME_FOR_ALL_MS)
  },
  2 * TIME_FOR_ALL_MS,
)

test('thousands of guesses make the door ask Botpress once', () => {
  expect(door.reads.filter((read) => read.includes('/states/')).length).toBeLessThanOrEqual(2)
})

/** Months old, so that no handoff can be starting; the secret is right. */
test('a genuine sender whose payloads are spoiled causes no error and no write', async () => {
  const spoiled = fc
    .sample(mutated, { numRuns: 1500, seed: SEED })
    .map((envelope) => ({ ...envelope, secret_key: SECRET }))
  const answers = await Promise.all(spoiled.map((envelope) => door.knock({ body: JSON.stringify(envelope) })))
  // 400 is for what cannot be read. LiveChat knows none of these chats, so no handoff of ours can be starting in them.
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]))
  expect(door.writes).toEqual([])
}, 30_000)

const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth)

test.each([
  { name: 'a million brackets', body: deep('[', ']', 1_000_000) },
  { name: 'half a million objects in each other', body: deep('{"a":', '}', 500_000).replace(':}', ':1}') },
  {
    name: 'deep nesting where the payload stands',
    body: `{"secret_key":"x","action":"incoming_event","payload":${deep('[', ']', 100_000)}}`,
  },
  { name: '5 MB of text', body: 'x'.repeat(5_000_000) },
  {
    name: '5 MB in a text of a JSON body',
    body: JSON.stringify({ secret_key: 'x', action: 'x', payload: 'y'.repeat(5_000_000) }),
  },
  { name: 'a secret of 1 MB', body: JSON.stringify({ secret_key: 'x'.repeat(1_000_000), action: 'x', payload: {} }) },
  {
    name: 'a hundred thousand keys',
    body: JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i]))),
  },
  { name: 'a number of a million digits', body: `{"secret_key":"x","action":"x","payload":${'9'.repeat(1_000_000)}}` },
  { name: 'a hundred thousand times the same key', body: `{${'"secret_key":"x",'.repeat(100_000)}"action":"x"}` },
])('$name is refused in bounded time', async ({ body }) => {
  const startedAt = processorMs()
  await isHarmless(body, [400, 401])
  expect(processorMs() - startedAt).toBeLessThan(TIME_FOR_ONE_MS)
})

test('large and deep payloads of a genuine sender are read in bounded time', async () => {
  const nested = `{"secret_key":"${SECRET}","action":"incoming_event","payload":{"chat_id":"A","event":${deep('[', ']', 100_000)}}}`
  const startedAt = processorMs()
  await isHarmless(nested, [400])
  expect(processorMs() - startedAt).toBeLessThan(TIME_FOR_ONE_MS)
})

test('an envelope without an organization, as up to version 3.3, is none of another organization', async () => {
  const payload = { chat_id: 'A' }
  await isHarmless(JSON.stringify({ secret_key: SECRET, action: 'chat_deactivated', payload }), [200])
})

test('a body that names prototypes changes none', async () => {
  const payload = '{"chat_id":"A","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
  await isHarmless(
    `{"secret_key":"${SECRET}","action":"chat_deactivated","__proto__":{"polluted":1},"payload":${payload}}`,
    [200],
  )
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

const [envelope = {}] = envelopes

test.each([
  { name: 'a wrong one', secret: 'another-secret' },
  { name: 'an empty one', secret: '' },
  { name: 'none', secret: undefined },
  { name: 'null', secret: null },
  { name: 'the first half', secret: SECRET.slice(0, 15) },
  { name: 'all but the last character', secret: SECRET.slice(0, -1) },
  { name: 'one character more', secret: `${SECRET}e` },
  { name: 'a space behind', secret: `${SECRET} ` },
  { name: 'a zero behind', secret: `${SECRET}\u0000` },
  { name: 'capitals', secret: SECRET.toUpperCase() },
  { name: 'a Cyrillic letter that looks the same', secret: SECRET.replace('c', '\u0441') },
  { name: 'full-width digits', secret: SECRET.replace('5', '\uff15') },
  { name: 'an invisible character inside', secret: SECRET.replace('-', '\u200b-') },
  { name: 'a list that holds it', secret: [SECRET] },
  { name: 'an object that turns into it', secret: { toString: SECRET } },
  { name: 'true', secret: true },
])('as secret, $name is refused', async ({ secret }) => {
  await isHarmless(JSON.stringify({ ...envelope, secret_key: secret }), [401])
})
