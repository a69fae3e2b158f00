// Serves the `handler` of an integration's bundle on 127.0.0.1. The SDK's own `start(port)` would listen on every interface.
// Arguments: <bundle.cjs> [port] [number of this process]. It runs as `node --eval`, see program.ts.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { PROCESS_HEADER } from '../http/process-header'
import { compiler } from './compile'
import { processMetrics, type Metrics } from './metrics'
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

const [bundle = 'dist/index.cjs', port = '0', processNumber] = process.argv.slice(1)
if (processNumber) signRequests(processNumber)
const compile = compiler()
let handler = load()
/** Measuring begins when somebody first asks for it. */
let metrics: (() => Metrics) | undefined

/** Loads the bundle anew: what an earlier load remembered is gone. */
function load(): Handler {
  const path = resolve(bundle)
  const module = { exports: {} as { handler: Handler } }
  compile(path)(module, module.exports, createRequire(path))
  return module.exports.handler
}

const server = createServer((request, response) => {
  if (processNumber) response.setHeader(PROCESS_HEADER, processNumber)
  void serve(request, response)
})
server.listen(Number(port), '127.0.0.1', () => {
  console.log(`listening ${(server.address() as AddressInfo).port}`)
})
// The parent holds the other end, so a killed parent leaves no orphan. A frozen process does not notice: see guard.ts.
process.stdin.on('end', () => process.exit(0)).resume()
process.on('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
})

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
