import type { StartRequest } from '../chats/chats'
import { requireRoomForAgent } from '../chats/membership'
import { isAnybodyThere } from '../chats/routing'
import type { AgentCall } from '../requests/method'
import { requireAccess, requireGroups } from '../requests/scopes'
import { ApiError } from '../world/errors'
import type { Agent, Chat, Thread } from '../world/model'

/** The agent who made the token and as whom it acts. */
export function owner({ world, actor }: AgentCall): Agent {
  const agent = world.store.agents.get(actor.id)
  if (!agent) throw new ApiError('authentication', 'Invalid access token')
  return agent
}

/** The chat, if there is one and the token reaches it. */
export function reachable(call: AgentCall, chatId: string): Chat {
  const chat = call.world.store.chats.get(chatId)
  if (!chat) throw unknown(call, 'Chat')
  requireAccess(call, chat)
  return chat
}

/**
 * Refuses a new thread in groups that the token does not reach, with nobody there who accepts chats unless it is
 * continuous, or with more public agents than a chat may have. The requester is an agent of the chat from its start.
 */
export function requireStart(call: AgentCall, { access, users = [] }: StartRequest, continuous = false): void {
  const groupIds = access?.group_ids ?? [0]
  requireGroups(call, groupIds)
  // The Agent API's list of errors has no `groups_offline`.
  if (!continuous && !isAnybodyThere(call.world, groupIds)) throw new ApiError('validation', 'Groups are offline')
  if (users.some(({ type }) => type === 'agent')) requireRoomForAgent(call.world, 1)
}

/** The refusal of a chat, thread or event that is not there. */
export function unknown({ world }: AgentCall, what: string): ApiError {
  return new ApiError(world.settings.chats.unknownErrorForAgents, `${what} not found`)
}

export function threadOf(call: AgentCall, chat: Chat, threadId: string): Thread {
  const thread = chat.threads.find(({ id }) => id === threadId)
  if (!thread) throw unknown(call, 'Thread')
  return thread
}
