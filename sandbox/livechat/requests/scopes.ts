import { ApiError } from '../world/errors'
import type { Agent, Chat } from '../world/model'
import type { Call } from './method'

/** Scopes that need an administrator behind the token ("Scopes"). */
const ADMINISTRATOR_ONLY = [
  /^chats--all:/,
  /^webhooks\./,
  /^properties\./,
  /^agents--all:rw$/,
  /^agents-bot--(my|all):rw$/,
  /^tags--all:rw$/,
]

/** Does the token hold one of the scopes? `rw` contains `ro`, `all` contains `access` and `my`, `access` contains `my`. */
export function hasScope(held: readonly string[], owner: Agent, wanted: readonly string[]): boolean {
  const usable = held.filter((scope) => owner.role !== 'normal' || !ADMINISTRATOR_ONLY.some((rule) => rule.test(scope)))
  return usable.some((scope) => wanted.some((needed) => covers(scope, needed)))
}

/** Refuses a token that holds none of the scopes. No scopes: every token will do. */
export function requireScope(held: readonly string[], owner: Agent, wanted: readonly string[]): void {
  if (wanted.length > 0 && !hasScope(held, owner, wanted))
    throw new ApiError('authorization', `Missing required scope: ${wanted.join(' or ')}`)
}

function covers(scope: string, needed: string): boolean {
  const [given, asked] = [split(scope), split(needed)]
  if (given.subject !== asked.subject || !given.rights.startsWith(asked.rights.slice(0, 1))) return false
  return rank(given.reach) >= rank(asked.reach) && (asked.rights === 'ro' || given.rights === asked.rights)
}

function split(scope: string): { subject: string; reach: string; rights: string } {
  const [name = '', rights = ''] = scope.split(':')
  const [subject = '', reach = ''] = name.split('--')
  return { subject, reach, rights }
}

function rank(reach: string): number {
  return ['my', 'access', 'groups', 'all'].indexOf(reach)
}

/**
 * The access dimension: `chats--all` reaches every chat, `chats--access` those whose current groups the token's owner
 * shares, and those the owner is present in.
 */
export function requireAccess(call: Call, chat: Chat): void {
  if (!isPresent(chat, call.actor.kind === 'agent' ? call.actor.id : '')) requireGroups(call, chat.access.group_ids)
}

/** Refuses groups that the token does not reach: those of a chat, or those that a new thread asks for. */
export function requireGroups({ world, actor, scopes }: Call, groupIds: readonly number[]): void {
  const agent = actor.kind === 'agent' ? world.store.agents.get(actor.id) : undefined
  if (!agent) throw new ApiError('authentication', 'Invalid access token')
  if (agent.role !== 'normal' && scopes.some((scope) => scope.startsWith('chats--all:'))) return
  if (groupIds.includes(0) || groupIds.some((id) => agent.groups.includes(id))) return
  throw new ApiError(world.settings.chats.noAccessError, 'Requester has no access to the chat')
}

export function requirePresence(chat: Chat, agentId: string, ignored = false): void {
  if (ignored || isPresent(chat, agentId)) return
  throw new ApiError('authorization', 'Requester is not user of the chat')
}

function isPresent(chat: Chat, userId: string): boolean {
  return chat.users.some(({ id, present }) => id === userId && present)
}
