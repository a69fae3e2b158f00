import type { Client } from '../bp'
import type { BotpressPart } from '../translate/to-botpress'

/** The message behind an event, as it stands in the conversation. */
export type Relayed = {
  id: string
  authorUserId: string
  /** The customer wrote it, or somebody who speaks beside them; the plugin is its author all the same. */
  isFromCustomer: boolean
  /** What its first version said; empty for what is no text. */
  text: string
  /** The versions that the customer saw as corrections, oldest first. */
  corrections: string[]
}

/** What one page of the newest messages tells. Times are milliseconds since 1970. */
export type Newest = {
  /** The LiveChat events that they stand for. */
  eventIds: ReadonlySet<string>
  /** When the last words for the customer were written; 0: there are none. */
  writtenAt: number
  oldestAt: number
  /** There are no older ones. */
  isAll: boolean
}

/** What agents wrote, found by the tag `eventId`. Alone reads and writes the tags of these messages. */
export class Messages {
  constructor(private readonly client: Client) {}

  /** A repeated event finds its message there and adds none. */
  async write(message: {
    part: BotpressPart
    eventId: string
    authorUserId: string
    conversationId: string
  }): Promise<void> {
    const { part, eventId, authorUserId, conversationId } = message
    await this.client.getOrCreateMessage({
      ...part,
      conversationId,
      userId: authorUserId,
      tags: { eventId },
      discriminateByTags: ['eventId'],
    })
  }

  /** The first message that an event became. */
  async of(eventId: string, conversationId: string): Promise<Relayed | undefined> {
    const { messages } = await this.client.listMessages({ conversationId, tags: { eventId } })
    const [first] = messages
    if (!first) return undefined
    const { text } = first.payload as { text?: unknown }
    return {
      id: first.id,
      authorUserId: first.userId,
      isFromCustomer: first.direction === 'outgoing',
      text: typeof text === 'string' ? text : '',
      corrections: versionsIn(first.tags['eventIds']),
    }
  }

  /** The newest messages of a conversation, one page of them. */
  async newest(conversationId: string): Promise<Newest> {
    const { messages, meta } = await this.client.listMessages({ conversationId })
    const timesOf = (some: typeof messages) => some.map(({ createdAt }) => Date.parse(createdAt))
    const forCustomer = messages.filter(({ direction }) => direction !== 'outgoing')
    return {
      eventIds: new Set(messages.map(({ tags }) => tags['eventId']).filter((id) => id !== undefined)),
      writtenAt: Math.max(0, ...timesOf(forCustomer)),
      oldestAt: Math.min(Infinity, ...timesOf(messages)),
      isAll: meta.nextToken === undefined,
    }
  }

  /** Notes which version of a message the customer saw last. */
  async markCorrected({ id, corrections }: Relayed, version: string): Promise<void> {
    const versions = [...corrections, version].slice(-MAX_VERSIONS)
    await this.client.updateMessage({ id, tags: { eventIds: versions.join(' ') } })
  }

  async markDeleted({ id }: Relayed): Promise<void> {
    await this.client.updateMessage({ id, tags: { deleted: 'true' } })
  }
}

/** As many versions as fit into a tag of 500 characters. */
const MAX_VERSIONS = 30

/** Version 1.0.0 kept the id of the newest correction only: `<event>~<version>`. */
function versionsIn(tag = ''): string[] {
  return tag.split(' ').flatMap((each) => each.split('~').at(-1) || [])
}
