import { payloadVersion, read, type AgentCall } from '../requests/method'
import type { Chat } from '../world/model'
import * as schemas from './schemas'
import { requireAccess } from '../requests/scopes'
import * as views from '../chats/views'
import { without } from '../world/without'

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
  const last = thread && without(thread, 'events')
  const last_event_per_type = views.lastEventPerType(chat, views.eventForAgents)
  return { ...shown, ...(last && { last_thread_summary: last }), last_event_per_type, is_followed: false }
}
