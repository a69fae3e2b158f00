import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { describeToken, issueCustomerToken, revokeToken } from '../accounts/accounts'
import { authenticateToken } from '../accounts/credentials'
import { AccountsError, ApiError } from '../world/errors'
import type { World } from '../world/world'
import type { Env } from './env'

/** Customer Accounts and Global Accounts: `/v2/...`. */
export function accountRoutes(world: World): Hono<Env> {
  const routes = new Hono<Env>()
  routes.post('/v2/customer/token', async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined)
    // Without a content type LiveChat reads the body all the same.
    if (!/^application\/json\b/i.test(c.req.header('content-type') ?? 'application/json'))
      throw new AccountsError('oauth_exception', 'invalid_request', 'Content-Type must be application/json')
    const call = { body, cookies: getCookie(c), origin: c.req.header('origin') }
    const { body: answer, cookies } = issueCustomerToken(world, call)
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.json(answer)
  })
  routes.delete('/v2/customer/token', (c) => {
    revokeToken(world, c.req.header('authorization'))
    return c.body(null, 200)
  })
  routes.get('/v2/customer/info', (c) => c.json(describeToken(world, c.req.header('authorization'))))
  routes.all('/v2/customer/token', () => {
    throw new AccountsError('oauth_exception', 'invalid_request', 'wrong HTTP method')
  })
  routes.get('/v2/organizations/my', (c) => {
    owner(world, c.req.header('authorization'))
    return c.json({ organization_id: world.store.organizationId, name: 'Acme' })
  })
  routes.get('/v2/accounts/me', (c) => {
    const { accountId, name, id, avatar } = owner(world, c.req.header('authorization'))
    return c.json({
      account_id: accountId,
      name,
      email: id,
      email_verified: true,
      ...(avatar && { avatar_url: avatar }),
    })
  })
  // The Global Accounts endpoints have an error body of their own.
  routes.onError((error) => {
    if (!(error instanceof ApiError)) throw error
    return Response.json({ error: 'unauthorized', error_description: error.message }, { status: 401 })
  })
  return routes
}

function owner(world: World, authorization: string | undefined) {
  const { actor } = authenticateToken(world, authorization)
  const agent = world.store.agents.get(actor.id)
  if (!agent) throw new ApiError('authentication', 'account not found')
  return agent
}
