/** Time as the code below the doors sees it: handed in, so that a test can hold it still. */
export type Clock = {
  /** Milliseconds since 1970. */
  now: () => number
  sleep: (ms: number) => Promise<void>
  /** Does something later; returns how to give that up. */
  after: (ms: number, act: () => void) => () => void
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  after: (ms, act) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}

/** What `work` comes to; when that takes longer than `ms`, what `tooLate` makes is thrown, and `work` goes on unseen. */
export function inTime<Result>(
  work: Promise<Result>,
  { ms, tooLate }: { ms: number; tooLate: () => Error },
  clock: Clock,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = clock.after(ms, () => reject(tooLate()))
    work.then(resolve, reject).finally(giveUp)
  })
}

/** How long a caller will wait for us, counted from when the request came in. */
export type Deadline = {
  /** Milliseconds left, never below 0. */
  leftMs: () => number
}

/** `restart`: work in stages gives each stage its own time, counted from its beginning. */
export function deadlineIn(totalMs: number, clock: Clock): Deadline & { restart: (ms: number) => void } {
  let end = clock.now() + totalMs
  return {
    leftMs: () => Math.max(0, end - clock.now()),
    restart: (ms) => {
      end = clock.now() + ms
    },
  }
}
