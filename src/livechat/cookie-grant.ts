import type { CustomerGrant, CustomerProof } from './api'
import { cookieValue } from './cookies'

type App = { clientId: string; organizationId: string; redirectUri: string }

/**
 * The cookie grant (Customer authorization, "Cookie grant"): needs no login of an agent. The two cookies of an earlier
 * answer bring back the same customer; without them each request makes a new one.
 */
export function cookieGrant({ clientId, organizationId, redirectUri }: App): CustomerGrant {
  const body = {
    grant_type: 'cookie',
    response_type: 'token',
    client_id: clientId,
    organization_id: organizationId,
    redirect_uri: redirectUri,
  }
  return {
    request: (identity) => Promise.resolve({ body, headers: cookiesOf(identity) }),
    proofIn: (setCookies) => cookieValue(setCookies, '__lc_cst'),
  }
}

function cookiesOf(identity: CustomerProof | undefined): Record<string, string> {
  return identity ? { Cookie: `__lc_cid=${identity.customerId}; __lc_cst=${identity.cookieSecret}` } : {}
}
