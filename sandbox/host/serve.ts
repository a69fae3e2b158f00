// Serves the `handler` of an integration's bundle on 127.0.0.1. The SDK's own `start(port)` would listen on every interface.
// It runs as `node --eval`, see program.ts, and does what its parent says: see orders.ts.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { PROCESS_HEADER } from '../http/process-header'
import { compiler } from './compile'
import { processMetrics, type Metrics } from './metrics'
import type { Order, Report } from './orders'
import { signRequests } from './sign-requests'

/** What the platform hands to a bundle, and what it gets back. */
type PlatformRequest = {
  path: string
  query: string
  method: string
  headers: Record<string, string>
  body?: string
}
type PlatformResponse = { status?: number; body?: string; headers?: Record<string, string> }
type Handler = (request: PlatformRequest) => Promise<PlatformResponse | undefined>

/** As the process was before its first bundle, which may have changed both. */
const atBirth = { env: { ...process.env }, globals: new Set(Reflect.ownKeys(globalThis)) }

/** How often a resting process looks for timers, in milliseconds. */
const LOOK_MS = 100

const compile = compiler()
let bundle = ''
let handler: Handler
let processNumber: string | undefined
let server: Server
/** Measuring begins when somebody first asks for it. */
let metrics: (() => Metrics) | undefined

signRequests(() => processNumber)
process.on('message', (order: Order) => (order.do === 'begin' ? begin(order) : rest()))
// A process whose parent is gone goes too. A frozen process does not notice: see guard.ts.
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => closeServer(() => process.exit(0)))

/** Loads a bundle and listens. Nothing that an earlier one set is left. */
function begin({ env, port, number, ...given }: Extract<Order, { do: 'begin' }>): void {
  for (const key of Object.keys(process.env)) Reflect.deleteProperty(process.env, key)
  Object.assign(process.env, atBirth.env, env)
  for (const key of Reflect.ownKeys(globalThis)) {
    if (!atBirth.globals.has(key)) Reflect.deleteProperty(globalThis, key)
  }
  bundle = given.bundle
  processNumber = number === undefined ? undefined : String(number)
  handler = load()
  server = createServer((request, response) => {
    if (processNumber) response.setHeader(PROCESS_HEADER, processNumber)
    void serve(request, response)
  })
  server.listen(port, '127.0.0.1', () => report({ now: 'listening', port: (server.address() as AddressInfo).port }))
}

/** Lets running requests finish and listens no more; then waits until no timer is left that could still act. */
function rest(): void {
  closeServer(() => {
    report({ now: 'resting' })
    const look = setInterval(() => {
      if (process.getActiveResourcesInfo().includes('Timeout')) return
      clearInterval(look)
      report({ now: 'quiet' })
    }, LOOK_MS).unref() // what is unreferenced is not listed
  })
}

function closeServer(then: () => void): void {
  server.close(then)
  server.closeIdleConnections()
}

function report(given: Report): void {
  process.send?.(given)
}

/** Loads the bundle anew: what an earlier load remembered is gone. */
function load(): Handler {
  const path = resolve(bundle)
  const module = { exports: {} as { handler: Handler } }
  compile(path)(module, module.exports, createRequire(path))
  return module.exports.handler
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname === '/health') return void response.writeHead(200).end('ok')
    if (url.pathname === '/forget') {
      handler = load()
      return void response.writeHead(200).end('ok')
    }
    if (url.pathname === '/metrics') {
      metrics ??= processMetrics()
      return void response.writeHead(200).end(JSON.stringify(metrics()))
    }
    const answer = await handler(await toPlatformRequest(request, url))
    send(response, answer ?? {})
  } catch (thrown) {
    response.writeHead(500).end(JSON.stringify({ error: thrown instanceof Error ? thrown.message : String(thrown) }))
  }
}

async function toPlatformRequest(request: IncomingMessage, url: URL): Promise<PlatformRequest> {
  const method = (request.method ?? 'GET').toUpperCase()
  const body = ['POST', 'PUT', 'PATCH'].includes(method) ? await read(request) : undefined
  return { path: url.pathname, query: url.search.slice(1), method, headers: lastValues(request.rawHeaders), body }
}

/** Of a header sent twice the last value wins. */
function lastValues(raw: string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let i = 0; i + 1 < raw.length; i += 2) headers[String(raw[i]).toLowerCase()] = String(raw[i + 1])
  return headers
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** An empty body is sent as `{}`; a 204 has none. */
function send(response: ServerResponse, { status = 200, body, headers = {} }: PlatformResponse): void {
  response.writeHead(status, headers)
  if (status === 204) response.end()
  else response.end(body ? body : '{}')
}
