import type { Customer } from '../../sandbox/botpress'
import type { Chat, Thread } from '../../sandbox/livechat'
import { Ledger } from './ledger'
import { addressOf, wordOf } from './marks'
import type { Agent, Story, Window } from './story'
import { chatsOf, handoffsIn, LOGINS, type World } from './world'

/** A chat at LiveChat whose newest thread is open. */
export type Open = { chat: Chat; thread: Thread }

/** An act that cannot be done now; the story goes on without it. */
export class LeftOut extends Error {}

/** One story as it is played: a customer with two windows, and whoever of the team does something. */
export class Session {
  readonly ledger = new Ledger()
  readonly number: number
  private readonly windows: readonly [Customer, Customer]
  private words = 0
  private underWay = 0

  constructor(
    readonly world: World,
    readonly story: Story,
    name: string,
  ) {
    this.number = world.enter(name)
    this.windows = [this.openWindow(), this.openWindow()]
  }

  customer(window: Window): Customer {
    return this.windows[window]
  }

  /** Something to say that nobody else says. */
  newWord(): string {
    this.words += 1
    return wordOf(this.number, this.words)
  }

  /** Something that goes on beside the story; what becomes of it shows elsewhere. */
  beside(work: Promise<unknown>): void {
    this.underWay += 1
    void work.catch(() => undefined).finally(() => (this.underWay -= 1))
  }

  /** Resolves when nothing about this session is under way any more; `false` when that takes longer than `mostMs`. */
  quiet(mostMs: number): Promise<boolean> {
    return this.world.traffic.quiet(this.number, () => this.underWay > 0, mostMs)
  }

  /** What keeps it from being quiet. */
  get atWork(): string {
    return this.underWay > 0 ? 'a step of the story' : (this.world.traffic.underWay(this.number) ?? 'something')
  }

  /** The plugin's handoffs, oldest first. */
  get handoffs() {
    return handoffsIn(
      this.world,
      this.windows.map(({ conversationId }) => conversationId),
    )
  }

  /** Whether the plugin holds a window for being in an agent's hands. */
  isActive(window: Window): boolean {
    return this.world.sandbox.botpress.isActive(this.customer(window).conversationId)
  }

  get chats(): Chat[] {
    return chatsOf(this.world, this.number)
  }

  /** Threads that are open at LiveChat now. */
  get open(): Open[] {
    return this.chats.flatMap((chat) => {
      const thread = this.world.sandbox.livechat.store.activeThread(chat)
      return thread ? [{ chat, thread }] : []
    })
  }

  /** Agents whom the customer sees in the chat. */
  agentsIn({ users }: Chat): Agent[] {
    const here = users.filter(({ type, present, visibility }) => type === 'agent' && present && visibility === 'all')
    return here.map(({ id }) => LOGINS.findIndex((login) => login === id)).filter(isAgent)
  }

  /** Writes down who is in the open threads now. */
  notePresence(): void {
    for (const { chat, thread } of this.open) this.ledger.present(thread.id, this.agentsIn(chat))
  }

  private openWindow(): Customer {
    const { sandbox, owners } = this.world
    const email = this.story.hasEmail ? addressOf(this.number) : undefined
    const customer = sandbox.installation.customer({ name: `Ada ${this.number}`, ...(email && { email }) })
    owners.note(this.number, customer.userId, customer.conversationId)
    return customer
  }
}

const isAgent = (place: number): place is Agent => place >= 0
