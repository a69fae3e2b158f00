import { Transform, type TransformCallback } from 'node:stream'
import { MediaError } from './media-error'

type Bounds = {
  maxBytes: number
  /** Longest time without a byte, in milliseconds, while somebody waits for one. */
  stallTimeoutMs: number
  /** Called once, when the stream is over in whatever way. */
  onEnd: () => void
}

/** Passes bytes through and counts them: what a host says about its length is never believed. */
export class BoundedStream extends Transform {
  private passedBytes = 0
  private readonly stall: NodeJS.Timeout

  constructor(private readonly bounds: Bounds) {
    super()
    // Who gives a file up before reading it hears of no error, and an error that nobody hears ends the whole process.
    this.on('error', () => undefined)
    this.stall = setTimeout(() => this.onSilence(), bounds.stallTimeoutMs)
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.stall.refresh()
    this.passedBytes += chunk.length
    if (this.passedBytes > this.bounds.maxBytes) done(new MediaError('too-large'))
    else done(null, chunk)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.stall)
    this.bounds.onEnd()
    done(error && asMediaError(error))
  }

  /** While the reader is the slow side, the host is not to blame. */
  private onSilence(): void {
    if (this.readableLength >= this.readableHighWaterMark) this.stall.refresh()
    else this.destroy(new MediaError('timeout'))
  }
}

/** A connection that breaks in the middle is reported like one that never was. */
export function asMediaError(error: unknown): MediaError {
  if (error instanceof MediaError) return error
  // request-filtering-agent has no code for its refusal, only this sentence.
  const isPrivate = error instanceof Error && /is not allowed\. Because/i.test(error.message)
  return new MediaError(isPrivate ? 'private-address' : 'unreachable')
}
