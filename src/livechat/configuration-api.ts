import type { ConfigurationApi, RegisteredWebhook, WebhookRegistration } from './api'
import { isFailure } from './errors'
import { JsonApi, type JsonApiNeeds } from './json-api'
import { AgentRows, Groups, GroupShape, Nothing, WebhookId, Webhooks, WebhooksState } from './responses'

type Needs = Omit<JsonApiNeeds, 'api'> & { clientId: string }

/** The Configuration API: webhooks of our client id, groups, agents. */
export function createConfigurationApi({ clientId, ...needs }: Needs): ConfigurationApi {
  const api = new JsonApi({ ...needs, api: 'configuration' })
  const owner = { owner_client_id: clientId } // a personal access token has no client id of its own
  const listWebhooks = () => api.call('list_webhooks', owner, Webhooks)
  return {
    registerWebhook: (registration, existing) => {
      const lookUp = existing && (async () => newOneOf(registration, existing, await listWebhooks()))
      const body = { ...owner, ...wireOf(registration) }
      return api.call('register_webhook', body, WebhookId, lookUp ? { lookUp } : { maxBlindRetries: 0 })
    },
    listWebhooks,
    unregisterWebhook: ({ id, clientId: ofOther = clientId }) =>
      unlessGone(api.call('unregister_webhook', { id, owner_client_id: ofOther }, Nothing)),
    getLicenseWebhooksState: () => api.call('get_license_webhooks_state', owner, WebhooksState),
    enableLicenseWebhooks: () => api.call('enable_license_webhooks', owner, Nothing),
    getGroup: (groupId) =>
      api.call('get_group', { id: groupId, fields: ['agent_priorities', 'routing_status'] }, GroupShape),
    listGroups: () => api.call('list_groups', { fields: ['routing_status'] }, Groups),
    listAgents: ({ groupIds, withHours = false } = {}) => {
      const fields = ['suspended', ...(withHours ? ['work_scheduler'] : [])]
      return api.call('list_agents', { filters: groupIds && { group_ids: groupIds }, fields }, AgentRows)
    },
  }
}

function wireOf({ action, url, secretKey, description, filters, additionalData }: WebhookRegistration) {
  return {
    action,
    url,
    secret_key: secretKey,
    type: 'license',
    description,
    filters,
    additional_data: additionalData,
  }
}

/** A second registration would deliver everything twice, so one whose answer was lost is looked for first. */
function newOneOf(
  { action, url }: WebhookRegistration,
  existing: ReadonlySet<string>,
  listed: RegisteredWebhook[],
): RegisteredWebhook | undefined {
  return listed.find((webhook) => webhook.action === action && webhook.url === url && !existing.has(webhook.id))
}

async function unlessGone(removing: Promise<void>): Promise<void> {
  try {
    await removing
  } catch (error) {
    if (!isFailure(error, 'not-found')) throw error
  }
}
