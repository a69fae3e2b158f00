import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AccountsError } from '../world/errors'
import type { App, Customer, CustomerToken } from '../world/model'
import type { World } from '../world/world'

/** Where the request asks for no other. */
const TOKEN_LIFETIME_SECONDS = 28_800

/** The cookie grant takes no `entity_id`: the cookies alone say who asks. */
const TokenRequest = z.strictObject({
  grant_type: z.string(),
  client_id: z.string().min(1),
  organization_id: z.string().min(1),
  redirect_uri: z.string().optional(),
  response_type: z.literal('token').optional(),
  expires_in: z.int().min(1).optional(),
})

type TokenCall = { body: unknown; cookies: Record<string, string>; origin?: string }
type TokenAnswer = { body: Record<string, unknown>; cookies: string[] }

/** `POST /v2/customer/token`: the cookie grant. Without cookies every call makes a new identity. */
export function issueCustomerToken(world: World, { body, cookies, origin }: TokenCall): TokenAnswer {
  const request = TokenRequest.safeParse(body)
  if (!request.success) throw new AccountsError('oauth_exception', 'invalid_request', firstIssue(request.error))
  const { grant_type, client_id, organization_id, redirect_uri = origin, expires_in } = request.data
  if (grant_type !== 'cookie')
    throw new AccountsError('oauth_exception', 'unsupported_grant_type', 'grant is not enabled')
  const app = world.store.apps.get(client_id)
  if (!app) throw new AccountsError('oauth_exception', 'unauthorized_client', 'client_id_not_found')
  if (organization_id !== world.store.organizationId)
    throw new AccountsError('oauth_exception', 'invalid_request', 'organization_id is not valid')
  checkRedirect(app, redirect_uri)
  const customer = identify(world, client_id, cookies)
  const secret = proof(world, customer)
  const token = issue(world, customer, client_id, expires_in)
  const answer = {
    access_token: token.token,
    entity_id: customer.id,
    expires_in: expires_in ?? TOKEN_LIFETIME_SECONDS,
    token_type: 'Bearer',
    organization_id,
    client_id,
  }
  return { body: answer, cookies: world.settings.accounts.sendCookies ? cookiesFor(customer.id, secret) : [] }
}

/** The token's holder, unless it is unknown, revoked or too old. */
export function customerTokenOf(world: World, token: string): CustomerToken | undefined {
  const found = world.store.customerTokens.find((issued) => issued.token === token)
  return found && found.expiresAt > world.store.now() ? found : undefined
}

/** `GET /v2/customer/info`. */
export function describeToken(world: World, authorization: string | undefined): Record<string, unknown> {
  const { token, clientId, customerId, expiresAt } = bearer(world, authorization)
  return {
    access_token: token,
    client_id: clientId,
    entity_id: customerId,
    expires_in: Math.floor((expiresAt - world.store.now()) / 1000),
    organization_id: world.store.organizationId,
    token_type: 'Bearer',
  }
}

/** `DELETE /v2/customer/token`. */
export function revokeToken(world: World, authorization: string | undefined): void {
  const { token } = bearer(world, authorization)
  world.store.customerTokens = world.store.customerTokens.filter((issued) => issued.token !== token)
}

function bearer(world: World, authorization = ''): CustomerToken {
  const [scheme, value = ''] = authorization.split(' ')
  const token = scheme === 'Bearer' ? customerTokenOf(world, value) : undefined
  if (!token) throw new AccountsError('identity_exception', 'unauthorized', 'access token is not valid')
  return token
}

function checkRedirect(app: App, uri: string | undefined): void {
  if (!uri) throw new AccountsError('oauth_exception', 'invalid_request', 'redirect_uri_not_set')
  if (!URL.canParse(uri) || !app.redirectUris.some((allowed) => fits(allowed, uri)))
    throw new AccountsError('oauth_exception', 'unauthorized_client', 'invalid_redirect_uri')
}

/** Scheme, host and port exactly; the configured path must be a part of the requested one; no `..`, query, fragment. */
function fits(allowed: string, requested: string): boolean {
  const [known, given] = [new URL(allowed), new URL(requested)]
  if (requested.includes('..') || given.search || given.hash || known.origin !== given.origin) return false
  return known.pathname === '/' || given.pathname.includes(known.pathname)
}

function identify(world: World, clientId: string, cookies: Record<string, string>): Customer {
  const { __lc_cid: id, __lc_cst: secret } = cookies
  const { cookies: rule } = world.settings.accounts
  if (id === undefined || secret === undefined || rule === 'ignore') return newCustomer(world, clientId)
  const customer = world.store.customers.get(id)
  if (rule === 'refuse' || !customer?.cookieSecrets.includes(secret))
    throw new AccountsError('identity_exception', 'unauthorized', 'cookies do not match the identity')
  if (customer.banned) throw new AccountsError('identity_exception', 'access_denied', 'identity is banned')
  return customer
}

export function newCustomer(world: World, clientId: string): Customer {
  const customer: Customer = {
    id: randomUUID(),
    createdAt: world.store.timestamp(),
    sessionFields: [],
    banned: false,
    cookieSecrets: [],
    clientId,
  }
  world.store.customers.set(customer.id, customer)
  return customer
}

/** The newest cookie secret; a new one when there is none or the secrets rotate. */
function proof(world: World, customer: Customer): string {
  const { rotateCookieSecret, oldSecretsDie } = world.settings.accounts
  const current = customer.cookieSecrets.at(-1)
  if (current && !rotateCookieSecret) return current
  const secret = randomBytes(16).toString('hex')
  customer.cookieSecrets = oldSecretsDie ? [secret] : [...customer.cookieSecrets, secret]
  return secret
}

function issue(world: World, customer: Customer, clientId: string, expiresIn?: number): CustomerToken {
  const { maxLiveTokens } = world.settings.accounts
  const token: CustomerToken = {
    token: `${world.store.tokenPrefix()}${randomBytes(20).toString('base64url')}`,
    customerId: customer.id,
    clientId,
    expiresAt: world.store.now() + (expiresIn ?? TOKEN_LIFETIME_SECONDS) * 1000,
  }
  const mine = (issued: CustomerToken) => issued.clientId === clientId && issued.customerId === customer.id
  const surplus = world.store.customerTokens.filter(mine).slice(0, -(maxLiveTokens - 1) || undefined)
  world.store.customerTokens = [...world.store.customerTokens.filter((issued) => !surplus.includes(issued)), token]
  return token
}

function cookiesFor(customerId: string, secret: string): string[] {
  const expires = new Date(Date.now() + 63_072_000_000).toUTCString()
  const rest = `Path=/v2/customer; Domain=accounts.livechat.com; Expires=${expires}; Max-Age=63072000; HttpOnly; Secure; SameSite=None`
  return [`__lc_cid=${customerId}; ${rest}`, `__lc_cst=${secret}; ${rest}`]
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  return `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'malformed'}`
}
