import { ApiError } from '../world/errors'
import type { AgentCall } from '../requests/method'
import type { Agent, Chat, Thread } from '../world/model'
import { requireAccess } from '../requests/scopes'

/** The agent who made the token and as whom it acts. */
export function owner({ world, actor }: AgentCall): Agent {
  const agent = world.store.agents.get(actor.id)
  if (!agent) throw new ApiError('authentication', 'Invalid access token')
  return agent
}

/** The chat, if there is one and the token reaches it. */
export function reachable(call: AgentCall, chatId: string): Chat {
  const chat = call.world.store.chats.get(chatId)
  if (!chat) throw new ApiError('not_found', 'Chat not found')
  requireAccess(call, chat)
  return chat
}

export function threadOf(chat: Chat, threadId: string): Thread {
  const thread = chat.threads.find(({ id }) => id === threadId)
  if (!thread) throw new ApiError('not_found', 'Thread not found')
  return thread
}

export function activeThread({ world }: AgentCall, chat: Chat): Thread {
  const thread = world.store.activeThread(chat)
  if (!thread) throw new ApiError('chat_inactive', 'Chat has no active thread')
  return thread
}
