import type { EndUser } from '../session/end-users'
import type { CustomerIdentity, Pointers } from '../session/identities'
import type { Lease } from '../session/lease'
import type { HistoryItem } from '../translate/hitl-message'
import type { SessionOptions } from '../translate/session-options'

/** What `startHitl` was asked. */
export type StartInput = {
  /** The Botpress user that `createUser` made for the customer. */
  userId: string
  title?: string
  description?: string
  messageHistory: HistoryItem[]
}

/** One start of a handoff, as far as it has come. */
export type Start = {
  input: StartInput
  options: SessionOptions
  startKey: string
  lease: Lease
  user: EndUser
  /** The LiveChat customer of earlier handoffs. */
  stored: CustomerIdentity | undefined
  /** What earlier handoffs left. */
  pointers: Pointers
}
