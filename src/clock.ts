/** Time as the code below the doors sees it: handed in, so that a test can hold it still. */
export type Clock = {
  /** Milliseconds since 1970. */
  now: () => number
  /** Never resolves when it is given up before: nobody waits for it then. */
  sleep: (ms: number, givenUp?: AbortSignal) => Promise<void>
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, givenUp) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      givenUp?.addEventListener('abort', () => clearTimeout(timer), { once: true })
    }),
}

/** How long a caller will wait for us, counted from when the request came in. */
export type Deadline = {
  /** Milliseconds left, never below 0. */
  leftMs: () => number
}

export function deadlineIn(totalMs: number, clock: Clock): Deadline {
  const end = clock.now() + totalMs
  return { leftMs: () => Math.max(0, end - clock.now()) }
}
