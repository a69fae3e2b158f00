import { PROCESS_HEADER } from './process-header'

/** One request and its answer, as an emulator saw them. Bodies are kept unmasked: tests assert on them, the page masks. */
export type Exchange = {
  id: number
  /** Who was called: `livechat` and `botpress` are called by the integration, `integration` by the two emulators. */
  to: 'livechat' | 'botpress' | 'integration'
  /** The vendor's own name: `customer/send_event`, `accounts/token`, `cdn/upload`, `getOrCreateMessage`, `webhook/incoming_event`. */
  operation: string
  method: string
  path: string
  requestHeaders: Record<string, string>
  requestBody: unknown
  status?: number
  responseBody?: unknown
  /** Milliseconds of `performance.now()`; `endedAt` is absent while the answer is pending or when the socket was cut. */
  startedAt: number
  endedAt?: number
  /** What a fault did to this exchange, if any. */
  fault?: string
  /** Number of the process of the integration that called or was called, as far as it said so. */
  process?: number
}

type Listener = (exchange: Exchange) => void

/** Everything that passed between the integration and one emulator, in order, and a way to wait for more. */
export class Wire {
  readonly exchanges: Exchange[] = []
  private readonly listeners = new Set<Listener>()
  private nextId = 1

  begin({ requestHeaders, ...start }: Omit<Exchange, 'id' | 'startedAt'>): Exchange {
    const { [PROCESS_HEADER]: caller, ...headers } = requestHeaders
    const exchange: Exchange = { ...start, requestHeaders: headers, id: this.nextId++, startedAt: performance.now() }
    if (caller !== undefined) exchange.process = Number(caller)
    this.exchanges.push(exchange)
    this.tell(exchange)
    return exchange
  }

  end(exchange: Exchange, answer: Partial<Pick<Exchange, 'status' | 'responseBody' | 'fault' | 'process'>>): void {
    Object.assign(exchange, answer, { endedAt: performance.now() })
    this.tell(exchange)
  }

  /** Calls `listener` when an exchange begins and again when it ends. Returns how to stop. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  clear(): void {
    this.exchanges.length = 0
  }

  /** Resolves with the first finished exchange that fits, past or future; rejects after `timeoutMs`. */
  waitFor(fits: (exchange: Exchange) => boolean, timeoutMs = 10_000): Promise<Exchange> {
    const finished = (exchange: Exchange) => exchange.endedAt !== undefined && fits(exchange)
    const past = this.exchanges.find(finished)
    if (past) return Promise.resolve(past)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop()
        reject(
          new Error(
            `no such exchange within ${timeoutMs} ms; seen: ${this.exchanges.map((e) => e.operation).join(', ')}`,
          ),
        )
      }, timeoutMs)
      const stop = this.subscribe((exchange) => {
        if (!finished(exchange)) return
        clearTimeout(timer)
        stop()
        resolve(exchange)
      })
    })
  }

  private tell(exchange: Exchange): void {
    for (const listener of this.listeners) listener(exchange)
  }
}
