import { deactivate, resumeChat, startChat } from '../chats/chats'
import { checkEvent, say } from '../chats/events'
import { presentAgents, removeUser } from '../chats/membership'
import { markButtons, markEventsSeen } from '../chats/reactions'
import { availableAgents } from '../chats/routing'
import { requestSummary } from '../chats/summaries'
import { tag } from '../chats/tags'
import * as views from '../chats/views'
import { activeThread } from '../requests/active-thread'
import { method, payloadVersion, since36, type AgentActor, type AgentCall, type Method } from '../requests/method'
import * as requests from '../requests/schemas'
import { requirePresence, requireScope } from '../requests/scopes'
import { ApiError } from '../world/errors'
import { checkWritable, merge } from '../world/properties'
import { owner, reachable, requireStart, threadOf, unknown } from './access'
import { listArchives, listChats, listThreads } from './lists'
import { addUserToChat, transferChat } from './members'
import * as schemas from './schemas'
import { changeRoutingStatus, listRoutingStatuses } from './statuses'

const READ = ['chats--all:ro', 'chats--access:ro']
const WRITE = ['chats--all:rw', 'chats--access:rw']

type Guarded = { scopes: readonly string[]; run: Method<AgentActor> }

/** The Agent Chat API as a personal access token may use it. */
const METHODS: Readonly<Record<string, Guarded>> = {
  list_chats: guarded(READ, (call, body) => listChats(call, body)),
  get_chat: guarded(
    READ,
    method(requests.chatAndThread, (call: AgentCall, { chat_id, thread_id }) => {
      const chat = reachable(call, chat_id)
      const thread = thread_id ? threadOf(call, chat, thread_id) : chat.threads.at(-1)
      return { ...views.chatForAgents(call.world, chat, thread, payloadVersion(call.version)), is_followed: false }
    }),
  ),
  list_threads: guarded(READ, method(schemas.listThreads, listThreads)),
  list_archives: guarded(READ, (call, body) => listArchives(call, body)),
  start_chat: guarded(
    WRITE,
    method(schemas.start, (call: AgentCall, { chat: given = {}, active, continuous }) => {
      const { thread: first, ...rest } = given
      const request = { ...rest, events: first?.events, threadProperties: first?.properties, active, continuous }
      requireStart(call, request, continuous)
      const { chat, thread, eventIds } = startChat(call.world, call.actor, request)
      return { chat_id: chat.id, thread_id: thread.id, ...(first?.events && { event_ids: eventIds }) }
    }),
  ),
  resume_chat: guarded(
    WRITE,
    method(schemas.resume, (call: AgentCall, { chat: given, active, continuous }) => {
      const { id, thread: first, ...rest } = given
      const request = { ...rest, events: first?.events, threadProperties: first?.properties, active, continuous }
      const chat = reachable(call, id)
      requireStart(call, request, continuous ?? chat.properties.routing?.continuous === true)
      const { thread, eventIds } = resumeChat(call.world, chat, call.actor, request)
      return { thread_id: thread.id, ...(first?.events && { event_ids: eventIds }) }
    }),
  ),
  deactivate_chat: guarded(
    WRITE,
    method(schemas.deactivate, (call: AgentCall, { id, ignore_requester_presence }) => {
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
    method(schemas.sendEvent, (call: AgentCall, { chat_id, event }) => {
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
    method(requests.richMessagePostback, (call: AgentCall, body) => {
      const chat = reachable(call, body.chat_id)
      const thread = threadOf(call, chat, body.thread_id)
      const event = thread.events.find(({ id }) => id === body.event_id)
      if (!event) throw unknown(call, 'Event')
      markButtons(call.world, { chat, thread, event }, call.actor, body.postback)
    }),
  ),
  tag_thread: guarded(
    WRITE,
    method(schemas.tagThread, (call: AgentCall, { chat_id, thread_id, tag: name }) => {
      const chat = reachable(call, chat_id)
      tag(call.world, chat, threadOf(call, chat, thread_id), name, call.actor, 'thread_tagged')
    }),
  ),
  untag_thread: guarded(
    WRITE,
    method(schemas.tagThread, (call: AgentCall, { chat_id, thread_id, tag: name }) => {
      const chat = reachable(call, chat_id)
      tag(call.world, chat, threadOf(call, chat, thread_id), name, call.actor, 'thread_untagged')
    }),
  ),
  update_thread_properties: guarded(
    WRITE,
    method(requests.threadProperties, (call: AgentCall, { chat_id, thread_id, properties }) => {
      const chat = reachable(call, chat_id)
      const thread = threadOf(call, chat, thread_id)
      checkWritable(properties, 'thread', 'agent')
      merge(thread.properties, properties)
      const payload = () => ({ chat_id, thread_id, properties })
      const sourceClientId = call.actor.clientId
      call.world.webhooks.emit({ action: 'thread_properties_updated', chat, sourceClientId, payload })
    }),
  ),
  request_thread_summary: guarded(
    WRITE,
    since36(
      method(schemas.chatAndOneThread, (call: AgentCall, { chat_id, thread_id }) => {
        const chat = reachable(call, chat_id)
        requestSummary(call.world, chat, threadOf(call, chat, thread_id), call.actor.id)
      }),
    ),
  ),
  mark_events_as_seen: guarded(
    READ,
    method(requests.markSeen, (call: AgentCall, { chat_id, seen_up_to }) => {
      markEventsSeen(call.world, reachable(call, chat_id), call.actor, seen_up_to)
    }),
  ),
  get_customer: guarded(
    ['customers:ro'],
    method(requests.chatId, ({ world, version }: AgentCall, { id }) => {
      const customer = world.store.customers.get(id)
      if (!customer) throw new ApiError('not_found', 'Customer not found')
      const chat = world.store.chatOfCustomer(id)
      return { ...views.customerUser(world, customer, payloadVersion(version)), chat_ids: chat ? [chat.id] : [] }
    }),
  ),
  list_routing_statuses: guarded([], method(schemas.listRoutingStatuses, listRoutingStatuses)),
  set_routing_status: guarded(
    ['agents--my:rw', 'agents--all:rw', 'agents-bot--my:rw', 'agents-bot--all:rw'],
    method(schemas.setRoutingStatus, changeRoutingStatus),
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
