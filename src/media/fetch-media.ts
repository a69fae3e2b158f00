import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import zlib from 'node:zlib'
import { MAX_FILE_BYTES } from '../livechat/limits'
import { asMediaError, BoundedStream } from './bounded-stream'
import { request } from './connect'
import { isSomethingElse, type MediaKind } from './expected-content'
import { fileNameOf, nameInAddress, shortened, storedNameOf } from './file-name'
import { mimeType, typeByExtension, withFittingExtension } from './file-types'
import { headOf } from './head'
import { MediaError } from './media-error'
import { beginsLikeProgram, isProgram } from './programs'

export type MediaOptions = {
  /** Exact origins (`http://127.0.0.1:4000`) that may be read although their address is private. Default none. */
  allowedOrigins?: readonly string[]
  /** What the message says it is. Default `file`, which may be anything. */
  kind?: MediaKind
  /** What the sender calls it: the file's name, if there is one. */
  title?: string
  /** The name under which the sender keeps it. */
  fileName?: string
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

type FetchedMedia = {
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

/**
 * Opens what a customer sent by address, and looks at its first bytes: a program, an empty file, or a page in place of
 * the file is refused. Throws `MediaError`.
 */
export async function openMedia(address: string, options: MediaOptions = {}): Promise<FetchedMedia> {
  const outOfTime = new AbortController()
  const { totalTimeoutMs = DEFAULT_TOTAL_TIMEOUT_MS } = options
  const timer = setTimeout(() => outOfTime.abort(), totalTimeoutMs)
  try {
    const found = await follow(address, options, outOfTime.signal)
    return await open(found, options, { signal: outOfTime.signal, onEnd: () => clearTimeout(timer) })
  } catch (error) {
    clearTimeout(timer)
    throw outOfTime.signal.aborted ? new MediaError('timeout') : asMediaError(error)
  }
}

/** `asked`: the address that was given, before any redirect. */
type FoundMedia = { answer: IncomingMessage; url: URL; asked: URL }

/** Each hop is checked like the first: a redirect is the classic way into a private network. */
async function follow(address: string, options: MediaOptions, signal: AbortSignal): Promise<FoundMedia> {
  const { allowedOrigins = [], maxRedirects = DEFAULT_MAX_REDIRECTS } = options
  const headersTimeoutMs = options.stallTimeoutMs ?? DEFAULT_STALL_TIMEOUT_MS
  const asked = readAddress(address)
  let url = asked
  for (let hop = 0; ; hop += 1) {
    const answer = await request(url, { allowedOrigins, headersTimeoutMs, signal })
    const location = isRedirect(answer.statusCode) ? answer.headers.location : undefined
    if (location === undefined) return { answer: accepted(answer), url, asked }
    answer.destroy()
    if (hop >= maxRedirects) throw new MediaError('redirects')
    url = redirected(location, url)
  }
}

function readAddress(address: string, base?: URL): URL {
  if (!URL.canParse(address, base)) throw new MediaError('address')
  const url = new URL(address, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new MediaError('scheme')
  return url
}

/** A user and a password in an address are for its own origin, and for no other that it leads to. */
function redirected(location: string, from: URL): URL {
  const url = readAddress(location, from)
  if (url.origin !== from.origin) url.username = url.password = ''
  return url
}

function isRedirect(status = 0): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

function accepted(answer: IncomingMessage): IncomingMessage {
  const { statusCode: status = 0 } = answer
  if (status === 200 || status === 203) return answer
  answer.destroy()
  if (status === 401 || status === 403) throw new MediaError('login')
  if (status === 404 || status === 410) throw new MediaError('not-found')
  throw new MediaError(status >= 500 ? 'unreachable' : 'refused')
}

type Ending = { signal: AbortSignal; onEnd: () => void }

async function open(found: FoundMedia, options: MediaOptions, ending: Ending): Promise<FetchedMedia> {
  let opened: Readable = found.answer
  try {
    const described = describeMedia(found, options)
    const stream = bounded(found.answer, options, ending)
    opened = stream
    checkHead(await headOf(stream), found, options)
    return { stream, ...described }
  } catch (error) {
    opened.destroy()
    throw error
  }
}

function namesIn({ answer, url }: FoundMedia, { title, fileName }: MediaOptions) {
  return { contentDisposition: answer.headers['content-disposition'], url, title, fileName }
}

/** What is known before a byte is read. */
function describeMedia(found: FoundMedia, options: MediaOptions): Omit<FetchedMedia, 'stream'> {
  const { maxBytes = MAX_FILE_BYTES } = options
  const names = namesIn(found, options)
  const name = fileNameOf(names)
  const hostType = mimeType(found.answer.headers['content-type'])
  const contentType = hostType ?? mimeType(options.contentType) ?? typeByExtension(name)
  const fileName = shortened(withFittingExtension(name, contentType))
  if ([fileName, storedNameOf(names), nameInAddress(found.url)].some((each) => isProgram(each, contentType)))
    throw new MediaError('executable')
  const size = promisedBytes(found.answer)
  if (size === 0) throw new MediaError('empty')
  if (size !== undefined && size > maxBytes) throw new MediaError('too-large')
  return { contentType, fileName, size }
}

function checkHead(head: Buffer, found: FoundMedia, options: MediaOptions): void {
  if (head.length === 0) throw new MediaError('empty')
  if (beginsLikeProgram(head)) throw new MediaError('executable')
  const { kind = 'file', title = '', fileName = '', contentType: saidType } = options
  const { headers } = found.answer
  const { contentDisposition, url } = namesIn(found, options)
  // The address that a redirect leads to may be the one of a page to log in, and says nothing about the file.
  const hostsName = storedNameOf({ contentDisposition, url: new URL('/', url) })
  const names = [title, fileName, nameInAddress(found.asked), hostsName]
  const isAttachment = /^\s*attachment\b/i.test(contentDisposition ?? '')
  const hostType = mimeType(headers['content-type'])
  if (isSomethingElse({ kind, names, saidType: mimeType(saidType), hostType, isAttachment, head }))
    throw new MediaError('not-the-file')
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
