import type { Customer } from '../../sandbox/botpress'
import type { Exchange } from '../../sandbox/http/wire'
import type { AgentPerson } from '../../sandbox/livechat'
import { chatOf, type Sandbox } from '../../sandbox/sandbox'

type Ids = { chatId: string; threadId: string; conversationId: string }
type Input = { hitlSession?: Record<string, unknown> }

const minutesBefore = (time: string) => new Date(Date.parse(time) - 2 * 60_000).toISOString()

const older = <T extends { createdAt: string; updatedAt: string }>(object: T): T => ({
  ...object,
  createdAt: minutesBefore(object.createdAt),
  updatedAt: minutesBefore(object.updatedAt),
})

let number = 0

/** One customer's and one agent's story, told apart from all others by a number of its own. */
export class Play {
  readonly number = ++number
  readonly customer: Customer
  readonly agent: AgentPerson
  private kept: Exchange | undefined
  private readonly agentsName = `Agent ${this.number}`

  constructor(readonly sandbox: Sandbox) {
    const person = { name: `Customer ${this.number}`, email: `customer-${this.number}@example.test` }
    this.customer = sandbox.installation.customer(person)
    this.agent = this.newAgent('first')
  }

  newAgent(which: string): AgentPerson {
    const id = `${which}-${this.number}@acme.test`
    this.sandbox.livechat.agents.add({ id, name: which === 'first' ? this.agentsName : `${which} ${this.number}` })
    return this.sandbox.livechat.agent(id)
  }

  /** The card of the bot is run for the customer, who has just said something. */
  async handOver(input: Input = {}): Promise<void> {
    await this.customer.says(`I need a human (${this.number})`)
    await this.sandbox.installation.handOver(this.customer, { userEmail: this.customer.email, ...input })
    this.ageHandoff()
  }

  /** The newest handoff. Throws when there is none. */
  get ids(): Ids {
    const conversationId = this.session?.downstreamId
    if (conversationId === undefined) throw new Error('this customer was never handed over')
    return { conversationId, ...chatOf(this.sandbox.botpress, conversationId) }
  }

  get session() {
    const { conversationId } = this.customer
    return this.sandbox.installation.sessions.findLast(({ upstreamId }) => upstreamId === conversationId)
  }

  /** Keeps the newest message that was handed to the integration, for `deliverAgainLater`. */
  keepMessage(): void {
    const isMessage = ({ operation }: Exchange) => operation.startsWith('message/')
    this.kept = structuredClone(this.sandbox.botpress.wire.exchanges.findLast(isMessage))
  }

  /** Hands the kept message over once more, as Botpress would six seconds after it was written. */
  async deliverAgainLater(): Promise<void> {
    const { kept, sandbox } = this
    if (!kept) throw new Error('no message was kept')
    const body = structuredClone(kept.requestBody) as { message: { createdAt: string } }
    body.message.createdAt = new Date(Date.parse(body.message.createdAt) - 6000).toISOString()
    const answer = await fetch(String(sandbox.urls.at(-1)), {
      method: 'POST',
      headers: kept.requestHeaders,
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(((await answer.json()) as { message: string }).message)
  }

  /** Nothing is under way any more: neither a call nor a webhook that LiveChat still means to send again. */
  settled(): Promise<void> {
    return this.sandbox.settled()
  }

  /** Makes a start that was cut off more than a minute old: whoever was at it is not any more. */
  ageStart(): void {
    for (const { id, threads } of this.chats) {
      for (const thread of threads) thread.created_at = minutesBefore(thread.created_at)
      for (const row of this.sandbox.botpress.store.conversations.values()) {
        if (Object.values(row.object.tags).includes(id)) row.object = older(row.object)
      }
    }
  }

  /** Makes the handoff a minute old: the plugin listens for sure, and the integration need not wait for it. */
  private ageHandoff(): void {
    const id = this.session?.downstreamId
    const row = id === undefined ? undefined : this.sandbox.botpress.store.conversations.get(id)
    if (!row) return
    row.object = { ...row.object, createdAt: minutesBefore(row.object.createdAt) }
  }

  /** How often the customer's window shows a text. */
  timesVisible(text: string): number {
    return this.customer.sees().filter((seen) => seen.text?.includes(text)).length
  }

  /** How often the customer said a text in LiveChat, as the agent reads it. */
  timesInLiveChat(text: string): number {
    return this.events.filter((event) => JSON.stringify(event).includes(text)).length
  }

  /** Everything in the threads of this customer's chats. */
  get events() {
    return this.chats.flatMap(({ threads }) => threads).flatMap(({ events }) => events)
  }

  get openThreads(): number {
    return this.chats.flatMap(({ threads }) => threads).filter(({ active }) => active).length
  }

  /** By the number in the opening: a chat whose answer was lost is found too. */
  private get chats() {
    const mark = `(${this.number})`
    return [...this.sandbox.livechat.store.chats.values()].filter(({ threads }) =>
      threads.some(({ events }) => events.some((event) => JSON.stringify(event).includes(mark))),
    )
  }
}
