import { PROCESS_HEADER } from '../http/process-header'
import { byUse, leastRecent, type Choice, type PoolMember } from './choice'
import type { PoolAnswer, PoolRequest } from './forward'
import { startFront, type Front } from './front'
import type { Host } from './host'
import type { IntegrationOptions } from './integration'
import { PoolLog } from './pool-log'
import { PoolProcess, type NumberedRequest } from './pool-process'

/** What every process of a pool runs, and where. */
type PooledBundle = Pick<IntegrationOptions, 'bundle' | 'env'>

export type PoolOptions = {
  /** Processes that are kept ready, also after one is gone; default 3. */
  size?: number
  /** Most processes at a time: a request that finds none frozen starts one more up to here, else it waits. Default `size`. */
  max?: number
  /**
   * Which frozen process takes a request; no platform promises any order. Default `leastRecent`, so that calls one after the
   * other meet different memories. `randomly(seeded(n))` is chance that can be repeated.
   */
  choose?: Choice
  /** A process is ended after so many answers, and a cold one started for it. Default: never. */
  maxRequests?: number
  /** Milliseconds after which a process without an answer is ended, as the platform does; default 60 000. */
  limitMs?: number
  /** What the caller of a process that was killed meets: a cut connection (default) or 502. Both are plausible. */
  lostAnswer?: 'cut' | 'bad-gateway'
}

/** Processes of the integration as the platform runs them: one request at a time each, frozen between two. */
export type Pool = Host & {
  /** Takes all requests; `http://127.0.0.1:<port>`. */
  readonly url: string
  /** Those alive, least recently used first. */
  readonly processes: readonly PoolMember[]
  readonly log: PoolLog
  /** Requests that no process has taken yet. */
  readonly waiting: number
  /** May be changed at any time. */
  readonly options: PoolOptions
  /**
   * Ends a process at once, whatever it does; another takes its place. Without a number it is the one that has been busy for
   * the longest time, else the one used least recently. Resolves when it is gone.
   */
  kill(process?: number): Promise<void>
  /** Ends whichever process makes the nth remote call from now; the work of this call is done all the same. 0: none. */
  killAtCall(nth: number): void
  /** To be called when a process makes a remote call. */
  noteCall(process: number): void
  /** Ends one process or all of them between two requests, a busy one after its answer. Resolves when cold ones are ready. */
  recycle(process?: number): Promise<void>
  /** Resolves when `size` processes are there and none is just starting. Rejects when one could not be started. */
  ready(): Promise<void>
}

/** Starts the processes that are kept ready, and their address. Rejects with the output of one that cannot be started. */
export async function startPool(given: PooledBundle, options: PoolOptions = {}): Promise<Pool> {
  const pool = new RunningPool(given, options)
  try {
    await pool.open()
    return pool
  } catch (problem) {
    await pool.stop()
    throw problem
  }
}

const DEFAULT_SIZE = 3
/** The time that Botpress grants one call, in milliseconds. */
const DEFAULT_LIMIT_MS = 60_000

type Waiting = { request: NumberedRequest; answer: (given: PoolAnswer | undefined) => void }

class RunningPool implements Pool {
  readonly log = new PoolLog()
  private members: PoolProcess[] = []
  private readonly starting = new Set<Promise<void>>()
  private queue: Waiting[] = []
  private front: Front | undefined
  private readonly written: string[] = []
  private requests = 0
  private started = 0
  private callsUntilKill = 0
  private isClosed = false

  constructor(
    private readonly given: PooledBundle,
    readonly options: PoolOptions,
  ) {}

  async open(): Promise<void> {
    this.front = await startFront((request) => this.take(request))
    await this.ready()
  }

  get url(): string {
    return this.front?.url ?? ''
  }

  get urls(): string[] {
    return [this.url]
  }

  get processes(): readonly PoolMember[] {
    return [...this.members].sort(byUse)
  }

  get waiting(): number {
    return this.queue.length
  }

  output(): string {
    return this.written.join('')
  }

  async kill(number?: number): Promise<void> {
    await this.find(number)?.kill()
  }

  killAtCall(nth: number): void {
    this.callsUntilKill = nth
  }

  noteCall(number: number): void {
    if (this.callsUntilKill > 0 && --this.callsUntilKill === 0) void this.kill(number)
  }

  async recycle(number?: number): Promise<void> {
    const chosen = this.members.filter((member) => number === undefined || member.number === number)
    for (const member of chosen) member.retires = true
    await Promise.all(chosen.filter(({ state }) => state === 'frozen').map((member) => this.retire(member)))
    await this.ready()
  }

  async ready(): Promise<void> {
    this.startMissing()
    while (this.starting.size > 0) await Promise.all(this.starting)
  }

  forget(): Promise<void> {
    return this.recycle()
  }

  async restart(): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()))
    await this.ready()
  }

  async stop(): Promise<void> {
    this.isClosed = true
    this.lose(this.queue.splice(0))
    await Promise.allSettled(this.starting)
    await Promise.all(this.members.map((member) => member.stop()))
    await this.front?.close()
  }

  private take(request: PoolRequest): Promise<PoolAnswer | undefined> {
    this.requests += 1
    const numbered = { ...request, id: this.requests }
    return new Promise((answer) => {
      this.queue.push({ request: numbered, answer })
      this.dispatch()
    })
  }

  /** Hands waiting requests to frozen processes, oldest first, and starts a process where none is left. */
  private dispatch(): void {
    while (this.queue[0] && !this.isClosed) {
      const process = this.choose(this.queue[0].request)
      if (!process) break
      const next = this.queue.shift()
      if (next) void this.serve(process, next)
    }
    this.startMissing()
  }

  private choose(request: PoolRequest): PoolProcess | undefined {
    const { choose = leastRecent } = this.options
    const frozen = this.members.filter(({ state, retires }) => state === 'frozen' && !retires).sort(byUse)
    const chosen = frozen.length > 0 && choose(frozen, request)
    return frozen.find((process) => process === chosen)
  }

  private async serve(process: PoolProcess, { request, answer }: Waiting): Promise<void> {
    const { limitMs = DEFAULT_LIMIT_MS, maxRequests = Infinity } = this.options
    const given = await process.serve(request, limitMs)
    answer(given ?? this.lostAnswer(process.number))
    if (process.served >= maxRequests || process.retires) await this.retire(process)
    this.dispatch()
  }

  /** A process that ends between two requests takes none meanwhile. */
  private async retire(process: PoolProcess): Promise<void> {
    await process.recycle()
    this.members = this.members.filter((member) => member !== process)
  }

  private startMissing(): void {
    const { size = DEFAULT_SIZE, max = size } = this.options
    const wanted = Math.min(Math.max(size, max), Math.max(size, this.members.length + this.queue.length))
    for (let count = this.members.length + this.starting.size; count < wanted && !this.isClosed; count += 1)
      this.start()
  }

  private start(): void {
    this.started += 1
    const onOutput = (text: string) => void this.written.push(text)
    const start = PoolProcess.start({ ...this.given, number: this.started, onOutput }, this.log)
    const joined = start.finally(() => this.starting.delete(joined)).then((process) => this.join(process))
    this.starting.add(joined)
    joined.catch(() => this.loseAllWithoutProcess())
  }

  private join(process: PoolProcess): void {
    this.members.push(process)
    void process.exited.then(() => {
      this.members = this.members.filter((member) => member !== process)
      this.dispatch()
    })
    if (!this.isClosed) this.dispatch()
  }

  /** Nothing waits for a process that cannot be started; the next request tries again. */
  private loseAllWithoutProcess(): void {
    if (this.members.length === 0) this.lose(this.queue.splice(0))
  }

  private lose(waiting: Waiting[]): void {
    for (const { answer } of waiting) answer(this.lostAnswer())
  }

  private lostAnswer(process?: number): PoolAnswer | undefined {
    if (this.options.lostAnswer !== 'bad-gateway') return undefined
    const by = process === undefined ? [] : [PROCESS_HEADER, String(process)]
    return { status: 502, rawHeaders: ['content-type', 'text/plain', ...by], body: Buffer.from('Bad Gateway') }
  }

  private find(number: number | undefined): PoolProcess | undefined {
    if (number !== undefined) return this.members.find((member) => member.number === number)
    const inOrder = [...this.members].sort(byUse)
    return inOrder.find(({ state }) => state === 'busy') ?? inOrder[0]
  }
}
