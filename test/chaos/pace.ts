import { monitorEventLoopDelay } from 'node:perf_hooks'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/** Longest delays of this process in the last while at which fewer, and more, sessions may run; in milliseconds. */
const TOO_SLOW_MS = 200
const QUICK_MS = 60
const LOOK_MS = 1_000
const LEAST = 2
/** A delay that may have cost a webhook its time limit, in milliseconds. */
const STALL_MS = 1_500

/**
 * How many sessions run at once: as many as the machine can play without being late. A machine that is late makes timeouts,
 * which would be taken for faults of the integration.
 */
export class Pace {
  atOnce: number
  /** When this process stood still, and for how long. Times are milliseconds since 1970. */
  readonly stalls: { at: number; ms: number }[] = []
  private readonly delay = monitorEventLoopDelay({ resolution: 20 })
  private isRunning = true

  constructor(
    private readonly most: number,
    private readonly waiting: () => number,
  ) {
    this.atOnce = Math.min(most, 2 * LEAST)
    this.delay.enable()
    void this.watch()
  }

  get load(): number {
    return loadavg()[0] ?? 0
  }

  stop(): void {
    this.isRunning = false
    this.delay.disable()
  }

  private async watch(): Promise<void> {
    while (this.isRunning) {
      await sleep(LOOK_MS)
      const longestMs = this.delay.max / 1e6
      this.delay.reset()
      if (longestMs > STALL_MS) this.stalls.push({ at: Date.now(), ms: Math.round(longestMs) })
      if (longestMs > TOO_SLOW_MS || this.waiting() > 0) this.atOnce = Math.max(LEAST, Math.floor(this.atOnce * 0.9))
      else if (longestMs < QUICK_MS) this.atOnce = Math.min(this.most, this.atOnce + 1)
    }
  }
}
