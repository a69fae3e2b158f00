import type { Agent, Chat, Priority, Thread } from '../world/model'
import { merge } from '../world/properties'
import type { World } from '../world/world'
import { lastPlace, leaveQueue } from './queue'

type GroupStatus = 'online' | 'online_for_queue' | 'offline'

/** Is anybody there? `online_for_queue`: only agents who have as many chats as they may have. */
export function groupStatus(world: World, groupId: number): GroupStatus {
  const accepting = acceptingAgents(world, [groupId])
  if (accepting.some((agent) => hasRoom(world, agent))) return 'online'
  return accepting.length > 0 && world.settings.routing.queueEnabled ? 'online_for_queue' : 'offline'
}

/** Can the router place a chat with one of these groups, at once or through the queue? */
export function isAnybodyThere(world: World, groupIds: number[]): boolean {
  return groupIds.some((groupId) => groupStatus(world, groupId) !== 'offline')
}

/**
 * Available agents of the groups: by their priority there, then the least busy first. Group 0 in a chat's access reaches
 * every agent.
 */
export function availableAgents(world: World, groupIds: number[]): Agent[] {
  return acceptingAgents(world, groupIds)
    .filter((agent) => hasRoom(world, agent))
    .sort((a, b) => rank(a, groupIds) - rank(b, groupIds) || world.store.loadOf(a.id) - world.store.loadOf(b.id))
}

const PRIORITIES: readonly Priority[] = ['first', 'normal', 'last', 'supervisor']

/** The agent's priority in a group. */
export function priorityIn({ priorities }: Agent, groupId: number): Priority {
  return priorities?.[groupId] ?? 'normal'
}

/** The best place that the agent has in any of these groups. */
function rank(agent: Agent, groupIds: number[]): number {
  const shared = groupIds.includes(0) ? agent.groups : agent.groups.filter((id) => groupIds.includes(id))
  const ranks = shared.map((id) => PRIORITIES.indexOf(priorityIn(agent, id)))
  return ranks.length > 0 ? Math.min(...ranks) : PRIORITIES.indexOf('normal')
}

/** Where the router puts a new thread: with an agent, a bot, into the queue, or nowhere ("unassigned", pinned). */
type Place = { kind: 'agent'; agent: Agent } | { kind: 'queue' } | { kind: 'nowhere' }

export function findPlace(world: World, chat: Chat, thread: Thread): Place {
  const { autoAssign, queueEnabled } = world.settings.routing
  if (chat.properties.routing?.ignore_agents_routing === true) return { kind: 'nowhere' }
  const available = availableAgents(world, thread.access.group_ids)
  const human = autoAssign ? available.find(({ bot }) => !bot) : undefined
  const bot = chat.ignoreBotsIn.has(thread.id) ? undefined : available.find((agent) => agent.bot)
  const agent = human ?? bot
  if (agent) return { kind: 'agent', agent }
  const people = acceptingAgents(world, thread.access.group_ids).filter((candidate) => !candidate.bot)
  return people.length > 0 && queueEnabled ? { kind: 'queue' } : { kind: 'nowhere' }
}

/** Puts the thread at the end of its groups' queue. */
export function enqueue(world: World, chat: Chat, thread: Thread): void {
  leaveQueue(world, chat, thread)
  thread.queue = lastPlace(world, chat, thread.access.group_ids)
  markAssigned(world, chat, thread, false)
}

/** Keeps `routing.unassigned` and `routing.pinned` in step with whether somebody has the chat. */
export function markAssigned(world: World, chat: Chat, thread: Thread, assigned: boolean): void {
  if (assigned) leaveQueue(world, chat, thread)
  const pinned = !assigned && !thread.queue
  merge(chat.properties, { routing: { pinned } })
  merge(thread.properties, { routing: { unassigned: !assigned } })
}

/** Whom the router may give a chat of these groups: supervisors are not among them. */
function acceptingAgents(world: World, groupIds: number[]): Agent[] {
  return [...world.store.agents.values()].filter(
    (agent) =>
      agent.status === 'accepting_chats' &&
      !agent.suspended &&
      (groupIds.includes(0) || agent.groups.some((id) => groupIds.includes(id))) &&
      rank(agent, groupIds) < PRIORITIES.indexOf('supervisor'),
  )
}

/** Does the agent have fewer chats than they may have? */
export function hasRoom(world: World, agent: Agent): boolean {
  return world.store.loadOf(agent.id) < agent.maxChats
}
