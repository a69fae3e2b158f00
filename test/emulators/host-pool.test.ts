import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { startIntegration } from '../../sandbox/host/integration'
import { mostRecent, randomly } from '../../sandbox/host/choice'
import { startPool, type Pool, type PoolOptions } from '../../sandbox/host/pool'
import type { PoolEvent } from '../../sandbox/host/pool-log'
import { seeded } from '../../sandbox/random'
import { bundleOf, isAlive, usePools } from './use-pools'

const start = usePools()

/** Says who answers, how often this process was asked, and how many requests it had at the same time at most. */
const COUNTS = `
let [asked, running, most] = [0, 0, 0]
exports.handler = async ({ path }) => {
  asked += 1
  most = Math.max(most, ++running)
  await new Promise((resolve) => setTimeout(resolve, path === '/slow' ? 100 : 0))
  running -= 1
  return { body: JSON.stringify({ pid: process.pid, asked, most }) }
}`
const HANGS = 'exports.handler = ({ path }) => (path === "/hang" ? new Promise(() => {}) : {})'

type Counted = { pid: number; asked: number; most: number }

async function ask(pool: Pool, path = '/'): Promise<Counted & { process: number }> {
  const response = await fetch(pool.url + path, { method: 'POST' })
  return { ...((await response.json()) as Counted), process: Number(response.headers.get('x-sandbox-process')) }
}

async function askInTurn(pool: Pool, times: number): Promise<number[]> {
  const served: number[] = []
  for (let time = 0; time < times; time += 1) served.push((await ask(pool)).process)
  return served
}

const numbers = ({ processes }: Pool) => processes.map(({ number }) => number)
const of = (process: number) => (event: PoolEvent) => event.process === process

/** Resolves with the next thing of this kind that happens in the pool, to this process if one is given. */
function next({ log }: Pool, kind: PoolEvent['kind'], process?: number): Promise<PoolEvent> {
  return new Promise((resolve) => {
    const stop = log.subscribe((event) => {
      if (event.kind !== kind || (process !== undefined && process !== event.process)) return
      stop()
      resolve(event)
    })
  })
}

describe('requests', () => {
  test('a process has one request at a time, and others wait', async () => {
    const pool = await start(COUNTS)
    const answers = await Promise.all(Array.from({ length: 9 }, () => ask(pool, '/slow')))
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(3)
    expect(answers.map(({ most }) => most)).toEqual(Array(9).fill(1))
    expect(answers.map(({ asked }) => asked).sort()).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3])
  })

  test('a request that finds no process idle starts another, up to the most that are allowed', async () => {
    const pool = await start(COUNTS, { size: 1, max: 3 })
    expect(numbers(pool)).toEqual([1])
    await Promise.all(Array.from({ length: 12 }, () => ask(pool, '/slow')))
    await pool.ready()
    expect(numbers(pool).sort()).toEqual([1, 2, 3])
  })

  test('request and answer pass unchanged', async () => {
    const echo = `exports.handler = async (request) =>
      ({ status: 202, headers: { 'X-Mixed': 'b' }, body: JSON.stringify({ ...request, env: process.env.FAKE_ENV }) })`
    const pool = await start(echo)
    const alone = await startIntegration({ bundle: await bundleOf(echo), env: { FAKE_ENV: 'given' } })
    const both = [pool.url, alone.url].map(async (url) => {
      const init = { method: 'PUT', body: '{"a":"ä"}', headers: { 'X-Bot-Id': 'bot', 'x-empty': '' } }
      const response = await fetch(`${url}/sub/path?a=1&b=%20`, init)
      const body = (await response.json()) as { headers: Record<string, string> }
      return { status: response.status, mixed: response.headers.get('x-mixed'), body: withoutHost(body) }
    })
    const [pooled, direct] = await Promise.all(both)
    await alone.stop()
    expect(pooled).toEqual(direct)
    expect(pooled).toMatchObject({
      status: 202,
      mixed: 'b',
      body: { body: '{"a":"ä"}', env: 'given', query: 'a=1&b=%20' },
    })
  })

  test.each([204, 500])('an answer %i stays what it is', async (status) => {
    const pool = await start(`exports.handler = () => ({ status: ${status}, body: ${status === 204 ? '""' : '"x"'} })`)
    const response = await fetch(pool.url, { method: 'POST' })
    expect([response.status, await response.text()]).toEqual([status, status === 204 ? '' : 'x'])
  })

  test('a pool of a bundle that cannot be loaded says why and leaves nothing behind', async () => {
    const bundle = await bundleOf(`
      require('node:fs').appendFileSync(process.env.PIDS, process.pid + ' ')
      throw new Error('no such secret')`)
    await expect(startPool({ bundle, env: { PIDS: `${bundle}.pids` } })).rejects.toThrow('no such secret')
    const pids = (await readFile(`${bundle}.pids`, 'utf8')).trim().split(' ').map(Number)
    expect(pids.filter(isAlive)).toEqual([])
  })
})

function withoutHost({ headers, ...rest }: { headers: Record<string, string> }) {
  return { ...rest, headers: { ...headers, host: '' } }
}

describe('frozen', () => {
  /** Sets a timer of 50 ms and answers before it ticks; every answer tells the ticks so far. */
  const TICKS = `
  const ticks = []
  exports.handler = async ({ path }) => {
    if (path === '/set') setTimeout(() => ticks.push(Date.now()), 50)
    else await new Promise((resolve) => setTimeout(resolve, 150))
    return { body: JSON.stringify(ticks) }
  }`
  const ticksAt = async (url: string, path: string) => (await (await fetch(url + path)).json()) as number[]
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

  test('a timer of a frozen process ticks only when it is thawed', async () => {
    const pool = await start(TICKS, { size: 1 })
    expect(await ticksAt(pool.url, '/set')).toEqual([])
    await pause(300)
    const thawedAt = Date.now()
    const ticks = await ticksAt(pool.url, '/')
    expect(ticks).toHaveLength(1)
    expect(ticks[0]).toBeGreaterThanOrEqual(thawedAt)
  })

  test('the same timer ticks in time in a process that always runs', async () => {
    const running = await startIntegration({ bundle: await bundleOf(TICKS), env: {} })
    await ticksAt(running.url, '/set')
    await pause(300)
    const askedAt = Date.now()
    const ticks = await ticksAt(running.url, '/')
    await running.stop()
    expect(ticks[0]).toBeLessThan(askedAt)
  })

  test('its connections stay open', async () => {
    const [server, url] = await listen()
    let connections = 0
    server.on('connection', () => (connections += 1))
    const pool = await start(
      `const http = require('node:http')
       const agent = new http.Agent({ keepAlive: true })
       exports.handler = () => new Promise((resolve, reject) =>
         http.request('${url}', { agent }, (answer) => answer.resume().on('end', () => resolve({})))
           .on('error', reject).end())`,
      { size: 1 },
    )
    await fetch(pool.url)
    await fetch(pool.url)
    server.close()
    server.closeAllConnections()
    expect(connections).toBe(1)
  })

  test('everything that happens to a process is noted', async () => {
    const pool = await start(COUNTS, { size: 2 })
    await askInTurn(pool, 3)
    const kinds = (process: number) => pool.log.events.filter(of(process)).map(({ kind }) => kind)
    const once = ['thawed', 'answered', 'frozen']
    expect(kinds(1)).toEqual(['started', ...once, ...once])
    expect(kinds(2)).toEqual(['started', ...once])
    expect(pool.log.events.filter(({ kind }) => kind === 'thawed').map(({ request }) => request)).toEqual([1, 2, 3])
    expect(pool.log.events.find(({ kind }) => kind === 'answered')).toMatchObject({ request: 1, status: 200 })
    expect(pool.processes.map(({ state, served }) => ({ state, served }))).toEqual([
      { state: 'frozen', served: 1 },
      { state: 'frozen', served: 2 },
    ])
  })
})

describe('which process takes the next request', () => {
  const [one, two, three] = [1, 2, 3]
  test.each<{ name: string; choose?: PoolOptions['choose']; served: number[] }>([
    { name: 'by default the one used least recently', served: [one, two, three, one, two] },
    { name: 'the one used most recently', choose: mostRecent, served: [three, three, three, three, three] },
    {
      name: 'whichever is chosen',
      choose: (frozen) => frozen.find(({ number }) => number === 2),
      served: [two, two, two, two, two],
    },
  ])('$name', async ({ choose, served }) => {
    const pool = await start(COUNTS, { ...(choose && { choose }) })
    expect(await askInTurn(pool, 5)).toEqual(served)
  })

  test('chance is the same for the same seed', async () => {
    const order = async (seed: number) => askInTurn(await start(COUNTS, { choose: randomly(seeded(seed)) }), 12)
    const [first, again, other] = [await order(1), await order(1), await order(2)]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    expect(new Set(first).size).toBe(3)
  })
})

describe('a process that ends', () => {
  test.each<{ lostAnswer: PoolOptions['lostAnswer']; seen: string | number }>([
    { lostAnswer: 'cut', seen: 'cut' },
    { lostAnswer: 'bad-gateway', seen: 502 },
  ])('killed in a request: the caller sees $seen, and another takes its place', async ({ lostAnswer, seen }) => {
    const pool = await start(HANGS, { ...(lostAnswer && { lostAnswer }) })
    const thawed = next(pool, 'thawed')
    const answer = fetch(`${pool.url}/hang`).then(
      ({ status }) => status,
      () => 'cut',
    )
    const { process, request } = await thawed
    await pool.kill()
    expect(await answer).toBe(seen)
    expect(pool.log.events.at(-1)).toMatchObject({ kind: 'killed', process, request })
    await pool.ready()
    expect(numbers(pool)).toEqual([4, 2, 3].sort())
    expect((await fetch(pool.url)).status).toBe(200)
  })

  test('a frozen one that somebody kills is replaced', async () => {
    const pool = await start(COUNTS, { size: 1 })
    const started = next(pool, 'started')
    process.kill(pool.processes[0]?.pid ?? -1, 'SIGKILL')
    await started
    await pool.ready()
    expect(numbers(pool)).toEqual([2])
    expect((await ask(pool)).process).toBe(2)
  })

  test('without an answer in the time that the platform grants it is ended', async () => {
    const pool = await start(HANGS, { size: 1, limitMs: 200 })
    await expect(fetch(`${pool.url}/hang`)).rejects.toThrow()
    expect(pool.log.events.at(-1)).toMatchObject({ kind: 'killed', process: 1 })
  })

  test('recycled, a cold one takes its place; a busy one answers first', async () => {
    const pool = await start(COUNTS, { size: 2, choose: mostRecent })
    const thawed = next(pool, 'thawed')
    const slow = ask(pool, '/slow')
    await thawed
    const replaced = next(pool, 'started', 4)
    await pool.recycle()
    expect(await slow).toMatchObject({ process: 2, asked: 1 })
    await replaced
    await pool.ready()
    expect(pool.log.events.filter(({ kind }) => kind === 'recycled').map(({ process }) => process)).toEqual([1, 2])
    expect(numbers(pool)).toEqual([3, 4])
  })

  test('after so many requests as are allowed it is recycled', async () => {
    const pool = await start(COUNTS, { size: 1, maxRequests: 2 })
    expect(await askInTurn(pool, 5)).toEqual([1, 1, 2, 2, 3])
  })

  test('a restart ends all of them, in the middle of their requests', async () => {
    const pool = await start(HANGS)
    const cut = expect(fetch(`${pool.url}/hang`)).rejects.toThrow()
    await next(pool, 'thawed')
    await pool.restart()
    await cut
    expect(numbers(pool)).toEqual([4, 5, 6])
  })

  test('a stop ends all of them, and cuts who still waits', async () => {
    const pool = await start(HANGS, { size: 1 })
    const { pid } = await (fetch(pool.url), next(pool, 'frozen'))
    const cut = [1, 2].map(() => expect(fetch(`${pool.url}/hang`)).rejects.toThrow())
    await next(pool, 'thawed')
    await pool.stop()
    await Promise.all(cut)
    expect(isAlive(pid)).toBe(false)
  })
})

async function listen(): Promise<[Server, string]> {
  const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`]
}
