import type { ConfigurationApi, RegisteredWebhook, WebhookRegistration } from './api'
import { isFailure } from './errors'
import { JsonApi, type JsonApiNeeds } from './json-api'
import { Agents, Groups, GroupShape, Nothing, WebhookId, Webhooks, WebhooksState } from './responses'

type Needs = Omit<JsonApiNeeds, 'api'> & { authorization: () => Promise<string>; clientId: string }

/** The Configuration API: webhooks of our client id, groups, agents. */
export function createConfigurationApi({ authorization, clientId, ...needs }: Needs): ConfigurationApi {
  const api = new JsonApi({ ...needs, api: 'configuration' })
  const owner = { owner_client_id: clientId } // a personal access token has no client id of its own
  const listWebhooks = () => api.call({ action: 'list_webhooks', authorization, body: owner, shape: Webhooks })
  return {
    registerWebhook: (registration, existing) =>
      api.call(
        { action: 'register_webhook', authorization, body: { ...owner, ...wireOf(registration) }, shape: WebhookId },
        existing
          ? { lookUp: async () => newOneOf(registration, existing, await listWebhooks()) }
          : { maxBlindRetries: 0 },
      ),

    listWebhooks,

    unregisterWebhook: ({ id, clientId: ofOther = clientId }) =>
      unlessGone(
        api.call({
          action: 'unregister_webhook',
          authorization,
          body: { id, owner_client_id: ofOther },
          shape: Nothing,
        }),
      ),

    getLicenseWebhooksState: () =>
      api.call({ action: 'get_license_webhooks_state', authorization, body: owner, shape: WebhooksState }),

    enableLicenseWebhooks: () =>
      api.call({ action: 'enable_license_webhooks', authorization, body: owner, shape: Nothing }),

    getGroup: (groupId) =>
      api.call({
        action: 'get_group',
        authorization,
        body: { id: groupId, fields: ['agent_priorities', 'routing_status'] },
        shape: GroupShape,
      }),

    listGroups: () =>
      api.call({ action: 'list_groups', authorization, body: { fields: ['routing_status'] }, shape: Groups }),

    listAgents: ({ groupIds, withHours = false } = {}) =>
      api.call({
        action: 'list_agents',
        authorization,
        body: {
          filters: groupIds && { group_ids: groupIds },
          fields: ['suspended', ...(withHours ? ['work_scheduler'] : [])],
        },
        shape: Agents,
      }),
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
