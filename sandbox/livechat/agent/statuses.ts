import { setRoutingStatus } from '../chats/status'
import type { AgentCall } from '../requests/method'
import { hasScope, requireScope } from '../requests/scopes'
import { ApiError } from '../world/errors'
import type { Agent, RoutingStatus } from '../world/model'
import { owner } from './access'

const PEOPLE = ['agents--all:ro']
const BOTS = ['agents-bot--all:ro']

/** `list_routing_statuses`: agents of the groups, or all. People are never listed as offline: only bots have that status. */
export function listRoutingStatuses(call: AgentCall, { filters }: { filters?: { group_ids?: number[] } }): unknown {
  const isInGroups = ({ groups }: Agent) => !filters?.group_ids || groups.some((id) => filters.group_ids?.includes(id))
  return listable(call)
    .filter(isInGroups)
    .map(({ id, status, bot }) => ({
      agent_id: id,
      status: bot || status !== 'offline' ? status : 'not_accepting_chats',
    }))
}

/** People and bots have a scope each. What a token sees that holds one of the two is a setting. */
function listable(call: AgentCall): Agent[] {
  const who = owner(call)
  const [people, bots] = [PEOPLE, BOTS].map((scopes) => hasScope(call.scopes, who, scopes))
  if (call.world.settings.requests.routingStatusScopes === 'both')
    for (const scopes of [PEOPLE, BOTS]) requireScope(call.scopes, who, scopes)
  requireScope(call.scopes, who, [...PEOPLE, ...BOTS])
  return [...call.world.store.agents.values()].filter(({ bot }) => (bot ? bots : people))
}

/** `set_routing_status`, of the requester or of another agent. */
export function changeRoutingStatus(
  call: AgentCall,
  { status, agent_id = call.actor.id }: { status: RoutingStatus; agent_id?: string },
): void {
  const agent = call.world.store.agents.get(agent_id)
  if (!agent) throw new ApiError('not_found', 'Agent not found')
  requireScope(call.scopes, owner(call), statusScopes(agent.bot, agent_id === call.actor.id))
  if (status === 'offline' && !agent.bot) throw new ApiError('validation', '`offline` is a status of bots only')
  setRoutingStatus(call.world, agent, status, call.actor.clientId)
}

function statusScopes(bot: boolean, own: boolean): string[] {
  if (bot) return ['agents-bot--my:rw', 'agents-bot--all:rw']
  return own ? ['agents--my:rw', 'agents--all:rw'] : ['agents--all:rw']
}
