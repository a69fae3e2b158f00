import type { LiveChatOptions } from './api'
import { isFailure, LiveChatError } from './errors'

type RetryOptions = Pick<LiveChatOptions, 'deadline' | 'retries' | 'sleep' | 'random'>

export type Repeating<T> = {
  /**
   * How often a call is repeated whose answer was lost, so that it may have been carried out; default: like every other call.
   * 0: never. Calls that were surely not carried out are repeated in any case.
   */
  maxBlindRetries?: number
  /** Milliseconds that are left for this call, where they are fewer than the caller's. */
  leftMs?: () => number
  /** Finds the effect of a call whose answer was lost. Asked before each repetition, and before giving up. */
  lookUp?: () => Promise<T | undefined>
  /** Looks up before every repetition: time has passed, and the call may not fit any more. */
  looksAlways?: boolean
  /** Passing faults are repeated for as long as the caller waits; default three times. */
  untilDeadline?: boolean
}

const DEFAULT_RETRIES = 3
const DEFAULT_FIRST_PAUSE_MS = 1000
/** Pauses grow up to this many times the first one. */
const MOST_PAUSES = 8
/** A longer wait that LiveChat asks for is the caller's to decide, in milliseconds. */
const MAX_PAUSE_MS = 30_000

/** Repeats what time may cure: growing pauses with jitter, `Retry-After` honoured, never past the caller's time. */
export class RetryPolicy {
  constructor(private readonly options: RetryOptions) {}

  async run<T>(attempt: () => Promise<T>, repeating: Repeating<T> = {}): Promise<T> {
    const { maxBlindRetries = Infinity, lookUp, looksAlways = false } = repeating
    let lost = 0
    let looksFirst = false
    let failure: LiveChatError | undefined
    for (let failed = 1; ; failed += 1) {
      try {
        const found = looksFirst ? await lookUp?.() : undefined
        if (found !== undefined) return found
        looksFirst = false
        return await attempt()
      } catch (error) {
        if (!(error instanceof LiveChatError)) throw error
        // While nobody can tell whether the call was carried out it is not repeated, and its own error says the most.
        if (looksFirst && failure && error.failure !== 'try-later') throw moreConclusive(error, failure)
        if (!looksFirst && error.outcomeUnknown) lost += 1
        failure = looksFirst ? failure : error
        const pauseMs = lost <= maxBlindRetries ? this.pauseAfter(error, failed, repeating) : undefined
        if (pauseMs === undefined) return await orLastLook(error, lost > 0 ? lookUp : undefined)
        looksFirst = lookUp !== undefined && (lost > 0 || looksAlways)
        await this.sleep(pauseMs)
      }
    }
  }

  /** Milliseconds until the next attempt; none when there shall be no other. */
  private pauseAfter(error: LiveChatError, failed: number, repeating: Repeating<unknown>): number | undefined {
    const {
      retries: { max = DEFAULT_RETRIES, firstPauseMs = DEFAULT_FIRST_PAUSE_MS } = {},
      deadline,
      random,
    } = this.options
    const most = repeating.untilDeadline && deadline ? Infinity : max
    if (!isCurable(error, failed, repeating.lookUp !== undefined) || failed > most) return undefined
    const growth = Math.min(MOST_PAUSES, 2 ** (failed - 1))
    const backOffMs = firstPauseMs * growth * (0.5 + (random ?? Math.random)() / 2)
    const pauseMs = Math.max(backOffMs, error.retryAfterMs ?? 0)
    const leftMs = Math.min(deadline?.() ?? Infinity, repeating.leftMs?.() ?? Infinity)
    return pauseMs <= MAX_PAUSE_MS && pauseMs < leftMs ? pauseMs : undefined
  }

  private sleep(ms: number): Promise<void> {
    return (this.options.sleep ?? pause)(ms)
  }
}

/** An answer that cannot be read (a proxy's page, half a body) is asked for once more; a second one is no accident. */
function isCurable({ failure, outcomeUnknown }: LiveChatError, failed: number, canLookUp: boolean): boolean {
  if (failure === 'try-later') return true
  return outcomeUnknown && (canLookUp || failed === 1)
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** That the thread is over is an answer; any other failed look leaves open what became of the call. */
const moreConclusive = (looking: LiveChatError, failure: LiveChatError) =>
  isFailure(looking, 'session-over') ? looking : failure

/** Also after a refusal that follows a lost answer: "has a chat already" then is our own first attempt. */
async function orLastLook<T>(failure: LiveChatError, lookUp: (() => Promise<T | undefined>) | undefined): Promise<T> {
  const found = await lookUp?.().catch((looking: unknown) => {
    throw looking instanceof LiveChatError ? moreConclusive(looking, failure) : failure
  })
  if (found === undefined) throw failure
  return found
}
