import type { ConfigurationApi } from './api'
import { isFailure } from './errors'
import { JsonApi, type JsonApiNeeds } from './json-api'
import { Agents, Groups, GroupShape, Nothing, WebhookId, Webhooks, WebhooksState } from './responses'

type Needs = Omit<JsonApiNeeds, 'api'> & { authorization: string; clientId: string }

/** The Configuration API: webhooks of our client id, groups, agents. */
export function createConfigurationApi({ authorization, clientId, ...needs }: Needs): ConfigurationApi {
  const api = new JsonApi({ ...needs, api: 'configuration' })
  const owner = { owner_client_id: clientId } // a personal access token has no client id of its own
  return {
    registerWebhook: ({ action, url, secretKey, description, filters, additionalData }) =>
      api.call(
        {
          action: 'register_webhook',
          authorization,
          body: {
            ...owner,
            action,
            url,
            secret_key: secretKey,
            type: 'license',
            description,
            filters,
            additional_data: additionalData,
          },
          shape: WebhookId,
        },
        { lostAnswers: 0 }, // a second registration would deliver everything twice
      ),

    listWebhooks: () => api.call({ action: 'list_webhooks', authorization, body: owner, shape: Webhooks }),

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

    listAgents: ({ groupIds } = {}) =>
      api.call({
        action: 'list_agents',
        authorization,
        body: { filters: groupIds && { group_ids: groupIds }, fields: ['suspended'] },
        shape: Agents,
      }),
  }
}

async function unlessGone(removing: Promise<void>): Promise<void> {
  try {
    await removing
  } catch (error) {
    if (!isFailure(error, 'not-found')) throw error
  }
}
