import type { Client } from '../bp'
import { isNotFound } from '../botpress-client'
import type { Clock, Deadline } from '../clock'
import type { ChatId, ThreadId } from '../livechat/types'
import { describe, type Log } from '../log'
import { identifyingAddress } from '../translate/address'
import { isSameName } from '../translate/profile'
import type { Given, Pointers } from './identities'

/** What Botpress shows of a person. Absent is unknown: a placeholder would overwrite a real name. */
export type Shown = { name?: string; pictureUrl?: string }

/** `pointers`: what earlier handoffs left. */
export type EndUser = Shown & { email?: string; given?: Given; pointers: Pointers }

/** `spelling`: as it was given. `isProof`: only the person themselves can have it, as nobody typed it. */
export type Address = { email: string; spelling: string; isProof: boolean }

type Changes = Shown & { tags?: { given: string } }
type Kind = Exclude<keyof Given, 'at'>

type User = Shown & { id: string; tags: Record<string, string | undefined> }

/** The Botpress users that stand for customers, told apart by the tag `email`. Alone reads and writes their tags. */
export class EndUsers {
  constructor(
    private readonly client: Client,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** A user of their own. `email`: shown to agents, but nobody is found by it. */
  async create(shown: Shown, email?: string): Promise<string> {
    const tags = email === undefined ? {} : { given: this.givenTag('email', email) }
    return (await this.client.createUser({ ...shown, tags })).user.id
  }

  /** The user with an address, made when there is none. What differs from what is known of them is kept apart. */
  async ofAddress(address: Address, shown: Shown): Promise<string> {
    const user = (await this.withOldSpelling(address)) ?? (await this.getOrCreate(address, shown))
    await this.update(user, address.isProof ? changed(shown, user) : this.changedByAnybody(shown, user))
    return user.id
  }

  /** `undefined` when there is no such user, or when it is an agent's. */
  async get(userId: string): Promise<EndUser | undefined> {
    try {
      const { user } = await this.client.getUser({ id: userId })
      const { name, pictureUrl, tags } = user
      if (tags.agentId) return undefined
      const given = readGiven(tags.given, this.clock.now())
      return { name, pictureUrl, email: tags.email || undefined, given, pointers: readPointers(tags) }
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }

  /** The users who are found by an address, in its one spelling. */
  async withAddress(email: string): Promise<string[]> {
    return (await this.client.listUsers({ tags: { email } })).users.map(({ id }) => id)
  }

  /** The user stays, since the plugin goes on to name it; nothing of the person does. An empty tag is a removed one. */
  async blank(userId: string): Promise<void> {
    const tags = { email: '', given: '', chatId: '', newest: '', profile: '' }
    await this.client.updateUser({ id: userId, name: null, pictureUrl: null, tags })
  }

  /** Tags are merged key by key: what is not named stays. */
  async point(userId: string, { chatId, threadId, startKey, profile }: Pointers): Promise<void> {
    const newest = threadId && `${threadId} ${startKey ?? ''}`.trim()
    const tags = { ...(chatId && { chatId }), ...(newest && { newest }), ...(profile !== undefined && { profile }) }
    await this.client.updateUser({ id: userId, tags })
  }

  /**
   * Version 1.0.0 stored addresses as they were given: all of them get their one spelling, as long as there is time. Returns
   * whether none is left.
   */
  async unifySpellings({ leftMs }: Deadline, reserveMs: number): Promise<boolean> {
    let nextToken: string | undefined
    do {
      if (leftMs() < reserveMs) return false
      const page = await this.client.listUsers({ ...(nextToken && { nextToken }) })
      for (const { id, tags } of page.users) {
        const email = identifyingAddress(tags.email)
        if (email === undefined || email === tags.email || (await this.find(email))) continue
        await this.client.updateUser({ id, tags: { email } })
      }
      nextToken = page.meta.nextToken
    } while (nextToken)
    return true
  }

  /** Some servers write over what they find: where the name may be another person's, none is sent before it is compared. */
  private async getOrCreate({ email, isProof }: Address, shown: Shown): Promise<User> {
    const face = isProof ? shown : {}
    return (await this.client.getOrCreateUser({ tags: { email }, discriminateByTags: ['email'], ...face })).user
  }

  /** Somebody whom version 1.0.0 stored under the spelling that is given now. */
  private async withOldSpelling({ email, spelling }: Address): Promise<User | undefined> {
    if (spelling === email) return undefined
    const [known, old] = await Promise.all([this.find(email), this.find(spelling)])
    if (old && !known) await this.client.updateUser({ id: old.id, tags: { email } })
    return known ?? old
  }

  private async find(email: string): Promise<User | undefined> {
    return (await this.client.listUsers({ tags: { email } })).users[0]
  }

  /** Nobody verified the address: another name is another person, until the one who is known comes again. */
  private changedByAnybody(shown: Shown, user: User): Changes {
    const { name } = shown
    if (name === undefined || user.name === undefined) return changed(shown, user)
    if (!isSameName(name, user.name)) return { tags: { given: this.givenTag('name', name) } }
    const other = readGiven(user.tags.given, this.clock.now())?.name
    return { ...changed(shown, user), ...(other && { tags: { given: this.givenTag('formerName', other) } }) }
  }

  private givenTag(kind: Kind, value: string): string {
    return `${this.clock.now().toString(36)} ${kind} ${value}`
  }

  /** The user is there; a name that Botpress does not take now is sent again with the next handoff. */
  private async update({ id }: User, changes: Changes): Promise<void> {
    if (Object.keys(changes).length === 0) return
    await this.client.updateUser({ id, ...changes }).catch((error: unknown) => {
      this.log.warn(`What is new about a customer was not stored: ${describe(error)}`)
    })
  }
}

/** Whether get-or-create updates what it finds depends on the server's version: what still differs is sent. */
function changed(shown: Shown, user: Shown): Shown {
  const { name, pictureUrl } = shown
  return {
    ...(name !== undefined && name !== user.name && { name }),
    ...(pictureUrl !== undefined && pictureUrl !== user.pictureUrl && { pictureUrl }),
  }
}

/** What was given for so long may be forgotten, in milliseconds. */
const GIVEN_IS_KEPT_MS = 30 * 24 * 3_600_000

function readGiven(tag: string | undefined, now: number): Given | undefined {
  const [, time = '', kind, value] = /^(\w+) (name|formerName|email) (.+)$/s.exec(tag ?? '') ?? []
  const at = parseInt(time, 36)
  return kind !== undefined && value !== undefined && now - at < GIVEN_IS_KEPT_MS ? { [kind]: value, at } : undefined
}

function readPointers({ chatId, newest, profile }: Record<string, string | undefined>): Pointers {
  const [threadId, startKey] = newest?.split(' ') ?? []
  return {
    ...(chatId && { chatId: chatId as ChatId }),
    ...(threadId && { threadId: threadId as ThreadId }),
    ...(startKey && { startKey }),
    ...(profile && { profile }),
  }
}
