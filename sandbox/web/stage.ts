import type { Customer } from '../botpress'
import type { Exchange } from '../http/wire'
import type { Sandbox } from '../sandbox'
import { customerLines } from './customer-view'
import { deskView } from './desk-view'
import { FaultSwitches } from './fault-switches'
import { sessionView } from './session-view'
import { tellStory } from './story'
import type { CustomerView, DeskView, PageView, SessionView, WireRow } from './view'
import { wireRow } from './wire-rows'

const ADA = { name: 'Ada Lovelace', email: 'ada@customer.test' }

/** What the page plays with: the sandbox, the one customer who stands on the left, and the switches. */
export class Stage {
  readonly faults: FaultSwitches
  customer: Customer
  identity = ADA
  /** Ids of events that were edited on the page. */
  readonly edited = new Set<string>()
  private ratedThreadId: string | undefined
  /** Exchanges before this moment (`performance.now()`) are not shown: set-up, or what was cleared away. */
  private wireFrom = performance.now()
  private storyFrom = performance.now()

  constructor(readonly sandbox: Sandbox) {
    this.faults = new FaultSwitches(sandbox)
    this.customer = sandbox.installation.customer(ADA)
  }

  /** Another name before the first words is another customer. */
  call(identity: { name: string; email: string }): void {
    if (this.hasStarted()) throw new Error('The customer has begun to talk. Reset starts over.')
    this.identity = identity
    const { name, email } = identity
    this.customer = this.sandbox.installation.customer({ name: name || undefined, email: email || undefined })
  }

  async reset(): Promise<void> {
    await this.sandbox.reset()
    this.faults.forget()
    this.edited.clear()
    this.ratedThreadId = undefined
    this.customer = this.sandbox.installation.customer(this.identity)
    this.wireFrom = this.storyFrom = performance.now()
  }

  clearWire(): void {
    this.wireFrom = performance.now()
  }

  /** Writes the rating of the newest handoff through the bot. */
  async rate(score: 'good' | 'bad'): Promise<void> {
    const { chatId, threadId } = this.session()
    if (chatId === undefined || threadId === undefined) throw new Error('There is no chat to rate yet.')
    await this.sandbox.installation.callAction('rateChat', { chatId, threadId, score })
    this.ratedThreadId = threadId
  }

  view(): PageView {
    const desk = deskView(this.sandbox.livechat, this.edited)
    const session = this.session(desk)
    return {
      customer: this.customerView(session),
      desk,
      session,
      story: tellStory(
        this.exchangesFrom(this.storyFrom).map(({ exchange }) => exchange),
        {
          customer: this.identity.name || 'The customer',
          agent: (id) => this.sandbox.livechat.store.agents.get(id)?.name,
        },
      ),
      faults: this.faults.view(),
    }
  }

  /** The wire so far, oldest first. */
  rows(): WireRow[] {
    const secrets = this.secrets()
    return this.exchangesFrom(this.wireFrom).map(({ side, exchange }) => wireRow(exchange, { side, secrets }))
  }

  private session(desk: DeskView = deskView(this.sandbox.livechat, this.edited)): SessionView {
    return sessionView(this.sandbox, this.customer, desk)
  }

  private hasStarted(): boolean {
    return this.customer.sees().some(({ from }) => from === 'customer')
  }

  private customerView({ phase, threadId }: SessionView): CustomerView {
    return {
      ...this.identity,
      started: this.hasStarted(),
      lines: customerLines(this.customer, this.identity.name),
      canRate: phase === 'ended' && this.ratedThreadId !== threadId,
    }
  }

  private exchangesFrom(from: number): { side: string; exchange: Exchange }[] {
    const { livechat, botpress } = this.sandbox
    const sides = { livechat: livechat.wire.exchanges, botpress: botpress.wire.exchanges }
    return (
      Object.entries(sides)
        .flatMap(([side, exchanges]) => exchanges.map((exchange) => ({ side, exchange })))
        // A webhook passes Botpress on its way to the integration; it is shown once, as LiveChat sent it.
        .filter(({ side, exchange }) => side !== 'botpress' || !exchange.operation.startsWith('webhook'))
        .filter(({ exchange }) => exchange.startedAt >= from && !isBrowsers(exchange))
        .sort((a, b) => a.exchange.startedAt - b.exchange.startedAt)
    )
  }

  /** Every value that may stand anywhere in a body or an address and is nobody's business. */
  private secrets(): string[] {
    const { configuration, livechat } = this.sandbox
    const { customerTokens, customers } = livechat.store
    const cookies = [...customers.values()].flatMap(({ cookieSecrets }) => cookieSecrets)
    const configured = [configuration.webhookSecret, configuration.agentToken]
    return [...configured, ...customerTokens.map(({ token }) => token), ...cookies].filter(
      (secret) => secret.length > 5,
    )
  }
}

/** Pictures that the page itself fetches are no part of the product's traffic. */
function isBrowsers({ requestHeaders }: Exchange): boolean {
  return requestHeaders['user-agent']?.startsWith('Mozilla/') === true
}
