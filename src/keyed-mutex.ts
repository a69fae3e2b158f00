import type { Deadline } from './clock'
import { RetryLater } from './retry-later'

/**
 * One at a time for each key, in the order of asking; other keys are not held up. Only within this process: what several
 * processes must not do at once is done under a lease.
 */
export class KeyedMutex {
  private readonly last = new Map<string, Promise<unknown>>()

  /** Whether anything is at work, whatever its key. */
  isLocked(): boolean {
    return this.last.size > 0
  }

  /** Runs `work` when all earlier work of `key` has ended. Throws `RetryLater` when `deadline` is over before that. */
  async run<Result>(key: string, deadline: Deadline, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve()
    const mine = before.then(() => {
      if (deadline.leftMs() === 0) throw new RetryLater('the chat was busy for too long')
      return work()
    })
    const settled = mine.catch(() => undefined)
    this.last.set(key, settled)
    try {
      return await mine
    } finally {
      if (this.last.get(key) === settled) this.last.delete(key)
    }
  }
}
