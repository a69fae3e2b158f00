import { deactivate, resumeChat, startChat, type StartRequest } from '../chats/chats'
import { checkEvent, say, systemMessage, writeEvent } from '../chats/events'
import { markButtons, markEventsSeen, removeEvent } from '../chats/reactions'
import { groupStatus } from '../chats/routing'
import * as views from '../chats/views'
import { activeThread } from '../requests/active-thread'
import { method, since36, type Method } from '../requests/method'
import * as requests from '../requests/schemas'
import { ApiError, type ErrorType } from '../world/errors'
import type { Chat, Customer, NewEvent, Properties, Thread } from '../world/model'
import { checkWritable, merge } from '../world/properties'
import type { ProfileField } from '../world/settings'
import { eventIn, ownChat, ownProfile, threadOf, type CustomerActor, type CustomerCall } from './access'
import * as schemas from './schemas'

const MAX_SESSION_FIELDS = 100

/** The Customer Chat API: a token acts as its customer and reaches nobody else's chats. */
export const customerMethods: Readonly<Record<string, Method<CustomerActor>>> = {
  start_chat: method(schemas.start, ({ world, actor }: CustomerCall, body) => {
    const { chat, thread, eventIds } = startChat(world, actor, startRequest(body.chat ?? {}, body))
    return { chat_id: chat.id, thread_id: thread.id, ...(body.chat?.thread?.events && { event_ids: eventIds }) }
  }),
  resume_chat: method(schemas.resume, (call: CustomerCall, body) => {
    const chat = ownChat(call, body.chat.id)
    const { thread, eventIds } = resumeChat(call.world, chat, call.actor, startRequest(body.chat, body))
    return { thread_id: thread.id, ...(body.chat.thread?.events && { event_ids: eventIds }) }
  }),
  deactivate_chat: method(requests.chatId, (call: CustomerCall, { id }) => {
    deactivate(call.world, ownChat(call, id), call.actor, 'manual_archived_customer')
  }),
  list_chats: method(schemas.listChats, listChats),
  get_chat: method(requests.chatAndThread, (call: CustomerCall, { chat_id, thread_id }) => {
    const chat = ownChat(call, chat_id)
    return views.chatForCustomer(call.world, chat, thread_id ? threadOf(call, chat, thread_id) : chat.threads.at(-1))
  }),
  list_threads: method(schemas.listThreads, (call: CustomerCall, { chat_id, sort_order, limit = 3 }) => {
    const chat = ownChat(call, chat_id)
    const threads = sort_order === 'asc' ? [...chat.threads] : [...chat.threads].reverse()
    const shown = threads.slice(0, limit).map((thread) => views.threadForCustomer(thread, chat))
    return { threads: shown, found_threads: threads.length }
  }),
  send_event: method(schemas.sendEvent, sendEvent),
  delete_event: since36(
    method(schemas.deleteEvent, (call: CustomerCall, body) => {
      const said = eventIn(call, body)
      if (said.event.author_id !== call.actor.id)
        throw new ApiError('authorization', 'Only the author may delete an event')
      removeEvent(call.world, said, call.actor)
    }),
  ),
  send_rich_message_postback: method(requests.richMessagePostback, (call: CustomerCall, body) => {
    markButtons(call.world, eventIn(call, body), call.actor, body.postback)
  }),
  send_sneak_peek: method(schemas.sneakPeek, (call: CustomerCall, body) => {
    const chat = ownChat(call, body.chat_id)
    activeThread(call, chat)
    chat.sneakPeek = body.sneak_peek_text
  }),
  mark_events_as_seen: method(requests.markSeen, (call: CustomerCall, { chat_id, seen_up_to }) => {
    markEventsSeen(call.world, ownChat(call, chat_id), call.actor, seen_up_to)
  }),
  get_customer: method(requests.empty, (call: CustomerCall) => views.ownCustomer(call.world, ownProfile(call))),
  update_customer: method(schemas.updateCustomer, (call: CustomerCall, { session_fields, ...profile }) => {
    const customer = ownProfile(call)
    refuseFields(call, { session_fields, ...profile })
    if (session_fields) setSessionFields(customer, session_fields)
    Object.assign(customer, profile)
  }),
  set_customer_session_fields: method(schemas.setSessionFields, (call: CustomerCall, { session_fields }) => {
    refuseFields(call, { session_fields })
    setSessionFields(ownProfile(call), session_fields)
  }),
  list_group_statuses: method(schemas.groupStatuses, ({ world }: CustomerCall, { all, group_ids = [] }) => {
    const asked = all ? [...world.store.groups.keys()] : group_ids.filter((id) => world.store.groups.has(id))
    return { groups_status: Object.fromEntries(asked.map((id) => [String(id), groupStatus(world, id)])) }
  }),
  update_chat_properties: method(schemas.chatProperties, (call: CustomerCall, { id, properties }) => {
    const chat = ownChat(call, id)
    checkWritable(properties, 'chat', 'customer')
    merge(chat.properties, properties)
    const payload = () => ({ chat_id: chat.id, properties })
    const sourceClientId = call.actor.clientId
    call.world.webhooks.emit({ action: 'chat_properties_updated', chat, sourceClientId, payload })
  }),
  update_thread_properties: method(
    requests.threadProperties,
    (call: CustomerCall, { chat_id, thread_id, properties }) => {
      const chat = ownChat(call, chat_id)
      updateThread(call, chat, threadOf(call, chat, thread_id), properties)
    },
  ),
}

function startRequest(
  chat: {
    access?: StartRequest['access']
    properties?: Properties
    thread?: { events?: NewEvent[]; properties?: Properties }
  },
  { active, continuous }: { active?: boolean; continuous?: boolean },
): StartRequest {
  const { access, properties, thread } = chat
  return { access, properties, events: thread?.events, threadProperties: thread?.properties, active, continuous }
}

function sendEvent(
  call: CustomerCall,
  body: { chat_id: string; event: NewEvent; attach_to_last_thread?: boolean },
): unknown {
  const { world, actor } = call
  const chat = ownChat(call, body.chat_id)
  checkEvent(world, body.event, 'customer')
  const last = body.attach_to_last_thread ? world.store.lastThread(chat) : undefined
  if (last && !last.active) return { event_id: writeEvent(world, chat, last, actor, body.event).id }
  chat.sneakPeek = undefined
  return { event_id: say(world, chat, activeThread(call, chat), actor, body.event).id }
}

function listChats(
  { world, actor }: CustomerCall,
  { limit = 10, sort_order = 'desc' }: { limit?: number; sort_order?: 'asc' | 'desc' },
): unknown {
  const isListed = ({ anonymized }: Chat) => !anonymized || world.settings.chats.anonymizedChats === 'listed'
  const own = [...world.store.chats.values()].filter((chat) => chat.customerId === actor.id && isListed(chat))
  const sorted = sort_order === 'asc' ? own : own.reverse()
  const chats_summary = sorted.slice(0, limit).map((chat) => {
    const last = world.store.lastThread(chat)
    return {
      id: chat.id,
      ...(last && { last_thread_id: last.id, last_thread_created_at: last.created_at }),
      last_event_per_type: views.lastEventPerType(
        chat,
        (event) => views.eventForCustomer(event, chat),
        ({ events }) => events.filter(views.isForCustomers),
      ),
      users: views.usersForCustomer(world, chat),
      access: chat.access,
      properties: views.chatForCustomer(world, chat, undefined).properties,
      active: last?.active ?? false,
    }
  })
  return { chats_summary, total_chats: own.length }
}

/** Refuses the first given field that `customers.refusedFields` names. */
function refuseFields({ world }: CustomerCall, given: Partial<Record<ProfileField, unknown>>): void {
  const refused = Object.entries(world.settings.customers.refusedFields) as [ProfileField, ErrorType][]
  const hit = refused.find(([field]) => given[field] !== undefined)
  if (hit) throw new ApiError(hit[1], `\`${hit[0]}\`: not accepted`)
}

function setSessionFields(customer: Customer, fields: Record<string, string>[]): void {
  if (fields.length > MAX_SESSION_FIELDS)
    throw new ApiError('customer_session_fields_limit_reached', 'Customer session fields limit reached')
  customer.sessionFields = fields
}

function updateThread(call: CustomerCall, chat: Chat, thread: Thread, properties: Properties): void {
  const { world, actor } = call
  checkWritable(properties, 'thread', 'customer')
  merge(thread.properties, properties)
  const payload = () => ({ chat_id: chat.id, thread_id: thread.id, properties })
  world.webhooks.emit({ action: 'thread_properties_updated', chat, sourceClientId: actor.clientId, payload })
  const { score, comment } = properties.rating ?? {}
  if (score !== undefined) systemMessage(world, chat, thread, 'rating.chat_rated', { textVars: { score } })
  if (comment !== undefined) systemMessage(world, chat, thread, 'rating.chat_commented', { textVars: { comment } })
}
