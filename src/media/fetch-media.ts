import type { Readable } from 'node:stream'
import type { MediaProblem } from './media-error'

export type MediaOptions = {
  /** Exact origins (`http://127.0.0.1:4000`) that may be read although their address is private. Default none. */
  allowedOrigins?: readonly string[]
  /** Used for the file name when neither headers nor address hold a good one. */
  title?: string
  /** What the sender says the content is; the host's own word wins unless it says nothing. */
  contentType?: string
  /** Default `MAX_FILE_BYTES`, counted while streaming. */
  maxBytes?: number
  /** From the call to the last byte, in milliseconds. Default 20 000. */
  totalTimeoutMs?: number
  /** Without a byte, in milliseconds. Default 5000. */
  stallTimeoutMs?: number
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

/** Opens what a customer sent by address. Throws `MediaError`. */
export function openMedia(url: string, options: MediaOptions = {}): Promise<Media> {
  const notBuilt: MediaProblem = 'unreachable'
  return Promise.reject(new Error(`${notBuilt} ${url.length} ${options.maxBytes}`))
}
