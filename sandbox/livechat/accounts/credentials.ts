import type { AgentActor } from '../requests/method'
import { TOKEN_CLIENT_ID } from '../world/defaults'
import { ApiError } from '../world/errors'
import type { Actor } from '../world/model'
import { encoded } from '../world/store'
import type { World } from '../world/world'
import { customerTokenOf } from './accounts'

/** The customer behind `Bearer <customer token>`; personal access tokens do not work here. */
export function authenticateCustomer(world: World, authorization = ''): Extract<Actor, { kind: 'customer' }> {
  const [scheme, value = ''] = authorization.split(' ')
  const token = scheme === 'Bearer' ? customerTokenOf(world, value) : undefined
  const customer = token && world.store.customers.get(token.customerId)
  if (!customer) throw new ApiError('authentication', 'Invalid access token')
  if (customer.banned) throw new ApiError('customer_banned', 'Customer is banned')
  return { kind: 'customer', id: customer.id, clientId: token.clientId }
}

/** The agent behind `Basic base64(account:token)`, with the token's scopes. */
export function authenticateToken(world: World, authorization = ''): { actor: AgentActor; scopes: readonly string[] } {
  const [scheme, value = ''] = authorization.split(' ')
  const token = scheme === 'Basic' ? world.store.tokens.find((known) => encoded(known) === value) : undefined
  if (!token) throw new ApiError('authentication', 'Invalid access token')
  return { actor: { kind: 'agent', id: token.agentId, clientId: TOKEN_CLIENT_ID }, scopes: token.scopes }
}
