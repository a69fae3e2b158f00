import { Hono, type Context } from 'hono'
import { serve, type HttpBindings } from '@hono/node-server'
import type { AddressInfo, Server } from 'node:net'
import { Faults, faultMiddleware, type Fault } from '../http/faults'
import { jsonAnswer, textOf } from '../http/json-answer'
import { withLatency } from '../http/latency'
import { parsed } from '../http/parsed'
import { processOf, PROCESS_HEADER } from '../http/process-header'
import type { Wire } from '../http/wire'
import { ApiError } from './api-error'
import { readQuery } from './checks'
import type { Conflicts } from './conflicts'
import { asBot, asIntegration, type Caller, type Platform } from './platform'
import type { InstalledIntegration, WebRequest } from './installation'
import { AnswerLost, type IntegrationAnswer } from './integration-calls'
import type { Operation, PathParams } from './operation'
import { operations } from './runtime-api/operations'

type Env = { Bindings: HttpBindings }

/** Largest request of the Runtime API, in bytes. */
const MAX_REQUEST_BYTES = 1_000_000

type ServerParts = {
  platform: Platform
  wire: Wire
  faults: Faults
  conflicts: Conflicts
  installations(): InstalledIntegration[]
  /** Counts a webhook as under way. */
  track<T>(work: Promise<T>): Promise<T>
}

/** One loopback server: the Runtime API, uploaded files, and the host of the webhooks. */
export function startServer(parts: ServerParts): Promise<{ url: string; close(): Promise<void> }> {
  const app = new Hono<Env>()
  for (const operation of operations) {
    app.on(operation.method, operation.path, (c) => answerOperation(parts, c, operation))
  }
  app.put('/files/:id/content', (c) => storeContent(parts, c))
  app.get('/files/:id', (c) => sendContent(parts, c))
  app.all('/v1/*', (c) => refusal(new ApiError('ResourceNotFound', `no operation ${c.req.method} ${c.req.path}`)))
  app.all('/:webhookId/*', (c) => answerWebhook(parts, c))
  app.all('/:webhookId', (c) => answerWebhook(parts, c))
  return listen(app)
}

function listen(app: Hono<Env>): Promise<{ url: string; close(): Promise<void> }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }: AddressInfo) => {
      resolve({ url: `http://127.0.0.1:${port}`, close: () => close(server as Server) })
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)()
  })
}

async function answerOperation(parts: ServerParts, c: Context<Env>, operation: Operation): Promise<Response> {
  const { wire } = parts
  const text = await c.req.text()
  const caller = processOf(c.req.header())
  const fault = parts.faults.take(operation.name, caller) ?? conflictWith(parts, c, operation, text)
  const exchange = wire.begin({
    to: 'botpress',
    operation: operation.name,
    method: c.req.method,
    path: pathAndQuery(c),
    requestHeaders: c.req.header(),
    requestBody: text ? parsed(text) : undefined,
    ...(fault ? { fault: fault.kind } : {}),
  })
  const response = await withLatency(parts.platform.settings.latency, () =>
    throughFault(c, fault, () => runOperation(parts.platform, parts.installations(), c, operation, text)),
  )
  wire.end(exchange, { status: response.status, responseBody: parsed(await textOf(response)) })
  return response
}

/** Only writes of integrations meet one: what the bot's own calls do then is not the integration's matter. */
function conflictWith({ conflicts }: ServerParts, c: Context<Env>, { name, method }: Operation, body: string) {
  if (!c.req.header('x-integration-id')) return undefined
  return conflicts.take({ operation: name, method, path: pathAndQuery(c), body })
}

/** Applies one fault that was already taken. */
async function throughFault(c: Context<Env>, fault: Fault | undefined, work: () => Promise<Response>) {
  if (!fault) return work()
  const single = new Faults()
  single.add({ ...fault, operation: '*', after: 0, times: 1 })
  const answer = await faultMiddleware(single, () => '*')(c, async () => {
    c.res = await work()
  })
  return answer ?? c.res
}

async function runOperation(
  platform: Platform,
  installations: InstalledIntegration[],
  c: Context<Env>,
  operation: Operation,
  text: string,
): Promise<Response> {
  try {
    const caller = identify(installations, c, operation)
    if (Buffer.byteLength(text) > MAX_REQUEST_BYTES) throw new ApiError('PayloadTooLarge', 'the request is too large')
    const body = operation.method === 'GET' || operation.method === 'DELETE' ? undefined : readJson(text)
    const query = readQuery(new URL(c.req.url).searchParams)
    const params: PathParams = { id: '', type: '', name: '', userId: '', ...c.req.param() }
    return jsonAnswer(c, await operation.run({ platform, caller, params, body, query }), operation.status)
  } catch (thrown) {
    return refusal(thrown)
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError('InvalidPayload', 'the body is no JSON')
  }
}

/** Bot id and integration id make an integration, the bot id alone makes the bot. */
function identify(installations: InstalledIntegration[], c: Context<Env>, { name, botOnly }: Operation): Caller {
  if (!/^Bearer \S+$/.test(c.req.header('authorization') ?? '')) {
    throw new ApiError('Unauthorized', 'the header Authorization must hold a bearer token')
  }
  const installed = installations.find(({ botId }) => botId === c.req.header('x-bot-id'))
  if (!installed) throw new ApiError('Forbidden', 'the header x-bot-id names no bot of this token')
  const integrationId = c.req.header('x-integration-id')
  if (!integrationId) return asBot(installed)
  const alias = c.req.header('x-integration-alias')
  if (integrationId !== installed.integrationId || (alias !== undefined && alias !== installed.alias)) {
    throw new ApiError('Forbidden', 'x-integration-id and x-integration-alias name nothing installed in this bot')
  }
  if (botOnly) throw new ApiError('Forbidden', `${name} is not for integrations`)
  return asIntegration(installed)
}

function refusal(thrown: unknown): Response {
  const error = thrown instanceof ApiError ? thrown : new ApiError('Internal', String(thrown))
  if (!(thrown instanceof ApiError)) console.error(thrown)
  return new Response(JSON.stringify(error.toBody()), {
    status: error.status,
    headers: { 'content-type': 'application/json' },
  })
}

async function answerWebhook({ installations, platform, track }: ServerParts, c: Context<Env>): Promise<Response> {
  const { bareWebhookPath } = platform.settings
  const installed = installations().find(({ webhookId }) => webhookId === c.req.param('webhookId'))
  if (!installed) return refusal(new ApiError('ResourceNotFound', 'no such webhook'))
  const answer = await track(installed.webhook(await webRequest(c, bareWebhookPath)).catch(badGateway))
  const headers = new Headers()
  if (answer.contentType) headers.set('content-type', answer.contentType)
  if (answer.process !== undefined) headers.set(PROCESS_HEADER, String(answer.process))
  return new Response(answer.status === 204 ? null : answer.text, { status: answer.status, headers })
}

/** The path is what follows the webhook id. */
async function webRequest(c: Context<Env>, barePath: string): Promise<WebRequest> {
  const { pathname, search } = new URL(c.req.url)
  const body = await c.req.text()
  return {
    path: pathname.replace(/^\/[^/]+/, '').replace(/^\/?$/, barePath),
    query: search.slice(1),
    method: c.req.method,
    headers: c.req.header(),
    ...(body ? { body } : {}),
  }
}

function badGateway(thrown: unknown): IntegrationAnswer {
  const error = thrown instanceof ApiError ? thrown : new ApiError('Internal', String(thrown))
  const status = thrown instanceof AnswerLost ? 502 : error.status
  return { status, text: JSON.stringify(error.toBody()), contentType: 'application/json' }
}

async function storeContent({ platform: { store } }: ServerParts, c: Context<Env>): Promise<Response> {
  const row = store.files.get(c.req.param('id') ?? '')
  if (!row) return refusal(new ApiError('ResourceNotFound', 'no such file'))
  store.contents.set(row.object.id, new Uint8Array(await c.req.arrayBuffer()))
  row.object = { ...row.object, status: 'upload_completed' }
  return c.body(null, 200)
}

function sendContent({ platform: { store } }: ServerParts, c: Context<Env>): Response {
  const row = store.files.get(c.req.param('id') ?? '')
  const content = row && store.contents.get(row.object.id)
  if (!row || !content) return refusal(new ApiError('ResourceNotFound', 'no such file'))
  return new Response(Buffer.from(content), { headers: { 'content-type': row.object.contentType } })
}

function pathAndQuery(c: Context<Env>): string {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}
