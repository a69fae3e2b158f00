import type { IncomingEvent } from '../livechat/types'
import { authorKind } from './relayable'

export type EndReason = 'agent' | 'customer' | 'idle' | 'nobody' | 'disconnected' | 'other'

/** What LiveChat writes into a thread when its router closes it (LiveChat, "System messages"). */
const REASON_BY_SYSTEM_MESSAGE = new Map<string, EndReason>([
  ['routing.archived_inactive', 'idle'],
  ['routing.archived_offline', 'nobody'],
  ['routing.archived_disconnected', 'disconnected'],
  ['routing.archived_remotely_signed_out', 'disconnected'],
  ['routing.archived_signed_out', 'disconnected'],
  ['archived_customer_disconnected', 'disconnected'],
  ['manual_archived_agent', 'agent'],
  ['manual_archived_customer', 'customer'],
  ['customer_banned', 'agent'],
])

/**
 * Why a chat ended. `closedBy` names an agent or a customer. It is absent when the router closed the chat: then the last
 * system message of the thread has the reason.
 */
export function endReason(closedBy: string | undefined, events: readonly IncomingEvent[] = []): EndReason {
  const closer = authorKind(closedBy)
  if (closer === 'human') return 'agent'
  if (closer === 'customer') return 'customer'
  if (closer === 'bot') return 'other'
  const reasons = events.map((event) => REASON_BY_SYSTEM_MESSAGE.get(event.systemMessageType ?? ''))
  return reasons.filter((reason) => reason !== undefined).at(-1) ?? 'other'
}
