import http from 'node:http'
import https from 'node:https'
import { axios } from '@botpress/client'
import type { KeepAliveAgents } from './api'
import { LiveChatError, type Api } from './errors'

export type HttpRequest = {
  api: Api
  action: string
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  data?: string | NodeJS.ReadableStream
  timeoutMs: number
}
export type HttpAnswer = {
  status: number
  headers: { get(name: string): string | undefined; setCookies: string[] }
  text: string
}

/** Largest answer that is read, in bytes. A thread of 500 messages of 16 KB stays below. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024

/** How long an unused connection is kept, in milliseconds: below the minute after which load balancers drop theirs. */
const IDLE_CONNECTION_MS = 30_000

/** Connections that are kept open over calls. Make them once per process and hand them to every client. */
export function keepAliveAgents(): KeepAliveAgents {
  const options = { keepAlive: true, maxSockets: 256, timeout: IDLE_CONNECTION_MS }
  return { httpAgent: new http.Agent(options), httpsAgent: new https.Agent(options) }
}

/** Sends one request and returns whatever was answered; throws `LiveChatError` when nothing readable was. */
export async function exchange(request: HttpRequest, agents: Partial<KeepAliveAgents>): Promise<HttpAnswer> {
  // axios' own `timeout` watches the silence of the socket; this one bounds the whole exchange.
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(request.timeoutMs)))
  try {
    const answer = await axios.default.request<string>({
      ...agents,
      method: request.method,
      url: request.url,
      headers: request.headers,
      data: request.data,
      signal,
      maxRedirects: 0, // none is documented, and following one would keep the whole body in memory
      maxContentLength: MAX_ANSWER_BYTES,
      maxBodyLength: Infinity,
      responseType: 'text',
      transformRequest: (data: unknown) => data,
      transformResponse: (text: unknown) => text,
      validateStatus: () => true,
    })
    return { status: answer.status, headers: headersOf(answer.headers), text: String(answer.data ?? '') }
  } catch (error) {
    throw failedExchange(request, error, signal.aborted)
  }
}

function headersOf(headers: Record<string, unknown>): HttpAnswer['headers'] {
  const cookies = headers['set-cookie']
  return {
    get: (name) => {
      const value = headers[name]
      return typeof value === 'string' ? value : undefined
    },
    setCookies: Array.isArray(cookies) ? cookies.filter((cookie) => typeof cookie === 'string') : [],
  }
}

/** The request never left, so it can be repeated whatever it asks for. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'])
/** The connection broke, and nobody knows when. */
const CUT = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE'])
/** A certificate that does not hold, or a request that node itself refuses to send: waiting cures neither. */
const NEVER_SENT = /CERT|SIGNATURE|TLS|SSL|^ERR_INVALID|^ERR_BAD_OPTION/

/** Of axios' error only the code survives: the rest carries tokens, texts and addresses. */
function failedExchange({ api, action }: HttpRequest, error: unknown, timedOut: boolean): LiveChatError {
  const type = timedOut ? 'timeout' : codeOf(error)
  const cause = Object.assign(new Error(type), { code: type })
  if (NOT_SENT.has(type)) return new LiveChatError({ api, action, failure: 'try-later', type, cause })
  if (timedOut || CUT.has(type)) {
    return new LiveChatError({ api, action, failure: 'try-later', type, outcomeUnknown: true, cause })
  }
  return new LiveChatError({ api, action, failure: 'unexpected', type, outcomeUnknown: !NEVER_SENT.test(type), cause })
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? code : 'unknown'
}
