import { createAccountsApi } from './accounts-api'
import { createAgentApi } from './agent-api'
import type { LiveChatApi, LiveChatOptions } from './api'
import { createConfigurationApi } from './configuration-api'
import { createCustomerApi } from './customer-api'
import { RetryPolicy } from './retry'
import { Transport } from './transport'

/** The version of LiveChat's APIs that everything here is written for (contract 1.2). */
export const API_VERSION = '3.6'

const DEFAULT_API_URL = 'https://api.livechatinc.com'
const DEFAULT_ACCOUNTS_URL = 'https://accounts.livechat.com'

/** LiveChat's APIs for one installation. Cheap to make; connections are shared by handing in `keepAliveAgents()`. */
export function createLiveChat(options: LiveChatOptions): LiveChatApi {
  const { organizationId, clientId, redirectUri } = options
  const shared = { transport: new Transport(options), retries: new RetryPolicy(options) }
  const authorization = `Basic ${options.agentToken}`
  const baseUrl = `${withoutSlash(options.apiUrl ?? DEFAULT_API_URL)}/v${API_VERSION}`
  const accountsUrl = withoutSlash(options.accountsUrl ?? DEFAULT_ACCOUNTS_URL)
  const organization = `organization_id=${encodeURIComponent(organizationId)}`
  return {
    customer: createCustomerApi({
      ...shared,
      urlOf: (action) => `${baseUrl}/customer/action/${action}?${organization}`,
      uploadTimeoutMs: options.uploadTimeoutMs,
    }),
    agent: createAgentApi({ ...shared, authorization, urlOf: (action) => `${baseUrl}/agent/action/${action}` }),
    configuration: createConfigurationApi({
      ...shared,
      authorization,
      clientId,
      urlOf: (action) => `${baseUrl}/configuration/action/${action}`,
    }),
    accounts: createAccountsApi({
      ...shared,
      authorization,
      baseUrl: accountsUrl,
      clientId,
      organizationId,
      redirectUri,
    }),
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
