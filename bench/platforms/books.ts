export type Conversation = {
  id: string
  createdAt: string
  updatedAt: string
  channel: string
  integration: string
  tags: Record<string, string>
}

/** A conversation counts as listened to without proof when it is older than half a minute. */
const AGE_MS = 3_600_000

/** What the instant platforms remember: enough to answer, and to tell what was lost or doubled. */
export class Books {
  /** Conversations that were written to; the others are made up when they are asked for. */
  readonly conversations = new Map<string, Conversation>()
  /** Messages for customers by the event they came of, and events for agents by their custom id: how often each. */
  readonly written = new Map<string, number>()
  /** Requests so far. */
  asked = 0
  private customers = 0

  nextCustomer(): number {
    this.customers += 1
    return this.customers
  }

  write(id: unknown): void {
    const key = String(id)
    this.written.set(key, (this.written.get(key) ?? 0) + 1)
  }

  conversation(number: string): Conversation {
    return this.conversations.get(number) ?? madeUp(number)
  }

  change(number: string, tags: Record<string, string>): Conversation {
    const known = this.conversation(number)
    const updatedAt = new Date(Date.parse(known.updatedAt) + 1).toISOString()
    const changed = { ...known, updatedAt, tags: { ...known.tags, ...tags } }
    this.conversations.set(number, changed)
    return changed
  }
}

function madeUp(number: string): Conversation {
  const at = new Date(Date.now() - AGE_MS).toISOString()
  const tags = {
    chatId: `CHAT_${number}`,
    threadId: `THREAD_${number}`,
    customerId: `customer_${number}`,
    userId: `user_${number}`,
    agentId: AGENT_ID,
    agentUserId: 'user_agent',
    agentsSeen: AGENT_ID,
  }
  return { id: `conv_${number}`, createdAt: at, updatedAt: at, channel: 'hitl', integration: 'livechat-hitl', tags }
}

export const AGENT_ID = 'maria@acme.test'

/** The number behind `conv_7`, `CHAT_7`, `token_7`. */
export function numberIn(id: unknown): string {
  const number = /_(\w+)$/.exec(String(id))?.[1]
  if (number === undefined) throw new Error(`no number in ${String(id)}`)
  return number
}
