import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { CLIENT_ID, ORGANIZATION_ID } from '../../sandbox/livechat/world/defaults'

export const SECRET = 'the-configured-secret-5d7c1f0e'

type Answer = { status?: number; body?: string }
type Handler = (request: object) => Promise<Answer | undefined>
type WebRequest = { body?: string; headers?: Record<string, string>; path?: string; query?: string; method?: string }

/** The webhook door of the bundle in this process, between two platforms that know nothing and note who asks. */
export type Door = {
  /** As Botpress hands over what LiveChat, or anybody else, has posted. */
  knock(request: WebRequest): Promise<Answer>
  /** Calls that would change something, and calls that nothing should cause at all. */
  readonly writes: string[]
  /** How often a platform was asked something. */
  readonly reads: string[]
  close(): Promise<void>
}

/** Opens the door. Only reads of Botpress are answered: with "there is no such thing". */
export async function openDoor(): Promise<Door> {
  const [reads, writes]: [string[], string[]] = [[], []]
  const isRead = (method: string, path: string) => method === 'GET' || path.endsWith('/agent/action/get_chat')
  const server = await listen((method, path) => (isRead(method, path) ? reads : writes).push(`${method} ${path}`))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.assign(process.env, {
    BP_API_URL: url,
    LIVECHAT_API_URL: url,
    LIVECHAT_ACCOUNTS_URL: url,
    NO_PROXY: '127.0.0.1',
  })
  const { handler } = createRequire(resolve('package.json'))(resolve('dist/index.cjs')) as { handler: Handler }
  return {
    reads,
    writes,
    knock: async (request) => (await handler(platformRequest(request))) ?? {},
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function listen(note: (method: string, path: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    note(request.method ?? '', pathname)
    const isList = request.method === 'GET' && !pathname.includes('/states/')
    const body = isList
      ? { conversations: [], messages: [], events: [], users: [], meta: {} }
      : { id: 'err_1', code: 404, type: 'ResourceNotFound', message: 'there is none' }
    response.writeHead(isList ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const configuration = {
  clientId: CLIENT_ID,
  organizationId: ORGANIZATION_ID,
  webhookSecret: SECRET,
  agentToken: 'ZDJhN2IxYzQtNmUzZi00YjU4LTlhMGMtMWYyZTNkNGM1YjZhOmRhbDp0b2tlbg==',
  groupId: 7,
}

function platformRequest({ body, headers = {}, path = '', query = '', method = 'POST' }: WebRequest): object {
  return {
    path: '/',
    query: '',
    method: 'POST',
    headers: {
      'x-bot-id': 'bot_1',
      'x-bot-user-id': 'user_1',
      'x-integration-id': 'intver_1',
      'x-integration-alias': 'livechat-hitl',
      'x-webhook-id': 'webhook-1',
      'x-bp-operation': 'webhook_received',
      'x-bp-configuration': Buffer.from(JSON.stringify(configuration)).toString('base64'),
      authorization: 'Bearer token',
    },
    body: JSON.stringify({ req: { path, query, method, headers, ...(body !== undefined && { body }) } }),
  }
}
