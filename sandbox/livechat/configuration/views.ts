import { groupStatus, priorityIn } from '../chats/routing'
import type { Agent, Group, WebhookRegistration } from '../world/model'
import type { World } from '../world/world'

/** The secret is not shown again. */
export function listedWebhook({ id, url, description, action, filters, owner_client_id, type }: WebhookRegistration) {
  return { id, url, action, owner_client_id, type, ...(description && { description }), ...(filters && { filters }) }
}

export function shownGroup(world: World, { id, name, languageCode }: Group, fields: string[] = []) {
  const members = [...world.store.agents.values()].filter(({ groups }) => groups.includes(id))
  const routing_status = groupStatus(world, id) === 'offline' ? quietStatus(members) : 'accepting_chats'
  return {
    id,
    name,
    language_code: languageCode,
    ...(fields.includes('agent_priorities') && {
      agent_priorities: Object.fromEntries(members.map((agent) => [agent.id, priorityIn(agent, id)])),
    }),
    ...(fields.includes('routing_status') && { routing_status }),
  }
}

function quietStatus(members: Agent[]): string {
  return members.some(({ status, bot }) => !bot && status === 'not_accepting_chats') ? 'not_accepting_chats' : 'offline'
}

export function shownAgent({ settings }: World, agent: Agent, fields: string[] = []) {
  const extra: Record<string, unknown> = {
    groups: agent.groups.map((id) => ({ id, priority: priorityIn(agent, id) })),
    job_title: agent.jobTitle ?? '',
    max_chats_count: agent.maxChats,
    suspended: agent.suspended ?? false,
    awaiting_approval: false,
    notifications: [],
    email_subscriptions: [],
    mobile: '',
    work_scheduler: agent.workScheduler ?? {},
    last_logout: '',
  }
  const isShown = (name: string) => name !== 'work_scheduler' || settings.desk.workSchedulers
  const asked = Object.fromEntries(fields.filter(isShown).map((name) => [name, extra[name]]))
  const { id, accountId, name, role } = agent
  return { id, account_id: accountId, name, role, login_status: 'accepting chats', ...asked }
}
