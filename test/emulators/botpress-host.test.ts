import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startIntegration, type IntegrationProcess } from '../../sandbox/host/integration'
import { bundleOf, isAlive } from './use-pools'

const FAKE = `
exports.handler = async (request) => {
  console.log('handled ' + request.path)
  if (request.path === '/throw') throw new Error('broken')
  if (request.path === '/none') return undefined
  if (request.path === '/empty') return { status: 204 }
  return { status: 202, headers: { 'x-a': 'b' }, body: JSON.stringify({ ...request, env: process.env.FAKE_ENV }) }
}`

let host: IntegrationProcess

beforeAll(async () => {
  host = await startIntegration({ bundle: await bundleOf(FAKE), env: { FAKE_ENV: 'given' } })
})
afterAll(() => host.stop())

test('a request reaches the handler as the platform would hand it over', async () => {
  const response = await fetch(`${host.url}/sub?a=1&b=2`, { method: 'POST', body: 'ä', headers: { 'X-Bot-Id': 'bot' } })
  expect(response.status).toBe(202)
  expect(response.headers.get('x-a')).toBe('b')
  expect(await response.json()).toMatchObject({
    path: '/sub',
    query: 'a=1&b=2',
    method: 'POST',
    body: 'ä',
    headers: { 'x-bot-id': 'bot' },
    env: 'given',
  })
})

test.each([
  { name: 'health is answered before the handler', path: '/health', status: 200, body: 'ok' },
  { name: 'no answer becomes an empty object', path: '/none', status: 200, body: '{}' },
  { name: '204 has no body', path: '/empty', status: 204, body: '' },
  { name: 'a thrown error becomes 500', path: '/throw', status: 500, body: '{"error":"broken"}' },
])('$name', async ({ path, status, body }) => {
  const response = await fetch(host.url + path, { method: 'POST' })
  expect(response.status).toBe(status)
  expect(await response.text()).toBe(body)
})

test('the body of a GET is not read', async () => {
  const request = (await (await fetch(`${host.url}/get`)).json()) as { body?: string }
  expect(request.body).toBeUndefined()
})

test('what the integration writes can be read', async () => {
  await fetch(`${host.url}/logged`, { method: 'POST' })
  await expect.poll(() => host.output()).toContain('handled /logged')
})

test('a bundle that cannot be loaded says why', async () => {
  const broken = await bundleOf('throw new Error("no such secret")')
  await expect(startIntegration({ bundle: broken, env: {} })).rejects.toThrow('no such secret')
})

test('kill ends it in the middle of a request', async () => {
  const hanging = await startIntegration({
    bundle: await bundleOf('exports.handler = () => new Promise(() => {})'),
    env: {},
  })
  const answer = fetch(hanging.url, { method: 'POST' })
  const cut = expect(answer).rejects.toThrow()
  await hanging.kill()
  await cut
})

describe('a process at rest', () => {
  const LEAVES = 'globalThis.left = 1; exports.handler = () => ({ body: process.pid + " " + process.env.FIRST })'
  const LOOKS =
    'exports.handler = () => ({ body: JSON.stringify([globalThis.left, process.env.FIRST, process.env.SECOND]) })'
  const WAITS = 'exports.handler = () => { setTimeout(() => {}, 60_000); return {} }'
  afterEach(() => vi.unstubAllEnvs())

  async function atRest(bundle: string): Promise<number> {
    vi.stubEnv('REUSE_PROCESSES', 'yes')
    const first = await startIntegration({ bundle: await bundleOf(bundle), env: { FIRST: 'first' } })
    await fetch(first.url, { method: 'POST' })
    await first.rest()
    await expect(fetch(first.url)).rejects.toThrow()
    return first.pid
  }

  test('serves the next bundle, and nothing of the one before is left', async () => {
    const pid = await atRest(LEAVES)
    const bundle = await bundleOf(LOOKS)
    let next: IntegrationProcess | undefined
    await expect
      .poll(async () => {
        await next?.stop()
        next = await startIntegration({ bundle, env: { SECOND: 'second' } })
        return next.pid
      })
      .toBe(pid)
    expect(await (await fetch(next?.url ?? '', { method: 'POST' })).json()).toEqual([null, null, 'second'])
    await next?.stop()
  })

  test('ends when a timer in it does not run out', async () => {
    const pid = await atRest(WAITS)
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false)
  })

  test('ends at once where nobody wants it again', async () => {
    vi.stubEnv('REUSE_PROCESSES', undefined)
    const alone = await startIntegration({ bundle: await bundleOf(LEAVES), env: {} })
    await alone.rest()
    expect(isAlive(alone.pid)).toBe(false)
  })
})
