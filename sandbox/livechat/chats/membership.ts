import type { PayloadVersion } from '../world/emission'
import { ApiError } from '../world/errors'
import type { Actor, Chat, Thread, Visibility } from '../world/model'
import type { World } from '../world/world'
import { enter } from './chats'
import { systemMessage } from './events'
import { availableAgents, enqueue, markAssigned } from './routing'
import { agentUser, customerUser } from './views'

export type TransferReason = 'manual' | 'inactive' | 'assigned' | 'unassigned' | 'other'

type NewMember = { id: string; type: 'agent' | 'customer'; visibility?: Visibility }

/** Adds an agent or the customer to the chat and tells `user_added_to_chat`. */
export function addUser(
  world: World,
  chat: Chat,
  thread: Thread,
  user: NewMember,
  actor: Actor,
  reason = 'manual',
): void {
  join(world, chat, thread, user)
  tellUserAdded(world, chat, thread, user.id, actor, reason)
}

/** Makes somebody present; an agent whom the customer sees takes the chat out of the queue. */
export function join(world: World, chat: Chat, thread: Thread, user: NewMember): void {
  enter(chat, thread, user)
  if (user.type === 'agent' && user.visibility !== 'agents') markAssigned(world, chat, thread, true)
}

export function tellUserAdded(
  world: World,
  chat: Chat,
  thread: Thread,
  userId: string,
  actor: Actor,
  reason: string,
): void {
  const agent = world.store.agents.get(userId)
  const customer = world.store.customers.get(userId)
  // The sample of this webhook leaves the visibility out; the structure of users has it.
  const isUnseen = chat.users.find(({ id }) => id === userId)?.visibility === 'agents'
  const shown = (version: PayloadVersion) =>
    agent
      ? { ...agentUser(world, agent), ...(isUnseen && { visibility: 'agents' }) }
      : customer && customerUser(world, customer, version)
  world.webhooks.emit({
    action: 'user_added_to_chat',
    chat,
    sourceClientId: clientOf(actor),
    payload: (version) => ({
      chat_id: chat.id,
      thread_id: thread.id,
      user: shown(version),
      reason,
      ...requesterOf(actor),
    }),
  })
}

/** Ends an agent's presence and tells `user_removed_from_chat`. */
export function removeUser(
  world: World,
  chat: Chat,
  thread: Thread,
  userId: string,
  actor: Actor,
  reason = 'manual',
): void {
  // The presence filter sees the chat as it was: the removed user's own apps hear of it.
  world.webhooks.emit({
    action: 'user_removed_from_chat',
    chat,
    sourceClientId: clientOf(actor),
    payload: () => ({ chat_id: chat.id, thread_id: thread.id, user_id: userId, reason, ...requesterOf(actor) }),
  })
  makeAbsent(chat, [userId])
  if (publicAgents(chat).length === 0) markAssigned(world, chat, thread, false)
}

export type TransferTarget = { agentId?: string; groupIds?: number[] }

/** Hands the chat over and tells `chat_transferred`. Without an agent who takes it at once the chat is queued. */
export function transfer(
  world: World,
  chat: Chat,
  thread: Thread,
  target: TransferTarget,
  actor: Actor,
  reason: TransferReason = 'manual',
): void {
  const groupIds = target.groupIds ?? groupsFor(world, chat, target.agentId)
  const { autoAssign } = world.settings.routing
  const agentId = target.agentId ?? (autoAssign ? nextAgent(world, chat, groupIds) : undefined)
  makeAbsent(chat, presentAgents(chat))
  changeAccess(world, chat, thread, groupIds, actor)
  if (agentId) enter(chat, thread, { id: agentId, type: 'agent' })
  if (agentId) markAssigned(world, chat, thread, true)
  else enqueue(world, chat, thread)
  const targets = agentId ?? groupIds.join(', ')
  const textVars = { ...(actor.kind === 'agent' && { initiator: actor.id }), targets }
  if (reason === 'manual') systemMessage(world, chat, thread, 'chat_transferred', { textVars })
  tellTransfer(world, chat, thread, actor, reason)
}

/** Tells `chat_transferred` with the chat as it stands now. */
export function tellTransfer(world: World, chat: Chat, thread: Thread, actor: Actor, reason: TransferReason): void {
  world.webhooks.emit({
    action: 'chat_transferred',
    chat,
    sourceClientId: clientOf(actor),
    payload: (version) => ({
      chat_id: chat.id,
      thread_id: thread.id,
      ...requesterOf(actor),
      reason,
      transferred_to: { group_ids: chat.access.group_ids, agent_ids: publicAgents(chat) },
      ...(thread.queue && { queue: queueFor(thread.queue, version) }),
    }),
  })
}

export function presentAgents(chat: Chat): string[] {
  return chat.users.filter(({ type, present }) => type === 'agent' && present).map(({ id }) => id)
}

/** Agents whom the customer sees: everybody present but supervisors, who read along. */
export function publicAgents(chat: Chat): string[] {
  return chat.users
    .filter(({ type, present, visibility }) => type === 'agent' && present && visibility === 'all')
    .map(({ id }) => id)
}

/**
 * Refuses another agent whom the customer sees where the account has not been given that (Agent Chat API, add_user_to_chat:
 * more than one agent in a chat on request only).
 */
export function requireRoomForAgent({ settings }: World, publicAgents: number): void {
  if (publicAgents > 0 && !settings.chats.severalPublicAgents)
    throw new ApiError('limit_reached', 'Public agents in chat limit reached')
}

export function makeAbsent(chat: Chat, userIds: string[]): void {
  for (const member of chat.users) if (userIds.includes(member.id)) member.present = false
}

function nextAgent(world: World, chat: Chat, groupIds: number[]): string | undefined {
  const before = presentAgents(chat)
  return availableAgents(world, groupIds).find(({ id, bot }) => !bot && !before.includes(id))?.id
}

/** The chat stays with its groups unless the agent is in none of them. */
function groupsFor(world: World, chat: Chat, agentId: string | undefined): number[] {
  const own = agentId ? (world.store.agents.get(agentId)?.groups ?? []) : chat.access.group_ids
  const shared = chat.access.group_ids.some((id) => id === 0 || own.includes(id))
  return shared ? chat.access.group_ids : own
}

function changeAccess(world: World, chat: Chat, thread: Thread, groupIds: number[], actor: Actor): void {
  if (String(chat.access.group_ids) === String(groupIds)) return
  chat.access = { group_ids: [...groupIds] }
  thread.access = { group_ids: [...groupIds] }
  const payload = () => ({ id: chat.id, access: chat.access })
  world.webhooks.emit({ action: 'chat_access_updated', chat, sourceClientId: clientOf(actor), payload })
}

function queueFor({ queued_at, ...place }: NonNullable<Thread['queue']>, version: PayloadVersion) {
  return { ...place, [version === '3.5' ? 'queued_at_us' : 'queued_at']: queued_at }
}

function clientOf(actor: Actor): string | undefined {
  return actor.kind === 'router' ? undefined : actor.clientId
}

function requesterOf(actor: Actor): { requester_id?: string } {
  return actor.kind === 'agent' ? { requester_id: actor.id } : {}
}
