import { ApiError } from './errors'
import { deactivate, resumeChat, startChat } from './chats'
import { checkEvent, say } from './events'
import { addUser, presentAgents, removeUser, transfer, type TransferTarget } from './membership'
import { method, read, type Call, type Method } from './method'
import type { Actor, Chat, Thread } from './model'
import { checkWritable, merge } from './properties'
import { markButtons, markEventsSeen } from './reactions'
import { availableAgents } from './routing'
import * as schemas from './schemas'
import { requireAccess, requirePresence, requireScope } from './scopes'
import { setRoutingStatus } from './status'
import { tag } from './tags'
import * as views from './views'
import { without } from './without'

export type AgentActor = Extract<Actor, { kind: 'agent' }>
export type AgentCall = Call<AgentActor>

const READ = ['chats--all:ro', 'chats--access:ro']
const WRITE = ['chats--all:rw', 'chats--access:rw']

type Guarded = { scopes: readonly string[]; run: Method<AgentActor> }

/** The Agent Chat API as a personal access token may use it. */
const METHODS: Readonly<Record<string, Guarded>> = {
  list_chats: guarded(READ, (call, body) => listChats(call, body)),
  get_chat: guarded(
    READ,
    method(schemas.chatAndThread, (call: AgentCall, { chat_id, thread_id }) => {
      const chat = reachable(call, chat_id)
      const thread = thread_id ? threadOf(chat, thread_id) : chat.threads.at(-1)
      return { ...views.chatForAgents(call.world, chat, thread), is_followed: false }
    }),
  ),
  start_chat: guarded(
    WRITE,
    method(schemas.agentStart, ({ world, actor }: AgentCall, { chat: given = {}, active, continuous }) => {
      const { thread: first, ...rest } = given
      const request = { ...rest, events: first?.events, threadProperties: first?.properties, active, continuous }
      const { chat, thread, eventIds } = startChat(world, actor, request)
      return { chat_id: chat.id, thread_id: thread.id, ...(first?.events && { event_ids: eventIds }) }
    }),
  ),
  resume_chat: guarded(
    WRITE,
    method(schemas.agentResume, (call: AgentCall, { chat: given, active, continuous }) => {
      const { id, thread: first, ...rest } = given
      const request = { ...rest, events: first?.events, threadProperties: first?.properties, active, continuous }
      const { thread, eventIds } = resumeChat(call.world, reachable(call, id), call.actor, request)
      return { thread_id: thread.id, ...(first?.events && { event_ids: eventIds }) }
    }),
  ),
  deactivate_chat: guarded(
    WRITE,
    method(schemas.agentDeactivate, (call: AgentCall, { id, ignore_requester_presence }) => {
      const chat = reachable(call, id)
      activeThread(call, chat)
      requirePresence(chat, call.actor.id, ignore_requester_presence)
      deactivate(call.world, chat, call.actor, 'manual_archived_agent')
    }),
  ),
  transfer_chat: guarded(WRITE, method(schemas.transferChat, transferChat)),
  add_user_to_chat: guarded(
    WRITE,
    method(schemas.addUser, (call: AgentCall, body) => addUserToChat(call, body)),
  ),
  remove_user_from_chat: guarded(
    WRITE,
    method(schemas.removeUser, (call: AgentCall, { chat_id, user_id, ignore_requester_presence }) => {
      const chat = reachable(call, chat_id)
      const thread = activeThread(call, chat)
      requirePresence(chat, call.actor.id, ignore_requester_presence)
      if (!presentAgents(chat).includes(user_id)) throw new ApiError('validation', 'User is not in the chat')
      removeUser(call.world, chat, thread, user_id, call.actor)
    }),
  ),
  send_event: guarded(
    WRITE,
    method(schemas.agentSend, (call: AgentCall, { chat_id, event }) => {
      const chat = reachable(call, chat_id)
      checkEvent(call.world, event, 'agent')
      const thread = activeThread(call, chat)
      requirePresence(chat, call.actor.id)
      const member = chat.users.find(({ id }) => id === call.actor.id)
      if (member?.visibility === 'agents' && event.visibility !== 'agents')
        throw new ApiError('authorization', 'Requester with visibility `agents` cannot send events to everybody')
      return { event_id: say(call.world, chat, thread, call.actor, event).id }
    }),
  ),
  send_rich_message_postback: guarded(
    WRITE,
    method(schemas.richMessagePostback, (call: AgentCall, body) => {
      markButtons(call.world, reachable(call, body.chat_id), call.actor, body)
    }),
  ),
  tag_thread: guarded(
    WRITE,
    method(schemas.tagThread, (call: AgentCall, { chat_id, thread_id, tag: name }) => {
      const chat = reachable(call, chat_id)
      tag(call.world, chat, threadOf(chat, thread_id), name, call.actor, 'thread_tagged')
    }),
  ),
  untag_thread: guarded(
    WRITE,
    method(schemas.tagThread, (call: AgentCall, { chat_id, thread_id, tag: name }) => {
      const chat = reachable(call, chat_id)
      tag(call.world, chat, threadOf(chat, thread_id), name, call.actor, 'thread_untagged')
    }),
  ),
  update_thread_properties: guarded(
    WRITE,
    method(schemas.threadProperties, (call: AgentCall, { chat_id, thread_id, properties }) => {
      const chat = reachable(call, chat_id)
      const thread = threadOf(chat, thread_id)
      checkWritable(properties, 'thread', 'agent')
      merge(thread.properties, properties)
      const payload = () => ({ chat_id, thread_id, properties })
      const sourceClientId = call.actor.clientId
      call.world.webhooks.emit({ action: 'thread_properties_updated', chat, sourceClientId, payload })
    }),
  ),
  mark_events_as_seen: guarded(
    READ,
    method(schemas.markSeen, (call: AgentCall, { chat_id, seen_up_to }) => {
      markEventsSeen(call.world, reachable(call, chat_id), call.actor, seen_up_to)
    }),
  ),
  get_customer: guarded(
    ['customers:ro'],
    method(schemas.chatId, ({ world }: AgentCall, { id }) => {
      const customer = world.store.customers.get(id)
      if (!customer) throw new ApiError('not_found', 'Customer not found')
      const chat = world.store.chatOfCustomer(id)
      return { ...views.customerUser(world, customer, '3.6'), chat_ids: chat ? [chat.id] : [] }
    }),
  ),
  list_routing_statuses: guarded(
    ['agents--all:ro'],
    method(schemas.listRoutingStatuses, ({ world }: AgentCall, { filters }) =>
      [...world.store.agents.values()]
        .filter(({ groups }) => !filters?.group_ids || groups.some((id) => filters.group_ids?.includes(id)))
        // People are never told as offline: only bots have that status (contract 4.12).
        .map(({ id, status, bot }) => ({
          agent_id: id,
          status: bot || status !== 'offline' ? status : 'not_accepting_chats',
        })),
    ),
  ),
  set_routing_status: guarded(
    ['agents--my:rw', 'agents--all:rw', 'agents-bot--my:rw', 'agents-bot--all:rw'],
    method(schemas.setRoutingStatus, (call: AgentCall, { status, agent_id = call.actor.id }) => {
      const agent = call.world.store.agents.get(agent_id)
      if (!agent) throw new ApiError('not_found', 'Agent not found')
      requireScope(call.scopes, owner(call), statusScopes(agent.bot, agent_id === call.actor.id))
      if (status === 'offline' && !agent.bot) throw new ApiError('validation', '`offline` is a status of bots only')
      setRoutingStatus(call.world, agent, status, call.actor.clientId)
    }),
  ),
  list_agents_for_transfer: guarded(
    [],
    method(schemas.onlyChatId, (call: AgentCall, { chat_id }) => {
      const chat = reachable(call, chat_id)
      const busy = (id: string) => call.world.store.loadOf(id)
      return availableAgents(call.world, chat.access.group_ids).map(({ id }) => ({
        agent_id: id,
        total_active_chats: busy(id),
      }))
    }),
  ),
}

/** The methods behind their scopes. */
export const agentMethods: Readonly<Record<string, Method<AgentActor>>> = Object.fromEntries(
  Object.entries(METHODS).map(([name, { scopes, run }]): [string, Method<AgentActor>] => [
    name,
    (call, body) => {
      requireScope(call.scopes, owner(call), scopes)
      return run(call, body)
    },
  ]),
)

function guarded(scopes: readonly string[], run: Method<AgentActor>): Guarded {
  return { scopes, run }
}

function owner({ world, actor }: AgentCall) {
  const agent = world.store.agents.get(actor.id)
  if (!agent) throw new ApiError('authentication', 'Invalid access token')
  return agent
}

function statusScopes(bot: boolean, own: boolean): string[] {
  if (bot) return ['agents-bot--my:rw', 'agents-bot--all:rw']
  return own ? ['agents--my:rw', 'agents--all:rw'] : ['agents--all:rw']
}

function reachable(call: AgentCall, chatId: string): Chat {
  const chat = call.world.store.chats.get(chatId)
  if (!chat) throw new ApiError('not_found', 'Chat not found')
  requireAccess(call, chat)
  return chat
}

function threadOf(chat: Chat, threadId: string): Thread {
  const thread = chat.threads.find(({ id }) => id === threadId)
  if (!thread) throw new ApiError('not_found', 'Thread not found')
  return thread
}

function activeThread({ world }: AgentCall, chat: Chat): Thread {
  const thread = world.store.activeThread(chat)
  if (!thread) throw new ApiError('chat_inactive', 'Chat has no active thread')
  return thread
}

type ListRequest = {
  filters?: { active?: boolean | null; include_active?: boolean; group_ids?: number[] }
  limit?: number
  sort_order?: 'asc' | 'desc'
}

function listChats(call: AgentCall, body: unknown): unknown {
  const { world, version } = call
  const schema = version === '3.6' ? schemas.agentListChats['3.6'] : schemas.agentListChats['3.5']
  const { filters = {}, limit = 10, sort_order }: ListRequest = read(schema, body)
  const fits = (chat: Chat) => {
    const active = world.store.activeThread(chat) !== undefined
    if (filters.include_active === false && active) return false
    if (typeof filters.active === 'boolean' && filters.active !== active) return false
    return !filters.group_ids || chat.access.group_ids.some((id) => filters.group_ids?.includes(id))
  }
  const found = [...world.store.chats.values()].filter((chat) => canReach(call, chat) && fits(chat))
  const sorted = sort_order === 'asc' ? found : [...found].reverse()
  return { chats_summary: sorted.slice(0, limit).map((chat) => summary(call, chat)), found_chats: found.length }
}

function canReach(call: AgentCall, chat: Chat): boolean {
  try {
    requireAccess(call, chat)
    return true
  } catch {
    return false
  }
}

function summary({ world }: AgentCall, chat: Chat): unknown {
  const { thread, ...shown } = views.chatForAgents(world, chat, world.store.lastThread(chat))
  const last = thread && without(thread, 'events')
  const last_event_per_type = views.lastEventPerType(chat, views.eventForAgents)
  return { ...shown, ...(last && { last_thread_summary: last }), last_event_per_type, is_followed: false }
}

type TransferRequest = {
  id: string
  target?: { type: 'group' | 'agent'; ids: (string | number)[] }
  ignore_agents_availability?: boolean
  ignore_requester_presence?: boolean
}

function transferChat(call: AgentCall, body: TransferRequest): void {
  const { world, actor } = call
  const chat = reachable(call, body.id)
  const thread = activeThread(call, chat)
  requirePresence(chat, actor.id, body.ignore_requester_presence)
  const target = targetOf(call, chat, body)
  const groupIds = target.groupIds ?? chat.access.group_ids
  const free = availableAgents(world, groupIds).filter(({ id }) => !presentAgents(chat).includes(id))
  if (!body.ignore_agents_availability && !target.agentId && free.length === 0)
    throw new ApiError('validation', 'Cannot assign any agent from requested groups')
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
  const ready = reaching.find((agent) => agent?.status === 'accepting_chats')
  if (!ready && !ignore_agents_availability) throw new ApiError('agent_offline', 'Agent is offline')
  return { agentId: (ready ?? reaching[0])?.id, groupIds: chat.access.group_ids }
}

function addUserToChat(
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
  const publicAgents = chat.users.filter((user) => user.type === 'agent' && user.present && user.visibility === 'all')
  if (body.visibility === 'all' && publicAgents.length > 0 && !world.settings.chats.severalPublicAgents)
    throw new ApiError('limit_reached', 'Public agents in chat limit reached')
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
