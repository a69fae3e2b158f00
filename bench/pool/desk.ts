import { setTimeout as pause } from 'node:timers/promises'
import { seeded } from '../../sandbox/random'
import { startSandbox, type HandOver, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox'
import { MARIA } from '../flows/stage'

/** The time that a call to either platform takes, in milliseconds. */
export const LATENCY = { minMs: 60, maxMs: 140 }

/** What the plugin says to the customer for each accepted assignment. */
const JOINED = 'A human agent has joined the conversation.'

/** How long words may take before whoever waits for them gives up, in milliseconds. */
const PATIENCE_MS = 20_000

/** What an agent and a customer do on a sandbox, and what became of it. */
export class Desk {
  private people = 0
  private readonly random = seeded(1)

  private constructor(readonly sandbox: Sandbox) {}

  static async open(processes: SandboxOptions['processes']): Promise<Desk> {
    return new Desk(await startSandbox({ bot: null, processes, latency: LATENCY }))
  }

  get maria() {
    return this.sandbox.livechat.agent(MARIA)
  }

  /** A customer nobody has met before waits for an agent, and the first words stand at the desk. */
  async waiting(): Promise<HandOver> {
    this.people += 1
    const customer = { name: 'Ada', email: `ada.${this.people}@customer.test` }
    const handOver = await this.sandbox.handOver({ customer })
    await this.customerSays(handOver, 'Hello?')
    return handOver
  }

  /** In the hands of Maria, who has said something that the customer has read. */
  async talking(): Promise<HandOver> {
    const talk = await this.waiting()
    this.maria.joins(talk.chatId)
    await this.agentSays(talk, 'Maria here.')
    await this.quiet()
    return talk
  }

  /** Resolves when the agent can read it. */
  async customerSays({ chatId, customer }: HandOver, text: string): Promise<void> {
    const arrived = this.sandbox.livechat.wire.waitFor(({ operation, requestBody }) => {
      const { chat_id, event } = (requestBody ?? {}) as { chat_id?: string; event?: { text?: string } }
      return operation === 'customer/send_event' && chat_id === chatId && event?.text === text
    }, PATIENCE_MS)
    await Promise.all([customer.says(text), arrived])
  }

  /** Resolves when the customer has read it, or when nobody would wait any longer. */
  async agentSays({ chatId, customer }: HandOver, text: string): Promise<void> {
    this.maria.says(chatId, text)
    await customer.waitToSee((seen) => seen.text === text, PATIENCE_MS).catch(() => undefined)
  }

  /** A pause of up to `mostMs` milliseconds, as people make them. */
  async quiet(mostMs = 1_000): Promise<void> {
    await pause(this.random() * mostMs)
  }

  /** Yes or no, by chance. */
  coin(): boolean {
    return this.random() < 0.5
  }

  announcements({ customer }: HandOver): number {
    return customer.sees().filter(({ text }) => text === JOINED).length
  }

  /** Whether the customer has read these words of an agent. */
  wasRead({ customer }: HandOver, text: string): boolean {
    return customer.sees().some((seen) => seen.from === 'agent' && seen.text === text)
  }

  /** How often the bot was notified of the end. */
  ends({ conversationId }: HandOver): number {
    const isAboutIt = ({ payload }: { payload: Record<string, unknown> }) =>
      payload['conversationId'] === conversationId || payload['hitlConversationId'] === conversationId
    return this.sandbox.botpress.eventsOf('chatEnded').filter(isAboutIt).length
  }
}
