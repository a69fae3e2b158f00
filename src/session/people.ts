import type { Client } from '../bp'
import type { Log } from '../log'
import { describe } from '../log'
import type { Cache } from './cache'

export type PeopleMemory = {
  /** Names of other people in a group conversation, by Botpress user; empty for none. */
  names: Cache<string>
}

/** The people of a conversation, as Botpress knows them. */
export class People {
  constructor(
    private readonly client: Client,
    private readonly memory: PeopleMemory,
    private readonly log: Log,
  ) {}

  /** A name that only labels somebody's words: not knowing it is no failure. */
  async nameOf(userId: string): Promise<string | undefined> {
    const known = this.memory.names.get(userId)
    if (known !== undefined) return known || undefined
    try {
      const { user } = await this.client.getUser({ id: userId })
      this.memory.names.set(userId, user.name ?? '')
      return user.name
    } catch (error) {
      this.log.info(`The name of a person in the conversation is not known: ${describe(error)}`)
      return undefined
    }
  }
}
