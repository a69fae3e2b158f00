import type { PageView } from '../../view'

export type Beat<Hands> = {
  /** The step that is explained; beats with the same caption are one step. */
  caption: string
  /** Where to look. */
  spot: 'customer' | 'desk' | 'story' | 'wire'
  act?: (hands: Hands) => unknown
  /** What has to be seen before the story goes on. */
  until?: (view: PageView) => boolean
  /** Milliseconds to look at it; default: as long as the caption takes to read. */
  holdMs?: number
}

export type PlayerState = {
  /** `taken-over`: paused because the person began to play. */
  status: 'idle' | 'playing' | 'paused' | 'taken-over' | 'done'
  /** 1 for the first caption. */
  step: number
  steps: number
  caption: string
  spot?: Beat<unknown>['spot']
  /** Counts the beats that have been shown; it changes when a beat has come to rest. */
  rested: number
  /** What the beat needs has not been seen for a while. */
  isStuck: boolean
}

/** Reading speed in milliseconds: a moment to look, and so much for each word. */
const LOOK_MS = 1_100
const WORD_MS = 260
const STUCK_MS = 8_000

/** Plays beats one after the other. It can be paused, gone through by hand, and ended at any moment. */
export class Player<Hands> {
  private state: PlayerState = { status: 'idle', step: 0, steps: 0, caption: '', rested: 0, isStuck: false }
  private view: PageView | undefined
  private wakeWatcher: () => void = () => undefined
  private proceed: (() => void) | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private skips = false
  /** Another run than this one has been ended. */
  private run = 0

  constructor(
    private readonly beats: readonly Beat<Hands>[],
    private readonly show: (state: PlayerState) => void,
  ) {}

  get status(): PlayerState['status'] {
    return this.state.status
  }

  /** Whether the story stands somewhere between its first and its last step. */
  get isOn(): boolean {
    return ['playing', 'paused', 'taken-over'].includes(this.status)
  }

  /** Plays from the first beat. Resolves when the story is over or was ended. */
  async start(hands: Hands): Promise<void> {
    const run = ++this.run
    this.set({ status: 'playing', step: 0, steps: new Set(this.beats.map(({ caption }) => caption)).size, rested: 0 })
    for (const beat of this.beats) {
      if (!(await this.play(beat, hands, run))) return
    }
    this.set({ status: 'done' })
  }

  pause(status: 'paused' | 'taken-over' = 'paused'): void {
    if (this.status !== 'playing') return
    clearTimeout(this.timer)
    this.set({ status })
  }

  resume(): void {
    if (this.status !== 'paused' && this.status !== 'taken-over') return
    this.set({ status: 'playing' })
    this.proceed?.()
  }

  /** On to the next beat at once, whatever this one waits for; a story that is paused stays paused after it. */
  next(): void {
    clearTimeout(this.timer)
    this.skips = this.proceed === undefined
    this.wakeWatcher()
    this.proceed?.()
  }

  end(): void {
    this.run += 1
    clearTimeout(this.timer)
    this.set({ status: 'idle' })
    this.proceed?.()
    this.wakeWatcher()
  }

  /** The page as it stands now. */
  watch(view: PageView): void {
    this.view = view
    this.wakeWatcher()
  }

  private async play(beat: Beat<Hands>, hands: Hands, run: number): Promise<boolean> {
    const { caption, spot, act, until, holdMs = readingMs(caption) } = beat
    const isNew = caption !== this.state.caption || this.state.step === 0
    this.set({ caption, spot, step: this.state.step + Number(isNew) })
    this.skips = false
    await act?.(hands)
    if (until) await this.seen(until, run)
    if (run !== this.run) return false
    await this.hold(holdMs)
    return run === this.run
  }

  private async seen(until: (view: PageView) => boolean, run: number): Promise<void> {
    const watchdog = setTimeout(() => this.set({ isStuck: true }), STUCK_MS)
    while (run === this.run && !this.skips && !(this.view && until(this.view))) await this.change()
    clearTimeout(watchdog)
    if (this.state.isStuck) this.set({ isStuck: false })
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wakeWatcher = resolve
    })
  }

  private hold(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.proceed = () => {
        this.proceed = undefined
        resolve()
      }
      if (this.status === 'playing') this.timer = setTimeout(() => this.proceed?.(), ms)
      this.set({ rested: this.state.rested + 1 })
    })
  }

  private set(changes: Partial<PlayerState>): void {
    this.state = { ...this.state, ...changes }
    this.show(this.state)
  }
}

export function readingMs(caption: string): number {
  return LOOK_MS + WORD_MS * caption.split(/\s+/).length
}
