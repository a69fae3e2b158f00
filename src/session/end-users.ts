import { isApiError } from '@botpress/client'
import type { Client } from '../bp'
import type { ChatId, ThreadId } from '../livechat/types'
import { describe, type Log } from '../log'
import type { Pointers } from './identities'

/** What Botpress shows of a person. Absent is unknown: a placeholder would overwrite a real name. */
export type Shown = { name?: string; pictureUrl?: string }

/** `pointers`: what earlier handoffs left. */
export type EndUser = Shown & { email?: string; pointers: Pointers }

/** The Botpress users that stand for customers, told apart by the tag `email`. Alone reads and writes their tags. */
export class EndUsers {
  constructor(
    private readonly client: Client,
    private readonly log: Log,
  ) {}

  async create(shown: Shown): Promise<string> {
    return (await this.client.createUser({ ...shown, tags: {} })).user.id
  }

  async getOrCreate(email: string, shown: Shown): Promise<string> {
    const { user } = await this.client.getOrCreateUser({ tags: { email }, discriminateByTags: ['email'], ...shown })
    // Whether get-or-create updates what it finds depends on the server's version: compare, then update.
    const differs = (shown.name ?? user.name) !== user.name || (shown.pictureUrl ?? user.pictureUrl) !== user.pictureUrl
    // The user is there; a name that Botpress does not take now is sent again with the next handoff.
    if (!differs) return user.id
    await this.client.updateUser({ id: user.id, ...shown }).catch((error: unknown) => {
      this.log.warn(`The new name of a customer was not stored: ${describe(error)}`)
    })
    return user.id
  }

  /** `undefined` when there is no such user. */
  async get(userId: string): Promise<EndUser | undefined> {
    try {
      const { user } = await this.client.getUser({ id: userId })
      const { email, chatId, threadId, startKey, profile } = user.tags
      const pointers = { chatId: given<ChatId>(chatId), threadId: given<ThreadId>(threadId), startKey, profile }
      return { name: user.name, pictureUrl: user.pictureUrl, email, pointers }
    } catch (error) {
      if (isApiError(error) && error.type === 'ResourceNotFound') return undefined
      throw error
    }
  }

  /** Tags are merged key by key: what is not named stays. */
  async point(userId: string, pointers: Pointers): Promise<void> {
    await this.client.updateUser({ id: userId, tags: { ...pointers } })
  }
}

const given = <Id extends string>(tag: string | undefined) => (tag || undefined) as Id | undefined
