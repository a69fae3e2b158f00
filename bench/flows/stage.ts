import { ageHandoff } from '../../sandbox/age'
import { defaults } from '../../sandbox/livechat'
import type { Exchange } from '../../sandbox/http/wire'
import { startSandbox, type HandOver, type Sandbox } from '../../sandbox/sandbox'

export const { MARIA, OMAR } = defaults

/** From this age on a handoff counts as listened to without proof, in milliseconds. */
const AGED_MS = 60_000

/** The sandbox, with what a benchmark wants to turn: how long each call takes, what is remembered, how old things are. */
export class Stage {
  private constructor(readonly sandbox: Sandbox) {}
  private people = 0

  static async open(): Promise<Stage> {
    return new Stage(await startSandbox({ bot: null }))
  }

  get livechat() {
    return this.sandbox.livechat
  }
  get botpress() {
    return this.sandbox.botpress
  }
  get installation() {
    return this.sandbox.installation
  }

  /** Both platforms empty again, the integration without memory. */
  reset(): Promise<void> {
    return this.sandbox.reset()
  }

  /** Each call to either platform is answered this much later, in milliseconds. */
  delayCalls(delayMs: number): void {
    const { livechat, botpress } = this
    for (const { settings } of [livechat, botpress]) Object.assign(settings.latency, { minMs: delayMs, maxMs: delayMs })
  }

  /** A process that has served nothing yet: nothing in memory, no open connection. */
  forget(): Promise<void> {
    return this.sandbox.integration.forget()
  }

  /** A customer whom nobody has met before. */
  somebody() {
    this.people += 1
    return this.installation.customer({ name: 'Ada', email: `ada.${this.people}@customer.test` })
  }

  /** Handed over, nobody there yet; a first message has shown that both sides listen. */
  async waiting(): Promise<HandOver> {
    this.lose('incoming_chat') // it would be held back until the bot listens, and tells nothing that is needed here
    const handOver = await this.sandbox.handOver({ customer: this.somebody() })
    await handOver.customer.says('Hello?')
    await this.sandbox.settled()
    return handOver
  }

  /** In the hands of Maria, and both have spoken. */
  async talking(): Promise<HandOver> {
    const handOver = await this.waiting()
    this.livechat.agent(MARIA).says(handOver.chatId, 'Maria here.')
    await this.sandbox.settled()
    return handOver
  }

  /** The handoff is a minute old, as if this had been going on for a while. */
  age({ conversationId }: HandOver): void {
    ageHandoff(this.botpress, conversationId, AGED_MS)
  }

  /** From now on webhooks of these actions get lost, so that others can be looked at alone. */
  lose(...actions: string[]): void {
    for (const action of actions) this.livechat.webhooks.disturb({ action, kind: 'drop', times: Infinity })
  }

  /** Everything that passed since the last time, and a clean slate. */
  takeExchanges(): Exchange[] {
    const { livechat, botpress } = this
    const all = [...livechat.wire.exchanges, ...botpress.wire.exchanges]
    for (const { wire } of [livechat, botpress]) wire.clear()
    return all.sort((a, b) => a.startedAt - b.startedAt)
  }

  close(): Promise<void> {
    return this.sandbox.close()
  }
}
