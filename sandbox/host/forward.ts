import { request as httpRequest } from 'node:http'

/** A request as it arrived: the headers in their spelling and order, name and value by turns. */
export type PoolRequest = { method: string; path: string; rawHeaders: string[]; body: Buffer }
export type PoolAnswer = { status: number; rawHeaders: string[]; body: Buffer }

/**
 * Sends a request on to `url` unchanged, over a connection of its own, and resolves when the answer is complete. Rejects when
 * the connection is cut before.
 */
export function forward(url: string, { method, path, rawHeaders, body }: PoolRequest): Promise<PoolAnswer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, url), { method, headers: rawHeaders, agent: false })
    sent.on('error', reject)
    sent.on('response', (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 500, rawHeaders: answer.rawHeaders, body: Buffer.concat(chunks) }),
      )
    })
    sent.end(body)
  })
}
