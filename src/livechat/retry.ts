import type { LiveChatOptions } from './api'
import { LiveChatError } from './errors'

export type RetryOptions = Pick<LiveChatOptions, 'deadline' | 'retries' | 'sleep' | 'random'>

export type Repeating<T> = {
  /**
   * How often a call is repeated whose answer was lost, so that it may have been carried out; default as often as any.
   * 0: never. Calls that were surely not carried out are repeated in any case.
   */
  lostAnswers?: number
  /** Milliseconds that are left for this call, where they are fewer than the caller's. */
  leftMs?: () => number
  /** Finds the effect of a call whose answer was lost. Asked before each repetition, and before giving up. */
  lookUp?: () => Promise<T | undefined>
}

const DEFAULT_RETRIES = 3
const DEFAULT_FIRST_PAUSE_MS = 1000
/** A longer wait is the caller's to decide, in milliseconds. */
const MAX_PAUSE_MS = 30_000

/** Repeats what time may cure: exponential pauses with jitter, `Retry-After` honoured, never past the caller's time. */
export class RetryPolicy {
  constructor(private readonly options: RetryOptions) {}

  async run<T>(attempt: () => Promise<T>, repeating: Repeating<T> = {}): Promise<T> {
    const { lostAnswers = Infinity, lookUp } = repeating
    let lost = 0
    for (let failed = 1; ; failed += 1) {
      try {
        return await attempt()
      } catch (error) {
        if (!(error instanceof LiveChatError)) throw error
        if (error.maybeDone) lost += 1
        const pauseMs = lost <= lostAnswers ? this.pauseAfter(error, failed, repeating) : undefined
        if (pauseMs !== undefined) await this.sleep(pauseMs)
        // Also after a refusal that follows a lost answer: "has a chat already" then is our own first attempt.
        const found = lost > 0 && lookUp ? await orElse(lookUp, error) : undefined
        if (found !== undefined) return found
        if (pauseMs === undefined) throw error
      }
    }
  }

  /** Milliseconds until the next attempt; none when there shall be no other. */
  private pauseAfter<T>(error: LiveChatError, failed: number, repeating: Repeating<T>): number | undefined {
    const { lookUp, leftMs = () => Infinity } = repeating
    const { retries: { max = DEFAULT_RETRIES, firstPauseMs = DEFAULT_FIRST_PAUSE_MS } = {} } = this.options
    if (!isCurable(error, failed, lookUp !== undefined) || failed > max) return undefined
    const backOffMs = firstPauseMs * 2 ** (failed - 1) * (0.5 + (this.options.random ?? Math.random)() / 2)
    const pauseMs = Math.max(backOffMs, error.retryAfterMs ?? 0)
    const timeMs = Math.min(this.options.deadline?.() ?? Infinity, leftMs())
    return pauseMs <= MAX_PAUSE_MS && pauseMs < timeMs ? pauseMs : undefined
  }

  private sleep(ms: number): Promise<void> {
    return (this.options.sleep ?? pause)(ms)
  }
}

/** An answer that cannot be read (a proxy's page, half a body) is asked for once more; a second one is no accident. */
function isCurable({ failure, maybeDone }: LiveChatError, failed: number, canLookUp: boolean): boolean {
  if (failure === 'try-later') return true
  return maybeDone && (canLookUp || failed === 1)
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** While nobody can tell whether the call was carried out it is not repeated, and its own error says the most. */
async function orElse<T>(lookUp: () => Promise<T | undefined>, error: LiveChatError): Promise<T | undefined> {
  try {
    return await lookUp()
  } catch {
    throw error
  }
}
