import { method, payloadVersion, STABLE, type AgentActor, type AgentCall, type Method } from '../requests/method'
import { requireScope } from '../requests/scopes'
import { actionsOf } from '../webhooks/actions'
import type { PayloadVersion } from '../world/emission'
import { ApiError } from '../world/errors'
import type { App, WebhookRegistration } from '../world/model'
import * as schemas from './schemas'
import { listedWebhook, shownAgent, shownGroup } from './views'

const CONFIGURE = ['webhooks.configuration:rw']
const SWITCH = ['webhooks.state:rw']
/** "3 webhooks per action per Client ID" ("Register webhook"). */
const MAX_PER_ACTION = 3

/** The Configuration API: webhooks, groups and agents. */
export const configurationMethods: Readonly<Record<string, Method<AgentActor>>> = {
  register_webhook: method(schemas.registerWebhook, (call: AgentCall, body) => {
    allow(call, CONFIGURE)
    const { id } = ownApp(call, body.owner_client_id)
    const version = payloadVersion(call.version)
    checkRegistration(body, version)
    const same = call.world.webhooks
      .registrations()
      .filter(({ action, owner_client_id }) => action === body.action && owner_client_id === id)
    if (same.length >= MAX_PER_ACTION) throw new ApiError('limit_reached', 'Webhooks limit reached')
    return { id: call.world.webhooks.register({ ...body, version }) }
  }),
  list_webhooks: method(schemas.ownerClientId, (call: AgentCall, { owner_client_id }) => {
    allow(call, CONFIGURE)
    ownApp(call, owner_client_id)
    const all = call.world.webhooks.registrations()
    return all.filter((registration) => registration.owner_client_id === owner_client_id).map(listedWebhook)
  }),
  unregister_webhook: method(schemas.unregisterWebhook, (call: AgentCall, { id, owner_client_id }) => {
    allow(call, CONFIGURE)
    ownApp(call, owner_client_id)
    const registration = call.world.store.webhooks.get(id)
    if (registration?.owner_client_id !== owner_client_id) throw new ApiError('not_found', 'Webhook not found')
    call.world.webhooks.unregister(id)
  }),
  list_webhook_names: method(schemas.webhookNames, (_: AgentCall, { version = STABLE }) =>
    [...actionsOf(payloadVersion(version))].map(([action, { filters, additionalData }]) => ({
      action,
      filters,
      ...(additionalData && { additional_data: ['chat_properties', 'chat_presence_user_ids'] }),
    })),
  ),
  get_license_webhooks_state: method(schemas.ownerClientId, (call: AgentCall, { owner_client_id }) => {
    allow(call, ['webhooks.state:ro'])
    const { app } = ownApp(call, owner_client_id)
    return { license_webhooks_enabled: app.installed && app.webhooksEnabled }
  }),
  enable_license_webhooks: method(schemas.ownerClientId, (call: AgentCall, { owner_client_id }) => {
    allow(call, SWITCH)
    ownApp(call, owner_client_id).app.webhooksEnabled = true
  }),
  disable_license_webhooks: method(schemas.ownerClientId, (call: AgentCall, { owner_client_id }) => {
    allow(call, SWITCH)
    ownApp(call, owner_client_id).app.webhooksEnabled = false
  }),
  list_groups: method(schemas.listGroups, (call: AgentCall, { fields }) => {
    allow(call, ['groups--all:ro'])
    return [...call.world.store.groups.values()].map((group) => shownGroup(call.world, group, fields))
  }),
  get_group: method(schemas.getGroup, (call: AgentCall, { id, fields }) => {
    const own = call.world.store.agents.get(call.actor.id)?.groups.includes(id)
    allow(call, own ? ['groups--my:ro', 'groups--all:ro'] : ['groups--all:ro'])
    const group = call.world.store.groups.get(id)
    if (!group) throw new ApiError('group_not_found', 'Group not found')
    return shownGroup(call.world, group, fields)
  }),
  list_agents: method(schemas.listAgents, (call: AgentCall, { filters = {}, fields }) => {
    allow(call, ['agents--all:ro'])
    return [...call.world.store.agents.values()]
      .filter(
        (agent) => !agent.bot && (filters.suspended === undefined || Boolean(agent.suspended) === filters.suspended),
      )
      .filter(({ groups }) => !filters.group_ids || groups.some((id) => filters.group_ids?.includes(id)))
      .map((agent) => ({
        ...shownAgent(call.world, agent, fields),
        ...(agent.avatar && { avatar_path: agent.avatar }),
      }))
  }),
  get_agent: method(schemas.getAgent, (call: AgentCall, { id, fields }) => {
    allow(call, id === call.actor.id ? ['agents--my:ro', 'agents--all:ro'] : ['agents--all:ro'])
    const agent = call.world.store.agents.get(id)
    if (!agent || agent.bot) throw new ApiError('not_found', 'Agent not found')
    return { ...shownAgent(call.world, agent, fields), ...(agent.avatar && { avatar: agent.avatar }) }
  }),
}

function allow(call: AgentCall, scopes: readonly string[]): void {
  const owner = call.world.store.agents.get(call.actor.id)
  if (!owner) throw new ApiError('authentication', 'Invalid access token')
  requireScope(call.scopes, owner, scopes)
}

/** The app must be owned by the organization of the token. */
function ownApp({ world }: AgentCall, clientId: string): { id: string; app: App } {
  const app = world.store.apps.get(clientId)
  if (app?.organizationId !== world.store.organizationId)
    throw new ApiError('authorization', '`owner_client_id` does not belong to your organization')
  return { id: clientId, app }
}

function checkRegistration(
  { action, filters = {}, additional_data = [] }: Pick<WebhookRegistration, 'action' | 'filters' | 'additional_data'>,
  version: PayloadVersion,
): void {
  const rules = actionsOf(version).get(action)
  if (!rules) throw new ApiError('validation', `Unknown webhook action ${action}`)
  const wrong = Object.keys(filters).find((name) => !rules.filters.includes(name))
  if (wrong) throw new ApiError('validation', `Filter ${wrong} is not allowed for ${action}`)
  if (additional_data.length > 0 && !rules.additionalData)
    throw new ApiError('validation', `Additional data is not allowed for ${action}`)
}
