import type { Clock } from '../clock'
import type { Destination } from './sentry'
import { isUnexpected } from './unexpected'

export type Reporter = {
  /** Reports an error that is a fault of this code; others and repetitions of the same object are left out. */
  report(error: unknown, where: string): void
  /** Resolves when all reports have left, at the latest after 2 s: nothing runs on after a request was answered. */
  sent(): Promise<void>
}

const LONGEST_WAIT_MS = 2000

/** Reports never change what a caller gets: they fail in silence, and nothing of Sentry loads before the first one. */
export function createReporter(destination: Destination, clock: Clock): Reporter {
  const { dsn } = destination
  const leaving = new Set<Promise<void>>()
  const known = new WeakSet<object>()

  function isNew(error: unknown): boolean {
    if (typeof error !== 'object' || error === null) return true
    if (known.has(error)) return false
    known.add(error)
    return true
  }

  return {
    report(error, where) {
      if (!dsn || !isUnexpected(error) || !isNew(error)) return
      const sending = import('./sentry')
        .then(({ sendReport }) => sendReport(error, where, { ...destination, dsn }))
        .catch(() => undefined)
        .finally(() => leaving.delete(sending))
      leaving.add(sending)
    },
    async sent() {
      if (leaving.size > 0) await Promise.race([Promise.all(leaving), clock.sleep(LONGEST_WAIT_MS)])
    },
  }
}
