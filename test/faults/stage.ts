import type { Exchange } from '../../sandbox/http/wire'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox'

/** A remote call of the integration: whom it asks, and the vendor's name of what it asks. */
export type RemoteCall = { to: 'livechat' | 'botpress'; operation: string }

/** Names are written by calls of their own, and the plugin says nothing of its own to the agent. */
const BOTPRESS = {
  getOrCreateUpdates: false,
  actionRetryMs: 50,
  plugin: { config: { onUserHitlCancelledMessage: 'NULL' } },
}

/**
 * Webhooks are sent again after 0.1, 0.3 and 0.6 s; a place in the queue is reported when a scene wants it. The first agent
 * goes on speaking in a chat that went to another.
 */
const LIVECHAT = { webhooks: { timeScale: 0.02, queueInIncomingChat: false }, chats: { severalPublicAgents: true } }

/**
 * A sandbox for one play at a time. Two processes serve the installation: one before the scene, one that knows nothing
 * of this customer during it and afterwards, so that a scene makes every call it can need. Those of a pool take turns.
 */
export class Stage {
  /** Everything that the integration answered with a status of 400 or more. */
  readonly refusals: string[] = []
  private deliveriesBefore = 0

  private constructor(readonly sandbox: Sandbox) {}

  static async open(options: SandboxOptions = {}): Promise<Stage> {
    return new Stage(
      await startSandbox({ processes: 2, ...options, botpress: BOTPRESS, livechat: LIVECHAT, bot: null }),
    )
  }

  /** The remote calls of the integration since `startOver`, in order. */
  get calls(): Exchange[] {
    const { livechat, botpress } = this.sandbox
    const exchanges = [...livechat.wire.exchanges, ...botpress.wire.exchanges].filter(({ to }) => to !== 'integration')
    // Media are fetched from whoever holds them; the emulator's own are its agents' pictures.
    return exchanges.filter(({ operation }) => operation !== 'cdn/get').sort((a, b) => a.startedAt - b.startedAt)
  }

  /** Whether LiveChat had to send a webhook again since `startOver`. */
  get wasSentAgain(): boolean {
    const deliveries = this.sandbox.livechat.webhooks.deliveries().slice(this.deliveriesBefore)
    return deliveries.some(({ attempts }) => attempts.length > 1)
  }

  /** How much the processes have written so far, in characters. */
  get written(): number {
    return this.sandbox.output().length
  }

  startOver(): void {
    const { livechat, botpress } = this.sandbox
    const answers = botpress.wire.exchanges.filter(({ to, status = 0 }) => to === 'integration' && status >= 400)
    this.refusals.push(...answers.map(({ responseBody }) => JSON.stringify(responseBody)))
    this.deliveriesBefore = livechat.webhooks.deliveries().length
    for (const { wire, faults } of [livechat, botpress]) {
      wire.clear()
      faults.clear()
    }
    this.sandbox.installation.failures.length = 0
  }

  /** Empties the stores of what earlier plays have left there, which would only be searched again and again. */
  forgetPlays(): void {
    const { livechat, botpress } = this.sandbox
    livechat.store.chats.clear()
    for (const kind of [botpress.store.messages, botpress.store.events, botpress.store.conversations]) kind.clear()
  }

  serveBy(which: 'first' | 'second'): void {
    const process = this.sandbox.integrations[which === 'first' ? 0 : 1]
    if (process) this.sandbox.installation.moveTo([process.url])
  }

  close(): Promise<void> {
    return this.sandbox.close()
  }
}
