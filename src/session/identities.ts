import type { ChatId, CustomerId, ThreadId } from '../livechat/types'

/** The LiveChat customer that stands for a Botpress user, and the token of that identity: state `customer`. */
export type CustomerIdentity = {
  customerId: CustomerId
  cookieSecret?: string
  accessToken: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** What earlier handoffs left: tags of the Botpress user. */
export type Pointers = {
  /** The one chat that LiveChat keeps for this customer. */
  chatId?: ChatId
  /** Thread of the newest handoff, and what recognizes a repeated start of it. */
  threadId?: ThreadId
  startKey?: string
  /** Fingerprint of the name, address and picture that LiveChat was given last. */
  profile?: string
}

/**
 * What was given for a customer and is not taken as true, since nobody verified the address that it came with. `formerName`:
 * the customer came again under the known name since. `at`: when, in milliseconds since 1970.
 */
export type Given = { name?: string; formerName?: string; email?: string; at: number }

/** The Botpress user that stands for a LiveChat agent; never the customer's own (the plugin would confuse the two). */
export type AgentUser = { userId: string; name?: string; pictureUrl?: string }
