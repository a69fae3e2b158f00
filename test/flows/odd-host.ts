import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'

type OddFile = {
  /** How many bytes are sent; `Infinity`: until nobody reads any more. */
  bytes: number
  /** Promised length; `null`: none. Default: the truth. */
  promised?: number | null
  contentType?: string
  /** After the last byte the answer is neither ended nor cut. */
  staysOpen?: boolean
}

/** A whole answer, as it is. */
type OddAnswer = { status?: number; headers?: Record<string, string>; body?: string | Uint8Array }

/** A host of media on loopback that can lie, stall and redirect. */
type OddHost = {
  readonly origin: string
  /** Paths that were asked for. */
  readonly asked: string[]
  serves(path: string, file: OddFile): string
  answers(path: string, answer: OddAnswer): string
  redirects(path: string, target: string): string
  close(): Promise<void>
}

const BLOCK = Buffer.alloc(64 * 1024, 'x')

export async function startOddHost(): Promise<OddHost> {
  const answers = new Map<string, (response: ServerResponse) => void>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const answer = answers.get(path)
    if (answer) answer(response)
    else response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const at = (path: string, answer: (response: ServerResponse) => void) => {
    answers.set(path, answer)
    return origin + path
  }
  return {
    origin,
    asked,
    serves: (path, file) => at(path, (response) => send(response, file)),
    answers: (path, { status = 200, headers = {}, body = '' }) =>
      at(path, (response) => response.writeHead(status, headers).end(body)),
    redirects: (path, target) => at(path, (response) => response.writeHead(302, { location: target }).end()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send(response: ServerResponse, file: OddFile): void {
  const { bytes, promised = bytes, contentType = 'image/png', staysOpen = false } = file
  response.writeHead(200, { 'content-type': contentType, ...(promised !== null && { 'content-length': promised }) })
  const isCut = promised !== null && promised > bytes
  const content = Readable.from(blocks(bytes))
  content.pipe(response, { end: !isCut })
  response.once('close', () => content.destroy())
  if (isCut && !staysOpen) content.once('end', () => response.destroy())
}

function* blocks(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= BLOCK.length) yield left < BLOCK.length ? BLOCK.subarray(0, left) : BLOCK
}
