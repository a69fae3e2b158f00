import type { PayloadVersion } from '../world/emission'
import type { Agent, Chat, ChatEvent, Customer, Member, Summary, Thread } from '../world/model'
import { readable } from '../world/properties'
import { hashed } from '../world/store'
import { without } from '../world/without'
import type { World } from '../world/world'

/** A chat as agents and webhooks see it, with one of its threads. */
export function chatForAgents(world: World, chat: Chat, thread: Thread | undefined, version: PayloadVersion = '3.6') {
  return {
    id: chat.id,
    users: chat.users.map((member) => userForAgents(world, member, version)),
    properties: readable(chat.properties, 'agent'),
    access: chat.access,
    ...(thread && { thread: threadForAgents(world, thread, version) }),
  }
}

export function threadForAgents(world: World, thread: Thread, version: PayloadVersion) {
  const { events, properties, queue, summary, ...rest } = thread
  return {
    ...rest,
    properties: readable(properties, 'agent'),
    events: events.map(eventForAgents),
    ...(queue && { queue }),
    ...(summary && version === '3.6' && { summary: shownSummary(world, summary) }),
  }
}

/** The documented form has a text; answers in the wild had a title and bullets instead. */
function shownSummary({ settings }: World, { status, text, updated_at }: Summary) {
  if (settings.chats.summaryForm === 'text') return { status, text, updated_at }
  const summary_bullets = text.split('\n').map((line) => line.replace('• ', '').trim())
  const content = { title: 'Summary of the chat', summary_bullets }
  return { status, version: 1, updated_at, ...(status === 'ok' && { content }) }
}

export function eventForAgents(event: ChatEvent): ChatEvent {
  return event
}

function userForAgents(world: World, member: Member, version: PayloadVersion) {
  const { present, events_seen_up_to, visibility } = member
  const agent = world.store.agents.get(member.id)
  if (member.type === 'agent' && agent) return { ...agentUser(world, agent), present, events_seen_up_to, visibility }
  const customer = world.store.customers.get(member.id)
  if (!customer) return { id: member.id, type: member.type, present, events_seen_up_to }
  return { ...customerUser(world, customer, version), present, events_seen_up_to }
}

/** The user object of `user_added_to_chat` and of chats. Bots look like agents; only their id tells. */
export function agentUser(world: World, agent: Agent) {
  const { id, bot } = agent
  return { id, type: 'agent', ...faceOf(world, agent), ...(!bot && { email: id }) }
}

/** Name and picture, where `desk` shows them. */
function faceOf({ settings }: World, { name, avatar }: Agent) {
  const { agentNames, agentAvatars } = settings.desk
  return { ...(agentNames && { name }), ...(agentAvatars && avatar && { avatar }) }
}

export function customerUser(world: World, customer: Customer, version: PayloadVersion) {
  const visit = { started_at: customer.createdAt, ip: '127.0.0.1', user_agent: 'emulated' }
  return {
    id: customer.id,
    type: 'customer',
    ...profileOf(customer),
    created_at: customer.createdAt,
    session_fields: customer.sessionFields,
    statistics: statisticsOf(world, customer),
    ...(version === '3.5' ? { last_visit: visit } : { visit }),
  }
}

function statisticsOf({ store }: World, { id }: Customer) {
  const chat = store.chatOfCustomer(id)
  return {
    chats_count: chat ? 1 : 0,
    threads_count: chat?.threads.length ?? 0,
    visits_count: 1,
    page_views_count: 0,
    greetings_shown_count: 0,
    greetings_accepted_count: 0,
  }
}

/** What a customer sees of a chat: no notes, no deleted events, agents under hashed ids. */
export function chatForCustomer(world: World, chat: Chat, thread: Thread | undefined) {
  return {
    id: chat.id,
    ...(thread && { thread: threadForCustomer(thread, chat) }),
    users: usersForCustomer(world, chat),
    access: chat.access,
    properties: readable(chat.properties, 'customer'),
  }
}

export function usersForCustomer(world: World, chat: Chat) {
  return chat.users
    .filter(({ visibility }) => visibility === 'all')
    .map((member) => {
      const { present, events_seen_up_to } = member
      const agent = world.store.agents.get(member.id)
      if (!agent) return { ...customerSelf(world.store.customers.get(member.id)), present, events_seen_up_to }
      const job = agent.jobTitle && { job_title: agent.jobTitle }
      return {
        id: hashed(agent.id),
        type: 'agent',
        avatar: '',
        ...faceOf(world, agent),
        present,
        events_seen_up_to,
        ...job,
      }
    })
}

/** What `get_customer` shows customers of themselves. */
export function ownCustomer(world: World, customer: Customer) {
  return { ...customerSelf(customer), statistics: statisticsOf(world, customer) }
}

function customerSelf(customer: Customer | undefined) {
  if (!customer) return { type: 'customer' }
  return { id: customer.id, type: 'customer', ...profileOf(customer), session_fields: customer.sessionFields }
}

export function threadForCustomer(thread: Thread, chat: Chat) {
  const { events, properties, user_ids, queue, ...rest } = without(thread, 'tags', 'summary')
  return {
    ...rest,
    user_ids: user_ids.map((id) => (id === chat.customerId ? id : hashed(id))),
    properties: readable(properties, 'customer'),
    events: events.filter(isForCustomers).map((event) => eventForCustomer(event, chat)),
    ...(queue && { queue }),
  }
}

export function isForCustomers(event: ChatEvent): boolean {
  return event.visibility === 'all' && !event.deleted
}

export function eventForCustomer(event: ChatEvent, chat: Chat): Record<string, unknown> {
  const shown: Record<string, unknown> = without(event, 'visibility')
  const { author_id } = event
  if (!author_id || author_id === chat.customerId) return shown
  return { ...shown, author_id: hashed(author_id) }
}

/** The newest event of each type, as the lists of chats show it. */
export function lastEventPerType(chat: Chat, show: (event: ChatEvent) => unknown, events = (t: Thread) => t.events) {
  const newest: Record<string, unknown> = {}
  for (const thread of chat.threads) {
    for (const event of events(thread)) {
      newest[event.type] = { thread_id: thread.id, thread_created_at: thread.created_at, event: show(event) }
    }
  }
  return newest
}

function profileOf({ name, email, avatar }: Customer) {
  return { ...(name && { name }), ...(email && { email }), ...(avatar && { avatar }) }
}
