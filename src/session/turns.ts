import type { Deadline } from '../clock'

/** Somebody waited for a turn until the caller's time was up. Nothing was done. */
export class NoTurn extends Error {
  override readonly name = 'NoTurn'
}

/**
 * One at a time for each key, in the order of asking; other keys are not held up. Only within this process: across
 * processes every step is repeatable instead.
 */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>()

  /** Whether anything is at work, whatever its key. */
  isTaken(): boolean {
    return this.last.size > 0
  }

  /** Runs `work` when all earlier work of `key` has ended. Throws `NoTurn` when `deadline` is over before that. */
  async take<Result>(key: string, deadline: Deadline, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve()
    const turn = before.then(() => {
      if (deadline.leftMs() === 0) throw new NoTurn('the chat was busy for too long')
      return work()
    })
    const settled = turn.catch(() => undefined)
    this.last.set(key, settled)
    try {
      return await turn
    } finally {
      if (this.last.get(key) === settled) this.last.delete(key)
    }
  }
}
