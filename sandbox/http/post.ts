import { request, type IncomingHttpHeaders } from 'node:http'

/** What was answered, the names of headers in lower case. */
export type Posted = { status: number; headers: IncomingHttpHeaders; text: string }

type Post = { headers: Record<string, string>; body: string; signal?: AbortSignal }

/**
 * Posts a text over plain HTTP and resolves when the answer is complete; a redirect is an answer too. Rejects when the
 * connection is cut, and with the reason of `signal` when that aborts. `fetch` would make streams of both bodies of each call.
 */
export function post(url: string, { headers, body, signal }: Post): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const fail = (problem: Error) => reject(signal?.aborted ? (signal.reason as Error) : problem)
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const sent = request(url, { method: 'POST', headers: { ...headers, ...length }, signal })
    sent.on('error', fail)
    sent.on('response', (answer) => {
      const { statusCode: status = 0, headers: answered } = answer
      let text = ''
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      answer.on('error', fail)
      answer.on('end', () => resolve({ status, headers: answered, text }))
    })
    sent.end(body)
  })
}
