import * as views from '../chats/views'
import { payloadVersion, read, type AgentCall } from '../requests/method'
import { requireAccess } from '../requests/scopes'
import type { Chat, Thread } from '../world/model'
import { without } from '../world/without'
import { reachable } from './access'
import * as schemas from './schemas'

type ListRequest = {
  filters?: { active?: boolean | null; include_active?: boolean; group_ids?: number[] }
  limit?: number
  sort_order?: 'asc' | 'desc'
}

/** `list_chats`: the chats that the token reaches, newest first. */
export function listChats(call: AgentCall, body: unknown): unknown {
  const { world, version } = call
  const schema = version === '3.6' ? schemas.listChats['3.6'] : schemas.listChats['3.5']
  const { filters = {}, limit = 10, sort_order }: ListRequest = read(call, schema, body)
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

type Span = { from?: string; to?: string }

function isWithin({ created_at }: Thread, { from, to }: Span): boolean {
  const at = Date.parse(created_at)
  return !(from && at < Date.parse(from)) && !(to && at > Date.parse(to))
}

/** `list_threads`: threads of one chat, the newest first. */
export function listThreads(
  call: AgentCall,
  body: { chat_id: string; sort_order?: 'asc' | 'desc'; limit?: number; min_events_count?: number; filters?: Span },
): unknown {
  const { limit = 3, min_events_count, filters = {} } = body
  const chat = reachable(call, body.chat_id)
  const found = chat.threads.filter((thread) => isWithin(thread, filters))
  const sorted = body.sort_order === 'asc' ? found : [...found].reverse()
  const shown = min_events_count === undefined ? sorted.slice(0, limit) : untilEnough(sorted, min_events_count)
  const version = payloadVersion(call.version)
  return {
    threads: shown.map((thread) => views.threadForAgents(call.world, thread, version)),
    found_threads: found.length,
  }
}

/** As many threads as hold so many events together. */
function untilEnough(threads: Thread[], wanted: number): Thread[] {
  let events = 0
  return threads.filter((thread) => {
    const isNeeded = events < wanted
    events += thread.events.length
    return isNeeded
  })
}

type ArchiveFilters = Span & {
  group_ids?: number[]
  thread_ids?: string[]
  chat_ids?: string[]
  customer_id?: string
  customer_email?: string
}

/** `list_archives`: closed threads that the token reaches, each with its chat, the newest first. */
export function listArchives(call: AgentCall, body: unknown): unknown {
  const { world, version } = call
  const schema = version === '3.6' ? schemas.listArchives['3.6'] : schemas.listArchives['3.5']
  const request: { filters?: ArchiveFilters; limit?: number; sort_order?: 'asc' | 'desc' } = read(call, schema, body)
  const found = [...world.store.chats.values()]
    .filter((chat) => canReach(call, chat))
    .flatMap((chat) => chat.threads.map((thread) => ({ chat, thread })))
    .filter(({ chat, thread }) => !thread.active && isArchived(call, chat, thread, request.filters ?? {}))
    .sort((a, b) => b.thread.created_at.localeCompare(a.thread.created_at))
  const sorted = request.sort_order === 'asc' ? [...found].reverse() : found
  const shown = sorted.slice(0, request.limit ?? 10).map(({ chat, thread }) => ({
    ...views.chatForAgents(world, chat, thread, payloadVersion(version)),
    is_followed: false,
  }))
  return { chats: shown, found_chats: found.length }
}

function isArchived({ world }: AgentCall, chat: Chat, thread: Thread, filters: ArchiveFilters): boolean {
  const { group_ids, thread_ids, chat_ids, customer_id, customer_email } = filters
  const customer = world.store.customers.get(chat.customerId ?? '')
  if (group_ids && !thread.access.group_ids.some((id) => group_ids.includes(id))) return false
  if (thread_ids && !thread_ids.includes(thread.id)) return false
  if (chat_ids && !chat_ids.includes(chat.id)) return false
  if (customer_id && customer?.id !== customer_id) return false
  return (!customer_email || customer?.email === customer_email) && isWithin(thread, filters)
}

function canReach(call: AgentCall, chat: Chat): boolean {
  try {
    requireAccess(call, chat)
    return true
  } catch {
    return false
  }
}

function summary({ world, version }: AgentCall, chat: Chat): unknown {
  const last_thread = world.store.lastThread(chat)
  const { thread, ...shown } = views.chatForAgents(world, chat, last_thread, payloadVersion(version))
  const last = thread && without(thread, 'events', 'summary')
  const last_event_per_type = views.lastEventPerType(chat, views.eventForAgents)
  return { ...shown, ...(last && { last_thread_summary: last }), last_event_per_type, is_followed: false }
}
