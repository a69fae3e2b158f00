import { serve, type ServerType } from '@hono/node-server'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AddressInfo } from 'node:net'
import { faultMiddleware, type Faults } from '../../http/faults'
import { textOf } from '../../http/json-answer'
import { withLatency } from '../../http/latency'
import { parsed } from '../../http/parsed'
import type { Wire } from '../../http/wire'
import { MAX_FILE_BYTES } from '../chats/files'
import { AccountsError, ApiError } from '../world/errors'
import type { World } from '../world/world'
import { accountRoutes } from './account-routes'
import { actionRoutes } from './action-routes'
import type { Env } from './env'
import { fileRoutes } from './file-routes'

type Parts = { world: World; wire: Wire; faults: Faults }

/** Room for the multipart frame around a file of the largest size. */
const MAX_BODY_BYTES = MAX_FILE_BYTES + 64 * 1024

/** Serves the app on loopback; answers when it listens. */
export function listen(parts: Parts, port = 0): Promise<{ server: ServerType; port: number }> {
  const { fetch } = createApp(parts)
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port }, (info: AddressInfo) =>
      resolve({ server, port: info.port }),
    )
    server.once('error', reject)
  })
}

function createApp({ world, wire, faults }: Parts): Hono<Env> {
  const app = new Hono<Env>()
  app.use(record(wire))
  app.use(tellWebhooksAfterwards(world))
  app.use(limitBody())
  app.use(noteJsonBody)
  app.use(takeTime(world))
  const noteFault = (c: Context<Env>, kind: string) => {
    c.get('exchange').fault = kind
  }
  app.use(faultMiddleware(faults, operationOf, (c, fault) => noteFault(c as Context<Env>, fault.kind)))
  app.route('/', accountRoutes(world))
  app.route('/', fileRoutes(world))
  app.route('/', actionRoutes(world))
  app.notFound((c) => c.json({ error: { type: 'not_found', message: 'No such path' } }, 404))
  app.onError(refuse)
  return app
}

function refuse(error: unknown): Response {
  const known = error instanceof ApiError || error instanceof AccountsError
  const internal = { error: { type: 'internal', message: error instanceof Error ? error.message : 'unknown' } }
  const status = known ? error.status : 500
  // A body that is too large is not read to its end: no other request can come over this connection.
  const headers = status === 413 ? { connection: 'close' } : undefined
  return Response.json(known ? error.body : internal, { status, headers })
}

/** The vendor's own name of what a request asks for, as it stands on the wire and in faults. */
function operationOf(method: string, path: string): string {
  const action = /^\/v[^/]+\/(customer|agent|configuration)\/action\/([^/]+)$/.exec(path)
  if (action) return `${action[1]}/${action[2]}`
  if (path.startsWith('/api/file/')) return 'cdn/get'
  if (path === '/v2/customer/token') return method === 'DELETE' ? 'accounts/revoke' : 'accounts/token'
  return `accounts/${path.replace(/^\/v2\//, '').replaceAll('/', '_')}`
}

/** Puts every request with its answer on the wire; one whose socket is cut stays without an end. */
function record(wire: Wire): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { method, path } = c.req
    const operation = operationOf(method, path)
    const url = new URL(c.req.url)
    const exchange = wire.begin({
      to: 'livechat',
      operation,
      method,
      path: `${path}${url.search}`,
      requestHeaders: c.req.header(),
      requestBody: undefined,
    })
    c.set('exchange', exchange)
    await next()
    wire.end(exchange, { status: c.res.status, responseBody: await answerOf(c.res) })
  }
}

/** The length in the header is enough: to count the bytes as well makes every request a stream. */
function limitBody(): MiddlewareHandler<Env> {
  const onError = () => {
    throw new ApiError('entity_too_large', 'Request is too large')
  }
  const count = bodyLimit({ maxSize: MAX_BODY_BYTES, onError })
  return (c, next) => {
    const length = Number(c.req.header('content-length') ?? 0)
    return length > MAX_BODY_BYTES || c.req.header('transfer-encoding') ? count(c, next) : next()
  }
}

/** The body stands on the wire even when a fault answers in the method's place. Uploads are noted where they are read. */
const noteJsonBody: MiddlewareHandler<Env> = async (c, next) => {
  const type = c.req.header('content-type') ?? (c.req.method === 'POST' ? 'application/json' : '')
  if (/json/.test(type)) c.get('exchange').requestBody = parsed(await c.req.text())
  await next()
}

async function answerOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (!/json|text/.test(type)) return undefined
  return parsed(await textOf(response))
}

/** Files come from elsewhere, so only the calls of the APIs take the time that is set. */
function takeTime({ settings }: World): MiddlewareHandler<Env> {
  return (c, next) =>
    operationOf(c.req.method, c.req.path) === 'cdn/get' ? next() : withLatency(settings.latency, next)
}

/** Webhooks of what a call causes leave when its answer has left, or when its socket is gone. */
function tellWebhooksAfterwards(world: World): MiddlewareHandler<Env> {
  return async (c, next) => {
    const outbox = world.webhooks.collect()
    c.env.outgoing.once('close', outbox.dispatch)
    c.set('outbox', outbox)
    await next()
  }
}
