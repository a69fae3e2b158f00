import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type MediaFile = { name: string; contentType: string; bytes: Uint8Array }

/** Keeps what customers attach and serves it, as the customers' channel would. */
export type MediaHost = {
  /** Scheme, host and port. */
  readonly origin: string
  /** Keeps the file and answers its address. */
  put(file: MediaFile): string
  clear(): void
  close(): Promise<void>
}

/** Starts the host on a free loopback port. */
export async function startMediaHost(): Promise<MediaHost> {
  const files = new Map<string, MediaFile>()
  const server = createServer((request, response) => answer(response, files.get(request.url ?? '')))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    put(file) {
      const path = `/${randomUUID()}/${encodeURIComponent(file.name)}`
      files.set(path, file)
      return origin + path
    },
    clear: () => files.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(response: ServerResponse, file: MediaFile | undefined): void {
  if (!file) return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.bytes.length })
  response.end(file.bytes)
}
