import type { Exchange } from '../../sandbox/http/wire'
import type { Sandbox } from '../../sandbox/sandbox'

/** Kills the process of the integration (SIGKILL) when it makes its nth remote call, whose work is done all the same. */
export class Killer {
  /** Remote calls so far. */
  calls = 0
  private restarted: Promise<void> | undefined
  private readonly subscriptions: (() => void)[]

  /** `atCall` 0: never. */
  constructor(
    private readonly sandbox: Sandbox,
    private readonly atCall = 0,
  ) {
    const { livechat, botpress } = sandbox
    this.subscriptions = [livechat, botpress].map(({ wire }) => wire.subscribe((exchange) => this.see(exchange)))
  }

  /** Does something and waits until all is quiet, with a new process if need be. Answers whether it was killed in this. */
  async survive(step: () => Promise<unknown>): Promise<boolean> {
    const before = this.restarted
    await step().catch((thrown: unknown) => {
      if (this.restarted === before) throw thrown
    })
    await this.sandbox.settled()
    await this.restarted
    await this.sandbox.settled()
    return this.restarted !== before
  }

  stop(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe()
  }

  private see({ to, endedAt, operation, process }: Exchange): void {
    if (to === 'integration' || endedAt !== undefined || operation === 'cdn/get') return
    this.calls += 1
    if (this.calls === this.atCall) this.restarted = this.kill(process)
  }

  /** Resolves when another one is ready. */
  private async kill(process: number | undefined): Promise<void> {
    const { pool } = this.sandbox
    if (!pool) return this.sandbox.restartIntegration()
    await pool.kill(process)
    await pool.ready()
  }
}
