import { AGENT_APP_CLIENT_ID } from '../world/defaults'
import { ApiError } from '../world/errors'
import type { Access, Actor, Chat, Member, NewEvent, Properties, Thread } from '../world/model'
import { checkWritable, merge } from '../world/properties'
import { newId } from '../world/store'
import { without } from '../world/without'
import type { World } from '../world/world'
import { checkEvent, systemMessage, tellEvent, writeEvent } from './events'
import { leaveQueue } from './queue'
import { enqueue, findPlace, isAnybodyThere, markAssigned } from './routing'
import { summarizeClosed } from './summaries'
import { chatForAgents } from './views'

export type StartRequest = {
  access?: Access
  properties?: Properties
  users?: { id: string; type: 'agent' | 'customer' }[]
  events?: NewEvent[]
  threadProperties?: Properties
  active?: boolean
  continuous?: boolean
}

type Started = { chat: Chat; thread: Thread; eventIds: string[] }

/** A new chat with its first thread. Nothing is kept when the request is refused. */
export function startChat(world: World, actor: Actor, request: StartRequest): Started {
  const customerId = actor.kind === 'customer' ? actor.id : request.users?.find(({ type }) => type === 'customer')?.id
  if (customerId && hasChat(world, customerId))
    throw new ApiError(world.settings.chats.secondChatError, 'Customer chats limit reached')
  const chat: Chat = {
    id: newId(),
    customerId,
    users: [],
    properties: { source: sourceOf(actor), routing: { continuous: false, pinned: false } },
    access: { group_ids: [0] },
    threads: [],
    anonymized: false,
    ignoreBotsIn: new Set(),
    summarized: new Set(),
  }
  return openThread(world, chat, actor, request)
}

/** One chat for each customer; whether an anonymized one counts is not documented. */
function hasChat({ store, settings }: World, customerId: string): boolean {
  const isGone = ({ anonymized }: Chat) => anonymized && settings.chats.anonymizedChats === 'gone'
  return [...store.chats.values()].some((chat) => chat.customerId === customerId && !isGone(chat))
}

/** A new thread of an archived chat. Without `access` it is visible to all agents again. */
export function resumeChat(world: World, chat: Chat, actor: Actor, request: StartRequest): Started {
  if (world.store.activeThread(chat)) throw new ApiError('chat_already_active', 'Chat is already active')
  return openThread(world, chat, actor, request)
}

function openThread(world: World, chat: Chat, actor: Actor, request: StartRequest): Started {
  const access = request.access ?? { group_ids: [0] }
  // "unchanged" when absent: a chat once continuous stays so.
  const continuous = request.continuous ?? chat.properties.routing?.continuous === true
  checkStart(world, actor, request, access, continuous)
  const thread = newThread(world, chat, actor, { ...request, access, continuous })
  gather(world, chat, thread, actor, request)
  const events = (request.events ?? []).map((event) => writeEvent(world, chat, thread, actor, event))
  world.store.chats.set(chat.id, chat)
  if (thread.active && actor.kind !== 'agent') placeNewThread(world, chat, thread)
  tellStart(world, chat, thread, actor)
  const counted = events.filter(
    ({ type }) => type !== 'system_message' || world.settings.chats.systemMessagesInEventIds,
  )
  return { chat, thread, eventIds: counted.map(({ id }) => id) }
}

function checkStart(world: World, actor: Actor, request: StartRequest, access: Access, continuous: boolean): void {
  for (const id of access.group_ids) {
    const type = actor.kind === 'customer' ? 'group_not_found' : 'validation'
    if (!world.store.groups.has(id)) throw new ApiError(type, `Group ${id} not found`)
  }
  const who = actor.kind === 'customer' ? 'customer' : 'agent'
  const { initialChatProperties, initialThreadProperties } = world.settings.chats
  if (request.properties && who === 'customer' && initialChatProperties !== 'accept')
    throw new ApiError(initialChatProperties, 'Chat properties cannot be set at the start')
  if (request.threadProperties && who === 'customer' && initialThreadProperties !== 'accept')
    throw new ApiError(initialThreadProperties, 'Thread properties cannot be set at the start')
  checkWritable(request.properties, 'chat', who)
  checkWritable(request.threadProperties, 'thread', who)
  for (const event of request.events ?? []) checkEvent(world, event, who)
  for (const user of request.users ?? []) {
    const known = user.type === 'agent' ? world.store.agents.has(user.id) : world.store.customers.has(user.id)
    if (!known) throw new ApiError('validation', `User ${user.id} does not exist`)
  }
  if (who === 'customer' && !continuous && !isAnybodyThere(world, access.group_ids))
    throw new ApiError('groups_offline', 'Groups are offline')
}

type NewThread = StartRequest & { access: Access; continuous: boolean }

function newThread(world: World, chat: Chat, actor: Actor, { access, continuous, ...request }: NewThread): Thread {
  const previous = world.store.lastThread(chat)
  const thread: Thread = {
    id: newId(),
    active: request.active ?? true,
    created_at: world.store.timestamp(),
    user_ids: [],
    events: [],
    properties: { source: sourceOf(actor), routing: { continuous, idle: false, unassigned: true } },
    access: structuredClone(access),
    tags: [],
    ...(previous && { previous_thread_id: previous.id }),
  }
  if (previous) previous.next_thread_id = thread.id
  chat.threads.push(thread)
  chat.access = structuredClone(access)
  merge(chat.properties, { ...request.properties })
  merge(chat.properties, { routing: { continuous } })
  const { ignore_bots, ...routing } = request.threadProperties?.routing ?? {}
  if (ignore_bots === true) chat.ignoreBotsIn.add(thread.id)
  merge(thread.properties, { ...request.threadProperties, routing })
  return thread
}

/** Everybody who is in the thread from its first moment on. */
function gather(world: World, chat: Chat, thread: Thread, actor: Actor, request: StartRequest): void {
  for (const member of chat.users) member.present = false
  if (chat.customerId) enter(chat, thread, { id: chat.customerId, type: 'customer' })
  if (actor.kind === 'agent') {
    enter(chat, thread, { id: actor.id, type: 'agent' })
    markAssigned(world, chat, thread, true)
  }
  for (const user of request.users ?? []) {
    enter(chat, thread, user)
  }
}

/** Makes somebody present in the chat; answers the membership. */
export function enter(chat: Chat, thread: Thread, user: Pick<Member, 'id' | 'type'> & Partial<Member>): Member {
  const known = chat.users.find(({ id }) => id === user.id)
  // Somebody who has seen nothing is shown with a date of 1970.
  const fresh: Member = { present: true, events_seen_up_to: '1970-01-01T01:00:00.000000Z', visibility: 'all', ...user }
  const member = known ? Object.assign(known, { present: true, visibility: user.visibility ?? 'all' }) : fresh
  if (!known) chat.users.push(member)
  if (!thread.user_ids.includes(user.id)) thread.user_ids.push(user.id)
  return member
}

function placeNewThread(world: World, chat: Chat, thread: Thread): void {
  const place = findPlace(world, chat, thread)
  if (place.kind === 'queue') return enqueue(world, chat, thread)
  if (place.kind === 'nowhere') return markAssigned(world, chat, thread, false)
  enter(chat, thread, { id: place.agent.id, type: 'agent' })
  markAssigned(world, chat, thread, true)
  const { welcomeMessage } = world.settings.routing
  if (!welcomeMessage) return
  const greeting = { type: 'message', text: welcomeMessage, properties: { lc2: { welcome_message: true } } }
  writeEvent(world, chat, thread, { kind: 'agent', id: place.agent.id, clientId: AGENT_APP_CLIENT_ID }, greeting)
}

function tellStart(world: World, chat: Chat, thread: Thread, actor: Actor): void {
  const { queueInIncomingChat, initialEventsInIncomingChat, initialEventsAlsoIncoming } = world.settings.webhooks
  const queued = queueInIncomingChat ? thread : without(thread, 'queue')
  const shown = initialEventsInIncomingChat ? queued : { ...queued, events: [] }
  world.webhooks.emit({
    action: 'incoming_chat',
    chat,
    sourceClientId: actor.kind === 'router' ? undefined : actor.clientId,
    payload: (version) => ({ chat: chatForAgents(world, chat, shown, version) }),
  })
  if (!initialEventsAlsoIncoming) return
  for (const event of thread.events) tellEvent(world, { chat, thread, event }, actor)
}

/** Closes the active thread. The router leaves no `user_id`, only a system message that says why. */
export function deactivate(world: World, chat: Chat, actor: Actor, systemMessageType: string): Thread {
  const thread = world.store.activeThread(chat)
  if (!thread) throw new ApiError('chat_inactive', 'Chat has no active thread')
  systemMessage(world, chat, thread, systemMessageType, {
    textVars: actor.kind === 'router' ? {} : { [actor.kind]: actor.id },
  })
  leaveQueue(world, chat, thread)
  thread.active = false
  world.webhooks.emit({
    action: 'chat_deactivated',
    chat,
    sourceClientId: actor.kind === 'router' ? undefined : actor.clientId,
    payload: () =>
      without(
        { chat_id: chat.id, thread_id: thread.id, ...(actor.kind !== 'router' && { user_id: actor.id }) },
        ...world.settings.webhooks.deactivatedWithout,
      ),
  })
  summarizeClosed(world, chat, thread)
  for (const member of chat.users) member.present = false
  return thread
}

function sourceOf(actor: Actor): Record<string, string> {
  if (actor.kind === 'router') return {}
  if (actor.kind === 'agent') return { client_id: actor.clientId }
  return { client_id: actor.clientId, customer_client_id: actor.clientId }
}
