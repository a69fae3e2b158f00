import type { Activity } from '../activity'

export type Point = 'link' | 'activation'

/** Points of the plugin's start at which a test can stop it. */
export class Gate {
  private held: Point | undefined
  private waiting: (() => void)[] = []

  constructor(private readonly activity: Activity) {}

  hold(before: Point): void {
    this.held = before
  }

  release(): void {
    this.held = undefined
    for (const go of this.waiting.splice(0)) go()
  }

  async pass(point: Point): Promise<void> {
    if (this.held === point) await this.activity.aside(new Promise<void>((go) => this.waiting.push(go)))
  }
}
