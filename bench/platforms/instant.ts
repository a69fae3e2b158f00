import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { botpressAnswer } from './instant-botpress'
import { livechatAnswer } from './instant-livechat'
import { Books } from './books'
import type { Asked, Fields } from './exchange'

/**
 * Both platforms in one, answering at once whatever is asked and checking nothing. For measures of the integration
 * alone: the emulators are strict and keep everything, which costs them more than the integration's own work.
 */
export type InstantPlatforms = { url: string; books: Books; close(): Promise<void> }

export async function startInstantPlatforms(): Promise<InstantPlatforms> {
  const books = new Books()
  const server = createServer({ keepAlive: true }, (request, response) => void serve(request, response, books))
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    books,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(request: IncomingMessage, response: ServerResponse, books: Books): Promise<void> {
  const asked = await read(request)
  books.asked += 1
  const answer = asked.path.startsWith('/v1/') ? botpressAnswer(asked, books) : livechatAnswer(asked, books)
  const { status = 200, headers, body } = answer
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function read(request: IncomingMessage): Promise<Asked> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  return {
    method: request.method ?? 'GET',
    path: pathname,
    query: searchParams,
    authorization: request.headers.authorization ?? '',
    body: text ? (JSON.parse(text) as Fields) : {},
  }
}
