import { forward, type PoolAnswer, type PoolRequest } from './forward'
import { guardAgainstOrphans } from './guard'
import { startIntegration, type IntegrationOptions, type IntegrationProcess } from './integration'
import type { PoolLog } from './pool-log'

/** A request with its number in the order of arrival. */
export type NumberedRequest = PoolRequest & { id: number }

/** A process that runs only while it has a request, and has one request at a time. */
export class PoolProcess {
  state: 'frozen' | 'busy' | 'ended' = 'frozen'
  /** Requests that it has answered. */
  served = 0
  /** Ends after its present request, since another is to take its place. */
  retires = false
  /** Number of the newest request that it has taken; 0: none yet. */
  lastRequest = 0

  private constructor(
    readonly number: number,
    private readonly integration: IntegrationProcess,
    private readonly log: PoolLog,
  ) {}

  /** Starts it, frozen as soon as it is loaded. Rejects with its output when it cannot be loaded. */
  static async start(options: IntegrationOptions & { number: number }, log: PoolLog): Promise<PoolProcess> {
    const integration = await startIntegration(options)
    const started = new PoolProcess(options.number, integration, log)
    const dismissGuard = guardAgainstOrphans(integration.pid)
    void integration.exited.then(dismissGuard).then(() => started.end())
    started.note('started')
    integration.freeze()
    return started
  }

  get pid(): number {
    return this.integration.pid
  }

  /** Resolves when it is gone, whoever ended it. */
  get exited(): Promise<void> {
    return this.integration.exited
  }

  /**
   * Thaws it for one request and freezes it when the answer is complete. Without an answer, because it was killed or did not
   * answer within the limit that the platform sets, it is gone.
   */
  async serve({ id, ...request }: NumberedRequest, limitMs: number): Promise<PoolAnswer | undefined> {
    this.state = 'busy'
    this.lastRequest = id
    this.integration.thaw()
    this.note('thawed')
    const limit = setTimeout(() => void this.kill(), limitMs)
    const answer = await forward(this.integration.url, request).catch(() => undefined)
    if (answer) this.freeze(answer.status)
    else await this.kill()
    clearTimeout(limit)
    return answer
  }

  /** Ends it between two requests. */
  recycle(): Promise<void> {
    this.retires = true
    return this.kill()
  }

  /** Ends it at once (SIGKILL), whatever it does. */
  kill(): Promise<void> {
    return this.integration.kill()
  }

  /** Lets its request finish, at most 2 s. */
  stop(): Promise<void> {
    return this.state === 'busy' ? this.integration.stop() : this.kill()
  }

  private freeze(status: number): void {
    this.integration.freeze()
    this.served += 1
    this.note('answered', status)
    if (this.state === 'ended') return
    this.state = 'frozen'
    this.note('frozen')
  }

  private end(): void {
    this.note(this.retires && this.state === 'frozen' ? 'recycled' : 'killed')
    this.state = 'ended'
  }

  private note(kind: Parameters<PoolLog['note']>[0]['kind'], status?: number): void {
    const request = this.state === 'busy' && { request: this.lastRequest }
    this.log.note({ kind, process: this.number, pid: this.pid, ...request, ...(status !== undefined && { status }) })
  }
}
