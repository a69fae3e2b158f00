import type { Activity } from './activity'
import type { Settings } from './settings'

/** Something the bot has to process: one message or one event. */
type Job = {
  kind: 'message' | 'event'
  /** Jobs of one conversation run one after the other, unless `settings.processing.concurrent`. */
  conversationId: string | undefined
  run(): Promise<void>
}

type Waiting = Job & { readonly number: number; readonly done: () => void }

/** The bot's queue: jobs become due after a delay and run apart from the call that caused them. */
export class Processing {
  private waiting: Waiting[] = []
  private readonly busy = new Set<string>()
  private nextNumber = 0
  private stopped = false
  /** Jobs of an earlier generation were forgotten by `clear`. */
  private generation = 0

  constructor(
    private readonly settings: Settings,
    private readonly activity: Activity,
  ) {}

  /** Resolves when the job has run; never rejects. */
  add(job: Job): Promise<void> {
    const { generation } = this
    const number = this.nextNumber++
    const delayMs = job.kind === 'event' ? this.settings.processing.eventDelayMs : 0
    return new Promise((done) => {
      this.activity.later(delayMs, () => {
        if (generation !== this.generation) return done()
        this.waiting.push({ ...job, number, done })
        this.pump()
      })
    })
  }

  get held(): boolean {
    return this.stopped
  }

  hold(): void {
    this.stopped = true
  }

  release(): void {
    this.stopped = false
    this.pump()
  }

  clear(): void {
    this.generation++
    this.stopped = false
    for (const { done } of this.waiting) done()
    this.waiting = []
    this.busy.clear()
  }

  private pump(): void {
    if (this.stopped) return
    for (const job of this.waiting.sort(this.byOrder)) {
      if (this.mustWait(job)) continue
      this.waiting = this.waiting.filter((other) => other !== job)
      void this.activity.track(this.start(job))
    }
  }

  private readonly byOrder = (a: Waiting, b: Waiting): number => {
    const { order } = this.settings.processing
    if (order !== 'created' && a.kind !== b.kind) return a.kind === order.replace('s-first', '') ? -1 : 1
    return a.number - b.number
  }

  private mustWait({ conversationId }: Job): boolean {
    return conversationId !== undefined && !this.settings.processing.concurrent && this.busy.has(conversationId)
  }

  private async start(job: Waiting): Promise<void> {
    const { conversationId } = job
    if (conversationId) this.busy.add(conversationId)
    await job.run()
    job.done()
    if (conversationId) this.busy.delete(conversationId)
    this.pump()
  }
}
