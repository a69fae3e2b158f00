import type { ChatId, CustomerId, ThreadId } from '../livechat/types'

/** The LiveChat customer that stands for a Botpress user: state `customer`. */
export type CustomerIdentity = {
  customerId: CustomerId
  cookieSecret?: string
  accessToken: string
  /** Milliseconds since 1970. */
  expiresAt: number
  chatId?: ChatId
  profile?: string
  current?: { threadId: ThreadId; startKey: string }
}

/** The Botpress user that stands for a LiveChat agent; never the customer's own (the plugin would confuse the two). */
export type AgentUser = { userId: string; name?: string; pictureUrl?: string }
