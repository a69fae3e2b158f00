import type { Actor, Chat, Thread } from '../world/model'
import type { World } from '../world/world'
import { join, makeAbsent, publicAgents, tellTransfer, tellUserAdded, type TransferReason } from './membership'

const ROUTER: Actor = { kind: 'router' }
export type Announcement = 'both' | 'user_added_to_chat' | 'chat_transferred' | 'none'

/** Gives a waiting chat to an agent: `user_added_to_chat` and `chat_transferred`, one of them, or none. */
export function assign(
  world: World,
  chat: Chat,
  thread: Thread,
  agentId: string,
  options: { reason?: TransferReason; announce?: Announcement } = {},
): void {
  const { reason = 'assigned', announce = 'both' } = options
  // Supervisors who read along stay.
  makeAbsent(chat, publicAgents(chat))
  join(world, chat, thread, { id: agentId, type: 'agent' })
  const tells = (action: Announcement) => announce === 'both' || announce === action
  if (tells('user_added_to_chat')) tellUserAdded(world, chat, thread, agentId, ROUTER, reason)
  if (tells('chat_transferred')) tellTransfer(world, chat, thread, ROUTER, reason)
}
