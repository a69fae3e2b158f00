import type { Clock } from '../clock'

/** What a process remembers to be faster: bounded, with a time limit, and never the truth. */
export class Cache<Value> {
  private readonly entries = new Map<string, { value: Value; until: number }>()

  constructor(
    private readonly limits: { maxEntries: number; ttlMs: number },
    private readonly clock: Clock,
  ) {}

  get(key: string): Value | undefined {
    const entry = this.entries.get(key)
    if (!entry) return undefined
    if (entry.until > this.clock.now()) return entry.value
    this.entries.delete(key)
    return undefined
  }

  /** Looks at each entry: for what is rarely asked. */
  find(fits: (value: Value) => boolean): Value | undefined {
    const now = this.clock.now()
    for (const { value, until } of this.entries.values()) if (until > now && fits(value)) return value
    return undefined
  }

  set(key: string, value: Value): void {
    this.entries.delete(key) // a Map keeps the order of insertion: the newest goes to the end
    this.entries.set(key, { value, until: this.clock.now() + this.limits.ttlMs })
    if (this.entries.size <= this.limits.maxEntries) return
    const oldest = this.entries.keys().next()
    if (!oldest.done) this.entries.delete(oldest.value)
  }

  delete(key: string): void {
    this.entries.delete(key)
  }
}
