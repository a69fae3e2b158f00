import type { Client } from '../bp'
import { isNotFound } from '../botpress-client'
import type { Choice } from '../translate/choices'
import type { Cache } from './cache'

/** The buttons that an event offered, as they were numbered for the customer. */
type Offer = { eventId: string; choices: Choice[] }

export type ChoicesMemory = {
  /** Copies by conversation, good for the event that they name. */
  choices: Cache<Offer>
}

/** The buttons behind the open choice of a conversation. Alone reads and writes the state `choice`. */
export class Choices {
  constructor(
    private readonly client: Client,
    private readonly memory: ChoicesMemory,
  ) {}

  async save(conversationId: string, offer: Offer): Promise<void> {
    await this.client.setState({ type: 'conversation', id: conversationId, name: 'choice', payload: offer })
    this.memory.choices.set(conversationId, offer)
  }

  /** None when the newest offer of the conversation is another event's. */
  async offeredBy(eventId: string, conversationId: string): Promise<Choice[]> {
    const offer = this.memory.choices.get(conversationId)
    if (offer?.eventId === eventId) return offer.choices
    const stored = await this.load(conversationId)
    return stored?.eventId === eventId ? stored.choices : []
  }

  private async load(conversationId: string): Promise<Offer | undefined> {
    try {
      const { state } = await this.client.getState({ type: 'conversation', id: conversationId, name: 'choice' })
      return state.payload
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }
}
