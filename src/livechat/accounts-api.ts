import type * as z from 'zod/mini'
import type { AccountsApi, CustomerToken } from './api'
import { cookieValue } from './cookies'
import { AccountShape, OrganizationShape, TokenShape } from './responses'
import type { RetryPolicy } from './retry'
import type { Transport } from './transport'

export type AccountsApiNeeds = {
  transport: Transport
  retries: RetryPolicy
  /** With no slash at its end. */
  baseUrl: string
  clientId: string
  organizationId: string
  redirectUri: string
  /** Of the personal access token; customers' tokens are asked for without any. */
  authorization: string
}

/** The accounts service: identities of customers and of the token's owner. */
export function createAccountsApi(needs: AccountsApiNeeds): AccountsApi {
  const { transport, retries, baseUrl, authorization } = needs

  function get<S extends z.ZodMiniType>(action: string, shape: S): Promise<z.output<S>> {
    const url = `${baseUrl}/v2/${action}`
    return retries.run(async () => {
      const call = { api: 'accounts' as const, action, method: 'GET' as const, url, shape }
      return (await transport.send({ ...call, headers: { Authorization: authorization } })).value
    })
  }

  return {
    customerToken: (identity) =>
      // Without an identity each call makes a new customer, so a lost answer is worth one junk customer, not more.
      retries.run(() => requestToken(needs, identity), { maxBlindRetries: identity ? Infinity : 1 }),
    organizationsMy: () => get('organizations/my', OrganizationShape),
    accountsMe: () => get('accounts/me', AccountShape),
  }
}

/** The cookie grant: the two cookies of an earlier answer bring back the same customer (contract 3.4). */
async function requestToken(
  { transport, baseUrl, clientId, organizationId, redirectUri }: AccountsApiNeeds,
  identity?: { customerId: string; cookieSecret: string },
): Promise<CustomerToken> {
  const cookies: Record<string, string> = identity
    ? { Cookie: `__lc_cid=${identity.customerId}; __lc_cst=${identity.cookieSecret}` }
    : {}
  const { value, setCookies } = await transport.send({
    api: 'accounts',
    action: 'customer/token',
    url: `${baseUrl}/v2/customer/token`,
    headers: { 'Content-Type': 'application/json', ...cookies },
    body: JSON.stringify({
      grant_type: 'cookie',
      response_type: 'token',
      client_id: clientId,
      organization_id: organizationId,
      redirect_uri: redirectUri,
    }),
    shape: TokenShape,
    decidedByBody: true,
  })
  const cookieSecret = cookieValue(setCookies, '__lc_cst')
  return cookieSecret === undefined ? value : { ...value, cookieSecret }
}
