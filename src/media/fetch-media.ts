import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import zlib from 'node:zlib'
import { MAX_FILE_BYTES } from '../livechat/limits'
import { asMediaError, BoundedStream } from './bounded-stream'
import { request } from './connect'
import { fileNameOf, shortened, storedNameOf } from './file-name'
import { isExecutable, mimeType, typeByExtension, withFittingExtension } from './file-types'
import { MediaError } from './media-error'

export type MediaOptions = {
  /** Exact origins (`http://127.0.0.1:4000`) that may be read although their address is private. Default none. */
  allowedOrigins?: readonly string[]
  /** What the sender calls it: the file's name, if there is one. */
  title?: string
  /** What the sender says the content is; the host's own word wins unless it says nothing. */
  contentType?: string
  /** Default `MAX_FILE_BYTES`, counted while streaming. */
  maxBytes?: number
  /** From the call to the last byte, in milliseconds. Default 20 000. */
  totalTimeoutMs?: number
  /** Without a byte, in milliseconds. Default 5000. */
  stallTimeoutMs?: number
  /** Default 3. */
  maxRedirects?: number
}

export type Media = {
  /** Ends with a `MediaError` when a limit is met on the way; nothing is buffered. Destroy it when it is not read. */
  stream: Readable
  contentType?: string
  fileName: string
  /** What the host promises, in bytes; a hint only. */
  size?: number
}

const DEFAULT_TOTAL_TIMEOUT_MS = 20_000
const DEFAULT_STALL_TIMEOUT_MS = 5_000
const DEFAULT_MAX_REDIRECTS = 3

/** Opens what a customer sent by address. Throws `MediaError`. */
export async function openMedia(address: string, options: MediaOptions = {}): Promise<Media> {
  const outOfTime = new AbortController()
  const { totalTimeoutMs = DEFAULT_TOTAL_TIMEOUT_MS } = options
  const timer = setTimeout(() => outOfTime.abort(), totalTimeoutMs)
  try {
    const { answer, url } = await follow(address, options, outOfTime.signal)
    return describe(answer, url, options, { signal: outOfTime.signal, onEnd: () => clearTimeout(timer) })
  } catch (error) {
    clearTimeout(timer)
    throw outOfTime.signal.aborted ? new MediaError('timeout') : asMediaError(error)
  }
}

type Found = { answer: IncomingMessage; url: URL }

/** Each hop is checked like the first: a redirect is the classic way into a private network. */
async function follow(address: string, options: MediaOptions, signal: AbortSignal): Promise<Found> {
  const { allowedOrigins = [], maxRedirects = DEFAULT_MAX_REDIRECTS } = options
  const headersTimeoutMs = options.stallTimeoutMs ?? DEFAULT_STALL_TIMEOUT_MS
  let url = readAddress(address)
  for (let hop = 0; ; hop += 1) {
    const answer = await request(url, { allowedOrigins, headersTimeoutMs, signal })
    const location = isRedirect(answer.statusCode) ? answer.headers.location : undefined
    if (location === undefined) return { answer: accepted(answer), url }
    answer.destroy()
    if (hop >= maxRedirects) throw new MediaError('redirects')
    url = readAddress(location, url)
  }
}

function readAddress(address: string, base?: URL): URL {
  if (!URL.canParse(address, base)) throw new MediaError('address')
  const url = new URL(address, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new MediaError('scheme')
  url.username = '' // credentials in an address are for its owner to send, not for us
  url.password = ''
  return url
}

function isRedirect(status = 0): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

function accepted(answer: IncomingMessage): IncomingMessage {
  const { statusCode: status = 0 } = answer
  if (status === 200 || status === 203) return answer
  answer.destroy()
  if (status === 404 || status === 410) throw new MediaError('not-found')
  throw new MediaError(status >= 500 ? 'unreachable' : 'refused')
}

type Ending = { signal: AbortSignal; onEnd: () => void }

function describe(answer: IncomingMessage, url: URL, options: MediaOptions, ending: Ending): Media {
  try {
    const { maxBytes = MAX_FILE_BYTES, title } = options
    const kept = { contentDisposition: answer.headers['content-disposition'], url }
    const name = fileNameOf({ ...kept, title })
    const contentType =
      mimeType(answer.headers['content-type']) ?? mimeType(options.contentType) ?? typeByExtension(name)
    if (isExecutable(name, contentType) || isExecutable(storedNameOf(kept), contentType))
      throw new MediaError('executable')
    const size = promisedBytes(answer)
    if (size !== undefined && size > maxBytes) throw new MediaError('too-large')
    const fileName = shortened(withFittingExtension(name, contentType))
    return { stream: bounded(answer, options, ending), contentType, fileName, size }
  } catch (error) {
    answer.destroy()
    throw error
  }
}

function promisedBytes({ headers }: IncomingMessage): number | undefined {
  const length = headers['content-encoding'] === undefined ? headers['content-length'] : undefined
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined
}

function bounded(answer: IncomingMessage, options: MediaOptions, { signal, onEnd }: Ending): Readable {
  const { maxBytes = MAX_FILE_BYTES, stallTimeoutMs = DEFAULT_STALL_TIMEOUT_MS } = options
  const decoder = decoderFor(answer) // first, because it may throw
  const stream = new BoundedStream({ maxBytes, stallTimeoutMs, onEnd })
  signal.addEventListener('abort', () => stream.destroy(new MediaError('timeout')), { once: true })
  const done = () => undefined // an error of any part is the error of `stream`, where the reader sees it
  if (decoder) pipeline(answer, decoder, stream, done)
  else pipeline(answer, stream, done)
  return stream
}

/** Some hosts compress although we ask them not to; the limit holds for what comes out. */
function decoderFor({ headers }: IncomingMessage): zlib.Unzip | zlib.BrotliDecompress | undefined {
  switch (headers['content-encoding']?.trim().toLowerCase() ?? 'identity') {
    case 'identity':
    case '':
      return undefined
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return zlib.createUnzip()
    case 'br':
      return zlib.createBrotliDecompress()
    default:
      throw new MediaError('refused')
  }
}
