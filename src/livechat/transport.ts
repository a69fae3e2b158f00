import * as z from 'zod/mini'
import type { KeepAliveAgents, LiveChatOptions } from './api'
import { LiveChatError, type Api, type Failure } from './errors'
import { failureOf, outcomeUnknown } from './failures'
import { exchange, type HttpAnswer, type HttpRequest } from './http'
import { parseJson } from './parse-json'
import { readRefusal, type ApiRefusal } from './refusals'
import { regionOf } from './region'

type TransportOptions = Partial<KeepAliveAgents> &
  Pick<LiveChatOptions, 'regions' | 'onNotice' | 'deadline' | 'timeoutMs'>

type Call<S extends z.ZodMiniType> = {
  api: Api
  action: string
  method?: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  /** A function makes it anew for each attempt; a stream by itself can be sent once only. */
  body?: HttpRequest['data'] | (() => Promise<HttpRequest['data']>)
  /** What a success looks like. */
  shape: S
  timeoutMs?: number
  /** The status says nothing: the accounts service's own library, `@livechat/customer-auth`, looks at the body alone. */
  decidedByBody?: boolean
}
type CallAnswer<T> = { value: T; setCookies: string[] }

const DEFAULT_TIMEOUT_MS = 8000

/** One attempt of one call: time limits, regions, notices, and every answer read as a value or a `LiveChatError`. */
export class Transport {
  private readonly regions: Map<string, string>
  private noticed = false

  constructor(private readonly options: TransportOptions) {
    this.regions = options.regions ?? new Map()
  }

  async send<S extends z.ZodMiniType>(call: Call<S>): Promise<CallAnswer<z.output<S>>> {
    const { prefix, header } = regionOf(call.headers?.['Authorization'])
    const isRegional = call.api !== 'accounts'
    const region = isRegional ? (this.regions.get(prefix) ?? header) : undefined
    try {
      return await this.sendOnce(call, region)
    } catch (error) {
      const wanted = error instanceof LiveChatError ? regionWanted(error, region) : undefined
      if (wanted === undefined) throw error
      this.regions.set(prefix, wanted)
      const isUsedUp = typeof call.body === 'object'
      if (isUsedUp) throw error
      return this.sendOnce(call, wanted)
    }
  }

  private async sendOnce<S extends z.ZodMiniType>(call: Call<S>, region?: string): Promise<CallAnswer<z.output<S>>> {
    const timeoutMs = this.timeLeft(call)
    const data = typeof call.body === 'function' ? await call.body() : call.body
    const regional: Record<string, string> = region === undefined ? {} : { 'X-Region': region }
    const answer = await exchange(
      {
        api: call.api,
        action: call.action,
        method: call.method ?? 'POST',
        url: call.url,
        headers: { Accept: 'application/json', ...regional, ...call.headers },
        data,
        timeoutMs,
      },
      { httpAgent: this.options.httpAgent, httpsAgent: this.options.httpsAgent },
    )
    this.notice(answer)
    return { value: read(call, answer), setCookies: answer.headers.setCookies }
  }

  /** Milliseconds for one attempt: the call's own limit, cut to what the caller has left. */
  private timeLeft({ api, action, timeoutMs }: Call<z.ZodMiniType>): number {
    const ownMs = timeoutMs ?? this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS
    const leftMs = this.options.deadline?.() ?? Infinity
    if (leftMs <= 0) throw new LiveChatError({ api, action, failure: 'try-later', type: 'deadline' })
    return Math.min(ownMs, leftMs)
  }

  /** LiveChat announces the end of a version by a header that holds the date ("API versioning", lifecycle). */
  private notice({ headers }: HttpAnswer): void {
    const name = ['Deprecation', 'Legacy'].find((header) => headers.get(header.toLowerCase()))
    if (name === undefined || this.noticed) return
    this.noticed = true
    const date = headers.get(name.toLowerCase())?.slice(0, 40)
    this.options.onNotice?.(`LiveChat announces the end of this version of its API (${name}: ${date})`)
  }
}

/** The region that LiveChat asks for and did not hear; it is sent from then on, exactly as named. */
function regionWanted({ type, region }: LiveChatError, sent: string | undefined): string | undefined {
  return type === 'misdirected_request' && region !== sent ? region : undefined
}

/** An answer as a value. A body that tells a refusal is one, whatever its status. */
function read<S extends z.ZodMiniType>(call: Call<S>, answer: HttpAnswer): z.output<S> {
  // Methods without an answer may send an empty body instead of `{}`.
  const body = answer.text.trim() === '' ? { value: {} } : parseJson(answer.text)
  const refusal = readRefusal(body?.value)
  const fit = body && z.safeParse(call.shape, body.value)
  const success = (answer.status >= 200 && answer.status < 300) || (call.decidedByBody && fit?.success)
  if (refusal || !success) throw refused(call, answer, refusal ?? {})
  if (!fit?.success) throw unfitting(call, answer.status)
  return fit.data
}

function refused(
  { api, action }: Call<z.ZodMiniType>,
  { status, headers }: HttpAnswer,
  refusal: ApiRefusal,
): LiveChatError {
  return new LiveChatError({
    api,
    action,
    failure: failureOf({ api, action }, refusal, status),
    status,
    type: refusal.type,
    region: refusal.region,
    retryAfterMs: retryAfterMs(headers),
    outcomeUnknown: outcomeUnknown(refusal, status),
    vendorMessage: refusal.message,
  })
}

function unfitting({ api, action }: Call<z.ZodMiniType>, status: number): LiveChatError {
  const failure: Failure = 'unexpected'
  return new LiveChatError({ api, action, failure, status, type: 'unfitting_answer', outcomeUnknown: true })
}

/** `Retry-After` in seconds, or as a date, which counts from the server's own `Date`. */
function retryAfterMs({ get }: HttpAnswer['headers']): number | undefined {
  const value = get('retry-after')?.trim()
  if (!value) return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000
  const ms = Date.parse(value) - Date.parse(get('date') ?? '')
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}
