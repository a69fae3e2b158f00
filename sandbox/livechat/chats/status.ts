import type { Agent, RoutingStatus } from '../world/model'
import type { World } from '../world/world'
import { assign } from './assignment'
import { waitingChats } from './queue'
import { availableAgents } from './routing'

/** Changes whether an agent gets chats, tells `routing_status_set`, and lets the router hand over what waits. */
export function setRoutingStatus(world: World, agent: Agent, status: RoutingStatus, sourceClientId: string): void {
  agent.status = status
  const told = status === 'offline' && !agent.bot ? 'not_accepting_chats' : status
  // The documented webhook values use spaces, those of the API underscores.
  const payload = () => ({ agent_id: agent.id, status: told.replaceAll('_', ' ') })
  world.webhooks.emit({ action: 'routing_status_set', agentId: agent.id, sourceClientId, payload })
  if (status === 'accepting_chats' && world.settings.routing.autoAssign) handOverWaiting(world, agent)
}

function handOverWaiting(world: World, agent: Agent): void {
  for (const chat of waitingChats(world, [0, ...agent.groups])) {
    const thread = world.store.activeThread(chat)
    const reaches = thread && availableAgents(world, thread.access.group_ids).includes(agent)
    if (reaches) assign(world, chat, thread, agent.id)
  }
}
