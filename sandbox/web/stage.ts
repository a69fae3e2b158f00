import type { Customer } from '../botpress'
import type { Exchange } from '../http/wire'
import type { Sandbox } from '../sandbox'
import { customerLines, openChoices } from './customer-view'
import { deliveriesOf, type Deliveries } from './deliveries'
import { deskView } from './desk-view'
import { FaultSwitches } from './fault-switches'
import { handBackOf, isHandBack } from './hand-back'
import { hostView, processMoments } from './host-view'
import { sessionView } from './session-view'
import { SetupTrials } from './setup/trials'
import type { Shown } from './story/doors'
import { tellStory } from './story/tell'
import type { CustomerView, DeskView, PageView, SessionView, StoryLine, WireRow } from './view'
import { rowId, wireRow } from './wire-rows'

const ADA = { name: 'Ada Lovelace', email: 'ada@customer.test' }

/** What the page plays with: the sandbox, the one customer who stands on the left, and the switches. */
export class Stage {
  readonly faults: FaultSwitches
  readonly setup: SetupTrials
  customer: Customer
  identity = ADA
  /** Ids of events that were edited on the page. */
  readonly edited = new Set<string>()
  /** Called when something changes that neither platform notices. */
  onChange: () => void = () => undefined
  private ratedThreadId: string | undefined
  /** Exchanges before this moment (`performance.now()`) are not shown: set-up, or what was cleared away. */
  private wireFrom = performance.now()
  private storyFrom = performance.now()
  private round = 0
  /** What has its answer does not change any more, and is masked once. */
  private readonly finishedRows = new WeakMap<Exchange, WireRow>()
  private resetting: Promise<void> | undefined

  constructor(readonly sandbox: Sandbox) {
    this.faults = new FaultSwitches(sandbox)
    this.setup = new SetupTrials(sandbox, () => this.onChange())
    this.customer = sandbox.installation.customer(ADA)
  }

  /** Resolves when nothing is just being started over: what is done meanwhile would be lost. */
  async ready(): Promise<void> {
    await this.resetting
  }

  /** Another name before the first words is another customer. */
  call(identity: { name: string; email: string }): void {
    if (this.hasStarted()) throw new Error('The customer has begun to talk. Start over to change the name.')
    this.identity = identity
    const { name, email } = identity
    this.customer = this.sandbox.installation.customer({ name: name || undefined, email: email || undefined })
  }

  /** Empties both platforms, for every window that is open. Two resets at once are one. */
  reset(): Promise<void> {
    this.resetting ??= this.startOver().finally(() => {
      this.resetting = undefined
      this.onChange()
    })
    this.onChange()
    return this.resetting
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
    const desk = this.desk()
    const session = this.session(desk)
    const customer = this.customerView(session)
    return {
      customer,
      desk,
      session,
      story: this.story(customer),
      faults: this.faults.view(),
      host: hostView(this.sandbox, this.storyFrom),
      setup: this.setup.view(),
      round: this.round,
      isResetting: this.resetting !== undefined,
    }
  }

  /** The wire so far, oldest first. */
  rows(): WireRow[] {
    const secrets = this.secrets()
    return this.exchangesFrom(this.wireFrom).map((shown) => this.row(shown, secrets))
  }

  private row({ id, exchange }: Shown, secrets: readonly string[]): WireRow {
    const row = this.finishedRows.get(exchange) ?? wireRow(exchange, { id, secrets })
    if (row.done) this.finishedRows.set(exchange, row)
    return row
  }

  private async startOver(): Promise<void> {
    await this.setup.restore()
    await this.sandbox.reset()
    this.faults.forget()
    this.edited.clear()
    this.ratedThreadId = undefined
    this.customer = this.sandbox.installation.customer(this.identity)
    this.wireFrom = this.storyFrom = performance.now()
    this.round += 1
  }

  private story({ lines }: CustomerView): StoryLine[] {
    const { agents } = this.sandbox.livechat.store
    return tellStory({
      exchanges: this.exchangesFrom(this.storyFrom),
      lines,
      people: {
        customer: shortName(this.identity.name),
        agent: (id) => {
          const agent = agents.get(id)
          return agent && { name: agent.name, isBot: agent.bot }
        },
        isHandBack: (words) => isHandBack(words, handBackOf(this.setup.current)),
      },
      moments: processMoments(this.sandbox, this.storyFrom),
      timeOrigin: performance.timeOrigin,
    })
  }

  private desk(): DeskView {
    return deskView(this.sandbox.livechat, { edited: this.edited, handBack: handBackOf(this.setup.current) })
  }

  private session(desk: DeskView = this.desk()): SessionView {
    const { botpress, installation } = this.sandbox
    return sessionView({ botpress, installation, configuration: this.setup.current }, this.customer, desk)
  }

  private hasStarted(): boolean {
    return this.customer.sees().some(({ from }) => from === 'customer')
  }

  private customerView({ phase, threadId, conversationId }: SessionView): CustomerView {
    const { botpress } = this.sandbox
    const isTalking = conversationId !== undefined && (phase === 'waiting' || phase === 'agent')
    return {
      ...this.identity,
      started: this.hasStarted(),
      lines: customerLines(this.customer, this.identity.name, this.deliveries()),
      choices: isTalking ? openChoices(botpress, conversationId) : [],
      canRate: phase === 'ended' && this.ratedThreadId !== threadId,
    }
  }

  /** The plugin marks its copies with the message they were made of (since version 1.4). */
  private deliveries(): Deliveries {
    const { wire, store, eventsOf } = this.sandbox.botpress
    return deliveriesOf({
      exchanges: wire.exchanges,
      originOf: (copyId) => store.messages.get(copyId)?.object.tags['hitl#upstream'] ?? copyId,
      notDelivered: eventsOf('messageNotDelivered').map(({ payload }) => payload),
    })
  }

  private exchangesFrom(from: number): Shown[] {
    const { livechat, botpress } = this.sandbox
    const sides = { livechat: livechat.wire.exchanges, botpress: botpress.wire.exchanges }
    return (
      Object.entries(sides)
        .flatMap(([side, exchanges]) => exchanges.map((exchange) => ({ side, exchange })))
        // A webhook passes Botpress on its way to the integration; it is shown once, as LiveChat sent it.
        .filter(({ side, exchange }) => side !== 'botpress' || !exchange.operation.startsWith('webhook'))
        .filter(({ exchange }) => exchange.startedAt >= from && !isBrowsers(exchange))
        .sort((a, b) => a.exchange.startedAt - b.exchange.startedAt)
        .map(({ side, exchange }) => ({ id: rowId(side, exchange), exchange }))
    )
  }

  /** Every value that may stand anywhere in a body or an address and is nobody's business. */
  private secrets(): string[] {
    const { configuration, livechat } = this.sandbox
    const { customerTokens, customers, tokens } = livechat.store
    const cookies = [...customers.values()].flatMap(({ cookieSecrets }) => cookieSecrets)
    const configured = [configuration, this.setup.current].flatMap(({ webhookSecret, agentToken }) => [
      webhookSecret,
      agentToken,
    ])
    const issued = [...tokens.map(({ secret }) => secret), ...customerTokens.map(({ token }) => token)]
    return [...configured, ...issued, ...cookies].filter((secret) => secret.length > 5)
  }
}

/** The first name, as a story tells it. */
function shortName(name: string): string {
  const [first = ''] = name.trim().split(/\s+/)
  return first === '' ? 'The customer' : first.slice(0, MAX_NAME)
}

/** Longest name in the story, in characters. */
const MAX_NAME = 24

/** Pictures that the page itself fetches are no part of the product's traffic. */
function isBrowsers({ requestHeaders }: Exchange): boolean {
  return requestHeaders['user-agent']?.startsWith('Mozilla/') === true
}
