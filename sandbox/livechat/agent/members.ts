import {
  addUser,
  presentAgents,
  publicAgents,
  requireRoomForAgent,
  transfer,
  type TransferTarget,
} from '../chats/membership'
import { availableAgents, hasRoom } from '../chats/routing'
import { activeThread } from '../requests/active-thread'
import type { AgentCall } from '../requests/method'
import { requirePresence } from '../requests/scopes'
import { ApiError } from '../world/errors'
import type { Chat, Thread } from '../world/model'
import { reachable } from './access'

/** LiveChat's own words where no agent can take the chat at once. */
const NOBODY_TO_ASSIGN = 'Cannot assign any agent from requested groups'

type TransferRequest = {
  id: string
  target?: { type: 'group' | 'agent'; ids: (string | number)[] }
  ignore_agents_availability?: boolean
  ignore_requester_presence?: boolean
}

/** `transfer_chat`: to an agent, to groups, or (without target) within the current groups. */
export function transferChat(call: AgentCall, body: TransferRequest): void {
  const { world, actor } = call
  const chat = reachable(call, body.id)
  const thread = activeThread(call, chat)
  requirePresence(chat, actor.id, body.ignore_requester_presence)
  const target = targetOf(call, chat, body)
  const groupIds = target.groupIds ?? chat.access.group_ids
  const free = availableAgents(world, groupIds).filter(({ id }) => !presentAgents(chat).includes(id))
  if (!body.ignore_agents_availability && !target.agentId && free.length === 0)
    throw new ApiError('validation', NOBODY_TO_ASSIGN)
  // Without leave to queue, the agent is assigned at once, whatever the routing mode.
  const agentId = target.agentId ?? (body.ignore_agents_availability ? undefined : free[0]?.id)
  transfer(world, chat, thread, { ...target, agentId }, actor)
}

function targetOf(
  { world }: AgentCall,
  chat: Chat,
  { target, ignore_agents_availability }: TransferRequest,
): TransferTarget {
  if (!target) return {}
  const wanted = target.type === 'group' ? 'number' : 'string'
  if (target.ids.some((id) => typeof id !== wanted)) throw new ApiError('validation', '`target.ids`: wrong type')
  if (target.type === 'group') {
    const groupIds = target.ids.map(Number)
    const unknown = groupIds.find((id) => !world.store.groups.has(id))
    if (unknown !== undefined) throw new ApiError('validation', `Group ${unknown} not found`)
    return { groupIds }
  }
  const agents = target.ids.map((id) => world.store.agents.get(String(id)))
  if (agents.includes(undefined)) throw new ApiError('validation', 'Agent not found')
  const reaching = agents.filter((agent) => chat.access.group_ids.some((id) => id === 0 || agent?.groups.includes(id)))
  if (reaching.length === 0) throw new ApiError('validation', 'Target agent has no access to the chat')
  const accepting = reaching.filter((agent) => agent?.status === 'accepting_chats')
  const ready = accepting.find((agent) => agent && hasRoom(world, agent))
  if (!ready && !ignore_agents_availability) {
    if (accepting.length > 0) throw new ApiError('validation', NOBODY_TO_ASSIGN)
    throw new ApiError('agent_offline', 'Agent is offline')
  }
  return { agentId: (ready ?? accepting[0] ?? reaching[0])?.id, groupIds: chat.access.group_ids }
}

/** `add_user_to_chat`: an agent who reaches the chat, or its only customer. */
export function addUserToChat(
  call: AgentCall,
  body: {
    chat_id: string
    user_id: string
    user_type: 'agent' | 'customer'
    visibility: 'all' | 'agents'
    ignore_requester_presence?: boolean
  },
): void {
  const { world, actor } = call
  const chat = reachable(call, body.chat_id)
  const thread = activeThread(call, chat)
  requirePresence(chat, actor.id, body.ignore_requester_presence)
  if (body.user_type === 'customer') return addCustomer(call, chat, thread, body)
  const agent = world.store.agents.get(body.user_id)
  if (!agent) throw new ApiError('validation', 'User not found')
  if (presentAgents(chat).includes(agent.id)) throw new ApiError('already_exists', 'User is already in the chat')
  if (!chat.access.group_ids.some((id) => id === 0 || agent.groups.includes(id)))
    throw new ApiError('validation', 'User has no access to the chat')
  if (body.visibility === 'all') requireRoomForAgent(world, publicAgents(chat).length)
  addUser(world, chat, thread, { id: agent.id, type: 'agent', visibility: body.visibility }, actor)
}

function addCustomer(
  { world, actor }: AgentCall,
  chat: Chat,
  thread: Thread,
  { user_id, visibility }: { user_id: string; visibility: string },
): void {
  if (visibility !== 'all') throw new ApiError('validation', 'Customers must have visibility `all`')
  if (!world.store.customers.has(user_id)) throw new ApiError('validation', 'User not found')
  if (chat.customerId) throw new ApiError('limit_reached', 'Customers in chat limit reached')
  chat.customerId = user_id
  addUser(world, chat, thread, { id: user_id, type: 'customer' }, actor)
}
