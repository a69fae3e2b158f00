import type { Client } from '../bp'
import type { BotpressPart } from '../translate/to-botpress'

/** A message that an event became, as it stands in the conversation. */
export type Relayed = {
  id: string
  authorUserId: string
  /** What its first version said; empty for what is no text. */
  text: string
  /** Id of the correction that the customer saw last; empty when there was none. */
  corrected: string
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
      text: typeof text === 'string' ? text : '',
      corrected: first.tags['eventIds'] ?? '',
    }
  }

  /** Whether somebody has said anything there. */
  async areBy(authorUserId: string, conversationId: string): Promise<boolean> {
    const { messages } = await this.client.listMessages({ conversationId })
    return messages.some(({ userId }) => userId === authorUserId)
  }

  /** Notes which correction of a message the customer saw last. */
  async markCorrected({ id }: Relayed, correctionId: string): Promise<void> {
    await this.client.updateMessage({ id, tags: { eventIds: correctionId } })
  }

  async markDeleted({ id }: Relayed): Promise<void> {
    await this.client.updateMessage({ id, tags: { deleted: 'true' } })
  }
}
