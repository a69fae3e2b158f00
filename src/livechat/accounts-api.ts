import type * as z from 'zod/mini'
import type { AccountsApi, CustomerGrant, CustomerProof, CustomerToken } from './api'
import { AccountShape, OrganizationShape, TokenShape } from './responses'
import type { RetryPolicy } from './retry'
import type { Transport } from './transport'

type AccountsApiNeeds = {
  transport: Transport
  retries: RetryPolicy
  /** With no slash at its end. */
  baseUrl: string
  /** Of the agent. What a customer's token is asked for with is the grant's to say. */
  authorization: () => Promise<string>
  grant: CustomerGrant
}

/** The accounts service: identities of customers and of the token's owner. */
export function createAccountsApi(needs: AccountsApiNeeds): AccountsApi {
  const { transport, retries, baseUrl, authorization } = needs

  function get<S extends z.ZodMiniType>(action: string, shape: S): Promise<z.output<S>> {
    const url = `${baseUrl}/v2/${action}`
    return retries.run(async () => {
      const call = { api: 'accounts' as const, action, method: 'GET' as const, url, shape }
      return (await transport.send({ ...call, headers: { Authorization: await authorization() } })).value
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

async function requestToken(
  { transport, baseUrl, grant }: AccountsApiNeeds,
  identity?: CustomerProof,
): Promise<CustomerToken> {
  const { body, headers } = await grant.request(identity)
  const { value, setCookies } = await transport.send({
    api: 'accounts',
    action: 'customer/token',
    url: `${baseUrl}/v2/customer/token`,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
    shape: TokenShape,
    decidedByBody: true,
  })
  const cookieSecret = grant.proofIn(setCookies)
  return cookieSecret === undefined ? value : { ...value, cookieSecret }
}
