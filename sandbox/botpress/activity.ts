/** Counts what is under way, so that tests can wait until nothing is. */
export class Activity {
  private running = 0
  /** What began before the last `stop()` is not counted any more. */
  private epoch = 0
  private readonly timers = new Set<NodeJS.Timeout>()
  private readonly waiters = new Set<() => void>()

  async track<T>(work: Promise<T>): Promise<T> {
    const end = this.begin()
    try {
      return await work
    } finally {
      end()
    }
  }

  /** Runs `work` after `delayMs`, never within the present call, and counts as busy until then. */
  later(delayMs: number, work: () => void): void {
    const end = this.begin()
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      work()
      end()
    }, delayMs)
    this.timers.add(timer)
  }

  sleep(ms: number): Promise<void> {
    return ms > 0 ? new Promise((resolve) => this.later(ms, resolve)) : Promise.resolve()
  }

  /** Waits, within tracked work, for something that is not to be waited for by `idle()`. */
  async aside<T>(wait: Promise<T>): Promise<T> {
    const { epoch } = this
    this.running--
    this.check()
    const result = await wait
    if (epoch === this.epoch) this.running++
    return result
  }

  /** Runs `work` at a time set by a schedule, which nobody waits for. Returns how to cancel it. */
  scheduled(delayMs: number, work: () => void): () => void {
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      work()
    }, delayMs)
    timer.unref()
    this.timers.add(timer)
    return () => {
      clearTimeout(timer)
      this.timers.delete(timer)
    }
  }

  /** Resolves when nothing has been under way for one turn of the event loop; rejects after `timeoutMs`. */
  async idle(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs
    while (await this.busy()) {
      const left = deadline - performance.now()
      if (left <= 0) throw new Error(`still ${this.running} things under way after ${timeoutMs} ms`)
      await this.nextRest(left)
    }
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
    this.epoch++
    this.running = 0
    this.check()
  }

  private begin(): () => void {
    const { epoch } = this
    this.running++
    return () => {
      if (epoch !== this.epoch) return
      this.running--
      this.check()
    }
  }

  private async busy(): Promise<boolean> {
    if (this.running > 0) return true
    await new Promise((resolve) => setImmediate(resolve))
    return this.running > 0
  }

  private nextRest(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.waiters.delete(done)
        resolve()
      }
      const timer = setTimeout(done, timeoutMs)
      this.waiters.add(done)
      if (this.running === 0) done()
    })
  }

  private check(): void {
    if (this.running === 0) for (const waiter of [...this.waiters]) waiter()
  }
}
