/**
 * One thing that happened to a process of a pool. `started`: it is loaded and frozen. `thawed`: it goes on, for the request.
 * `answered`: its answer is complete. `frozen`: it is stopped again, before the caller has the answer. `recycled`: it was
 * ended between two requests. `killed`: it ended in any other way, with the request that it then had, if any.
 */
export type PoolEvent = {
  kind: 'started' | 'thawed' | 'answered' | 'frozen' | 'recycled' | 'killed'
  /** Counted from 1, never used again. */
  process: number
  pid: number
  /** Counted from 1 in the order of arrival at the pool. */
  request?: number
  status?: number
  /** Milliseconds of `performance.now()`. */
  at: number
}

type Listener = (event: PoolEvent) => void

/** Everything that happened to the processes of a pool, in order, and a way to hear of more. */
export class PoolLog {
  readonly events: PoolEvent[] = []
  private readonly listeners = new Set<Listener>()

  note(event: Omit<PoolEvent, 'at'>): void {
    const noted = { ...event, at: performance.now() }
    this.events.push(noted)
    for (const listener of this.listeners) listener(noted)
  }

  /** Returns how to stop. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  clear(): void {
    this.events.length = 0
  }
}
