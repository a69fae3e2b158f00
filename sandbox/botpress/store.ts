import type { Conversation, Event, File, Message, Payload, State, StateType, Tags, User } from './objects'

/** An object, whose bot it lives in, and the alias of the integration that owns it (`''`: the bot itself). */
export type Row<T> = {
  readonly botId: string
  readonly owner: string
  /** Tags as they were written, oldest first, `atMs` in milliseconds since 1970: lookups may lag behind. */
  readonly taggings: { atMs: number; tags: Tags }[]
  object: T
}

export type StateRow = Row<State> & { readonly key: string; expiresAtMs?: number; expiryMs?: number }

/** All objects of all bots. Tags are kept under their owner's prefix: `<alias>:<tag>`, `<plugin>#<tag>`, or none for the bot. */
export class Store {
  readonly users = new Map<string, Row<User>>()
  readonly conversations = new Map<string, Row<Conversation>>()
  readonly messages = new Map<string, Row<Message>>()
  readonly events = new Map<string, Row<Event>>()
  readonly states = new Map<string, StateRow>()
  readonly files = new Map<string, Row<File>>()
  /** Bytes uploaded for a file, by file id. */
  readonly contents = new Map<string, Uint8Array>()
  /** Ids of the messages of each conversation, oldest first: most questions are about one conversation. */
  private readonly messageIds = new Map<string, Set<string>>()
  private readonly participants = new Map<string, Set<string>>()
  private readonly listeners = new Set<() => void>()

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  changed(): void {
    for (const listener of this.listeners) listener()
  }

  /** Resolves with the first value that is not `undefined`, looked for now and after each change. */
  when<T>(look: () => T | undefined, timeoutMs: number, failure: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const attempt = () => {
        const found = look()
        if (found === undefined) return
        stop()
        clearTimeout(timer)
        resolve(found)
      }
      const stop = this.onChange(attempt)
      const timer = setTimeout(() => {
        stop()
        reject(failure())
      }, timeoutMs)
      attempt()
    })
  }

  participantsOf(conversationId: string): Set<string> {
    const known = this.participants.get(conversationId) ?? new Set<string>()
    this.participants.set(conversationId, known)
    return known
  }

  addMessage(row: Row<Message>): void {
    const { id, conversationId } = row.object
    const ids = this.messageIds.get(conversationId) ?? new Set<string>()
    this.messageIds.set(conversationId, ids.add(id))
    this.messages.set(id, row)
    this.changed()
  }

  removeMessage({ id, conversationId }: Message): void {
    this.messageIds.get(conversationId)?.delete(id)
    this.messages.delete(id)
    this.changed()
  }

  /** Oldest first. */
  messageRowsIn(conversationId: string): Row<Message>[] {
    const ids = [...(this.messageIds.get(conversationId) ?? [])]
    return ids.map((id) => this.messages.get(id)).filter((row) => row !== undefined)
  }

  /** Oldest first. */
  messagesIn(conversationId: string): Message[] {
    return this.messageRowsIn(conversationId).map((row) => row.object)
  }

  /** Oldest first; the type may be given with or without the alias in front. */
  eventsOf(type: string): Event[] {
    const events = [...this.events.values()].map((row) => row.object)
    return events.filter((event) => event.type === type || event.type.endsWith(`:${type}`))
  }

  stateOf(type: string, id: string, name: string): Payload | undefined {
    const rows = [...this.states.values()].filter((row) => row.key.endsWith(`/${type}/${id}/${name}`))
    return rows.at(-1)?.object.payload
  }

  clear(): void {
    this.users.clear()
    this.conversations.clear()
    this.messages.clear()
    this.messageIds.clear()
    this.events.clear()
    this.states.clear()
    this.files.clear()
    this.contents.clear()
    this.participants.clear()
    this.changed()
  }
}

/** Replaces the object of a row, and notes its tags for lookups. */
export function rewrite<T extends { tags: Tags }>(row: Row<T>, object: T): void {
  if (object.tags !== row.object.tags) row.taggings.push({ atMs: Date.now(), tags: object.tags })
  row.object = object
}

/** Tags by which a row is found when lookups lag by `lagMs`; none while it is too new. */
export function tagsForLookup(row: Row<{ tags: Tags }>, lagMs: number): Tags | undefined {
  if (lagMs <= 0) return row.object.tags
  const until = Date.now() - lagMs
  return row.taggings.findLast(({ atMs }) => atMs <= until)?.tags
}

/** An integration's state and the bot's or a plugin's of the same name are two. */
export const stateKey = (owner: string, type: StateType, id: string, name: string) => `${owner}/${type}/${id}/${name}`

/** Now, but never the moment given: `updatedAt` distinguishes two changes of one object. */
export function later(than: string): string {
  return new Date(Math.max(Date.now(), Date.parse(than) + 1)).toISOString()
}
