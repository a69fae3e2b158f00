import { join, makeAbsent, presentAgents, tellTransfer, tellUserAdded, type TransferReason } from './membership'
import type { Actor, Chat, Thread } from './model'
import type { World } from './world'

const ROUTER: Actor = { kind: 'router' }
export type Announcement = 'both' | 'user_added_to_chat' | 'chat_transferred'

/** Gives a waiting chat to an agent: `user_added_to_chat` and `chat_transferred`, or only one of them. */
export function assign(
  world: World,
  chat: Chat,
  thread: Thread,
  agentId: string,
  options: { reason?: TransferReason; announce?: Announcement } = {},
): void {
  const { reason = 'assigned', announce = 'both' } = options
  makeAbsent(chat, presentAgents(chat))
  join(chat, thread, { id: agentId, type: 'agent' })
  if (announce !== 'chat_transferred') tellUserAdded(world, chat, thread, agentId, ROUTER, reason)
  if (announce !== 'user_added_to_chat') tellTransfer(world, chat, thread, ROUTER, reason)
}
