import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One request as it arrived. */
export type Received = {
  method: string
  /** With the query. */
  path: string
  headers: http.IncomingHttpHeaders
  body: string
}
export type Reply =
  { status?: number; headers?: http.OutgoingHttpHeaders; body?: unknown; afterMs?: number } | 'cut' | 'silence'

/** A server on a free port of this machine that answers what the test says, in the order it says. */
export type LocalServer = {
  url: string
  received: Received[]
  /** The last segment of each request's path, in order. */
  actions(): string[]
  close(): Promise<void>
}

/** `reply` is asked for each request: how often its path came before is `nth`, from 0. */
export async function serve(reply: (request: Received, nth: number) => Reply): Promise<LocalServer> {
  const received: Received[] = []
  const actionOf = ({ path }: Received) => path.split('?')[0]?.split('/').at(-1) ?? ''
  const server = http.createServer((incoming, outgoing) => {
    void text(incoming).then((body) => {
      const { method = '', url: path = '', headers } = incoming
      const request = { method, path, headers, body }
      const nth = received.filter((earlier) => actionOf(earlier) === actionOf(request)).length
      received.push(request)
      send(outgoing, reply(request, nth))
    })
  })
  return { url: await listen(server), received, actions: () => received.map(actionOf), close: () => close(server) }
}

function send(outgoing: http.ServerResponse, reply: Reply): void {
  if (reply === 'silence') return
  if (reply === 'cut') {
    outgoing.socket?.destroy()
    return
  }
  const { status = 200, headers = {}, body = {}, afterMs = 0 } = reply
  setTimeout(() => {
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body))
  }, afterMs)
}

/** Binds to this machine alone, on any free port. */
export async function listen(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function close(server: http.Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
