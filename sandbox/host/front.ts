import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PoolAnswer, PoolRequest } from './forward'

/** Headers that belong to one connection, not to the answer. */
const OF_THE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'content-length']

export type Front = { readonly url: string; close(): Promise<void> }

/** One address on loopback in front of a pool. Where `answer` gives none, the caller's connection is cut. */
export async function startFront(answer: (request: PoolRequest) => Promise<PoolAnswer | undefined>): Promise<Front> {
  const server = createServer((incoming, response) => {
    void read(incoming)
      .then(answer)
      .then((given) => send(response, given))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function read(incoming: IncomingMessage): Promise<PoolRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const { method = 'GET', url: path = '/', rawHeaders } = incoming
  return { method, path, rawHeaders, body: Buffer.concat(chunks) }
}

function send(response: ServerResponse, answer: PoolAnswer | undefined): void {
  if (!answer) return void response.destroy()
  const { status, rawHeaders, body } = answer
  response.writeHead(status, withoutConnection(rawHeaders)).end(body)
}

function withoutConnection(rawHeaders: string[]): string[] {
  return rawHeaders.filter((_, at) => {
    const name = rawHeaders[at - (at % 2)] ?? ''
    return !OF_THE_CONNECTION.includes(name.toLowerCase())
  })
}
