import type { IncomingEvent } from '../livechat/types'

export type AuthorKind = 'system' | 'customer' | 'bot' | 'human'
export type NotRelayed = 'note' | 'echo' | 'system' | 'welcome' | 'bot' | 'customer' | 'not-a-message' | 'unknown-type'
export type Relayable = { relay: true } | { relay: false; reason: NotRelayed }

export function authorKind(authorId: string | undefined): AuthorKind {
  return authorId ? 'human' : 'system'
}
export function relayable(_event: IncomingEvent): Relayable {
  return { relay: true }
}
