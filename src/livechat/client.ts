import { createAccountsApi } from './accounts-api'
import { createAgentApi } from './agent-api'
import type { LiveChatApi, LiveChatOptions } from './api'
import { createConfigurationApi } from './configuration-api'
import { cookieGrant } from './cookie-grant'
import { createCustomerApi } from './customer-api'
import { RetryPolicy } from './retry'
import { Transport } from './transport'

/** The version of LiveChat's APIs that everything here is written for; the stable one since August 2025. */
const API_VERSION = '3.6'

const DEFAULT_API_URL = 'https://api.livechatinc.com'
const DEFAULT_ACCOUNTS_URL = 'https://accounts.livechat.com'

/** LiveChat's APIs for one installation. Cheap to make; connections are shared by handing in `keepAliveAgents()`. */
export function createLiveChat(options: LiveChatOptions): LiveChatApi {
  return new LiveChat(options)
}

/** Each API is made when it is first spoken to: most webhooks speak to none of them. */
class LiveChat implements LiveChatApi {
  private readonly made: Partial<LiveChatApi> = {}
  private readonly shared: { transport: Transport; retries: RetryPolicy }
  private readonly baseUrl: string

  constructor(private readonly options: LiveChatOptions) {
    this.shared = { transport: new Transport(options), retries: new RetryPolicy(options) }
    this.baseUrl = `${withoutSlash(options.apiUrl ?? DEFAULT_API_URL)}/v${API_VERSION}`
  }

  get customer() {
    const { organizationId, uploadTimeoutMs, unrepeatableTimeoutMs } = this.options
    const organization = `organization_id=${encodeURIComponent(organizationId)}`
    const urlOf = (action: string) => `${this.baseUrl}/customer/action/${action}?${organization}`
    return (this.made.customer ??= createCustomerApi({ ...this.shared, urlOf, uploadTimeoutMs, unrepeatableTimeoutMs }))
  }

  get agent() {
    const { shared, options } = this
    const urlOf = (action: string) => `${this.baseUrl}/agent/action/${action}`
    return (this.made.agent ??= createAgentApi({ ...shared, authorization: options.agentAuthorization, urlOf }))
  }

  get configuration() {
    const { shared, options } = this
    const urlOf = (action: string) => `${this.baseUrl}/configuration/action/${action}`
    return (this.made.configuration ??= createConfigurationApi({
      ...shared,
      authorization: options.agentAuthorization,
      clientId: options.clientId,
      urlOf,
    }))
  }

  get accounts() {
    const { shared, options } = this
    const { agentAuthorization: authorization, customerGrant: grant = cookieGrant(options) } = options
    const baseUrl = withoutSlash(options.accountsUrl ?? DEFAULT_ACCOUNTS_URL)
    return (this.made.accounts ??= createAccountsApi({ ...shared, authorization, baseUrl, grant }))
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
