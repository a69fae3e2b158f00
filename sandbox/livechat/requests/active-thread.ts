import { ApiError } from '../world/errors'
import type { Chat, Thread } from '../world/model'
import type { World } from '../world/world'

/** The open thread of a chat. Both chat APIs refuse a chat without one with `chat_inactive`. */
export function activeThread({ world }: { world: World }, chat: Chat): Thread {
  const thread = world.store.activeThread(chat)
  if (!thread) throw new ApiError('chat_inactive', 'Chat has no active thread')
  return thread
}
