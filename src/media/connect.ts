import http from 'node:http'
import https from 'node:https'
import { MediaError } from './media-error'

type Connection = { allowedOrigins: readonly string[]; headersTimeoutMs: number; signal: AbortSignal }

/** Public by its number, yet answered by the cloud's own machinery: Azure's wire server. */
const DENIED_ADDRESSES = ['168.63.129.16']

/** Asks for `url`, connecting to public addresses only, whatever its name resolves to; redirects are not followed. */
export async function request(url: URL, connection: Connection): Promise<http.IncomingMessage> {
  const { signal, headersTimeoutMs } = connection
  const options: https.RequestOptions = {
    agent: await agentFor(url, connection.allowedOrigins),
    signal,
    // A compressed answer would be counted and named wrongly.
    headers: { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'livechat-hitl' },
  }
  return new Promise((resolve, reject) => {
    const get = url.protocol === 'https:' ? https.get : http.get
    const outgoing = get(url, options, (incoming) => {
      clearTimeout(timer)
      resolve(incoming)
    })
    const timer = setTimeout(() => outgoing.destroy(new MediaError('timeout')), headersTimeoutMs)
    outgoing.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}

/** The check is made on the address that is connected to, so a name that changes its address gains nothing. */
async function agentFor(url: URL, allowedOrigins: readonly string[]): Promise<http.Agent> {
  const isHttps = url.protocol === 'https:'
  if (allowedOrigins.includes(url.origin)) return isHttps ? new https.Agent() : new http.Agent()
  // Loaded when it is needed: most messages are text.
  const { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } = await import('request-filtering-agent')
  const options = { denyIPAddressList: DENIED_ADDRESSES }
  return isHttps ? new RequestFilteringHttpsAgent(options) : new RequestFilteringHttpAgent(options)
}
