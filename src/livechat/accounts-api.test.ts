import { afterEach, expect, test } from 'vitest'
import type { LiveChatOptions } from './api'
import { createLiveChat } from './client'
import { cookieValue } from './cookies'
import { CustomerId } from './ids'
import { serve, type LocalServer, type Received, type Reply } from './local-server.testing'

let server: LocalServer
afterEach(() => server.close())

async function accountsApi(reply: (request: Received, nth: number) => Reply, options: Partial<LiveChatOptions> = {}) {
  server = await serve(reply)
  return createLiveChat({
    accountsUrl: server.url,
    organizationId: 'org',
    clientId: 'client',
    redirectUri: 'https://hooks.acme.test/abc',
    agentAuthorization: () => Promise.resolve('Basic cGFpcg=='),
    retries: { firstPauseMs: 1 },
    ...options,
  }).accounts
}

const customerId = CustomerId.parse('5c1f8a0e-7d3b-4b62-9a41-2f6e0c9d7b15')
const body = { access_token: 'fra:token', entity_id: customerId, expires_in: 28800, token_type: 'Bearer' }
const setCookie = [
  `__lc_cid=${customerId}; Path=/v2/customer; Expires=Tue, 21 Nov 2028 10:00:00 GMT; HttpOnly; Secure`,
  '__lc_cst=abc=def; Path=/v2/customer; Expires=Tue, 21 Nov 2028 10:00:00 GMT; HttpOnly; Secure',
]

test('a new customer is made without cookies and without the agent token', async () => {
  const accounts = await accountsApi(() => ({ body, headers: { 'set-cookie': setCookie } }))
  expect(await accounts.customerToken()).toEqual({
    accessToken: 'fra:token',
    customerId,
    cookieSecret: 'abc=def',
    expiresInSeconds: 28800,
  })
  const [request] = server.received
  expect(request).toMatchObject({ method: 'POST', path: '/v2/customer/token' })
  expect(request?.headers).not.toHaveProperty('cookie')
  expect(request?.headers).not.toHaveProperty('authorization')
  expect(JSON.parse(request?.body ?? '')).toEqual({
    grant_type: 'cookie',
    response_type: 'token',
    client_id: 'client',
    organization_id: 'org',
    redirect_uri: 'https://hooks.acme.test/abc',
  })
})

test('a known customer comes back by both cookies', async () => {
  const accounts = await accountsApi(() => ({ body }))
  const token = await accounts.customerToken({ customerId, cookieSecret: 's3cr3t' })
  expect(server.received[0]?.headers.cookie).toBe(`__lc_cid=${customerId}; __lc_cst=s3cr3t`)
  expect(token).not.toHaveProperty('cookieSecret') // LiveChat need not send it again
})

test('another customer than the one asked for is the caller’s to notice', async () => {
  const accounts = await accountsApi(() => ({ body: { ...body, entity_id: 'somebody-else' } }))
  const token = await accounts.customerToken({ customerId, cookieSecret: 's3cr3t' })
  expect(token.customerId).toBe('somebody-else')
})

test.each(['oauth_exception', 'identity_exception'])('%s is a refusal even under status 200', async (key) => {
  const accounts = await accountsApi(() => ({ body: { ...body, [key]: 'unauthorized_client' } }))
  await expect(accounts.customerToken()).rejects.toMatchObject({ failure: 'credentials', type: 'unauthorized_client' })
})

test('a good body is a token whatever its status', async () => {
  const accounts = await accountsApi(() => ({ status: 401, body }))
  expect(await accounts.customerToken()).toMatchObject({ accessToken: 'fra:token' })
})

test.each(['access_token', 'entity_id'])('a success without %s is none', async (key) => {
  const accounts = await accountsApi(() => ({ body: { ...body, [key]: undefined } }))
  await expect(accounts.customerToken()).rejects.toMatchObject({ failure: 'unexpected' })
})

test('what LiveChat says is kept for the one who sets it up, out of sight of logs', async () => {
  const refusal = { oauth_exception: 'invalid_request', exception_description: 'redirect_uri is not allowed' }
  const accounts = await accountsApi(() => ({ status: 401, body: refusal }))
  const error: unknown = await accounts.customerToken().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ failure: 'credentials', vendorMessage: 'redirect_uri is not allowed' })
  expect(Object.keys(error as object)).not.toContain('vendorMessage')
})

test('a lost answer makes one customer too many at the most', async () => {
  const accounts = await accountsApi(() => 'cut')
  await expect(accounts.customerToken()).rejects.toMatchObject({ failure: 'try-later', outcomeUnknown: true })
  expect(server.received).toHaveLength(2)
})

test('for a known customer a lost answer is asked for again', async () => {
  const accounts = await accountsApi((_, nth) => (nth < 3 ? 'cut' : { body }))
  expect(await accounts.customerToken({ customerId, cookieSecret: 's3cr3t' })).toMatchObject({ customerId })
})

test('the token’s organization and owner are read with the agent token', async () => {
  const accounts = await accountsApi(({ path }) => ({
    body: path.endsWith('/my')
      ? { organization_id: 'org', name: 'Acme' }
      : { account_id: 'account', email: 'ada@acme.test' },
  }))
  expect(await accounts.organizationsMy()).toEqual({ organizationId: 'org', name: 'Acme' })
  expect(await accounts.accountsMe()).toMatchObject({ accountId: 'account', email: 'ada@acme.test' })
  expect(server.received.map(({ method, path, headers }) => [method, path, headers.authorization])).toEqual([
    ['GET', '/v2/organizations/my', 'Basic cGFpcg=='],
    ['GET', '/v2/accounts/me', 'Basic cGFpcg=='],
  ])
})

test('a token without the right to see its organization says so', async () => {
  const refusal = { error: 'unauthorized', error_description: 'no', sub_error: 'insufficient_scope' }
  const accounts = await accountsApi(() => ({ status: 401, body: refusal }))
  await expect(accounts.organizationsMy()).rejects.toMatchObject({
    failure: 'credentials',
    vendorMessage: 'insufficient_scope; no',
  })
})

test.each([
  { name: 'with an equals sign in it', headers: ['a=1=2; Path=/'], value: '1=2' },
  { name: 'set twice, the newest', headers: ['a=1', 'a=2'], value: '2' },
  { name: 'taken back', headers: ['a=; Max-Age=0'], value: undefined },
  { name: 'of another name', headers: ['ba=1', 'b=2; a=1'], value: undefined },
])('a cookie $name', ({ headers, value }) => {
  expect(cookieValue(headers, 'a')).toBe(value)
})

test("another grant asks for customers' tokens in its own way", async () => {
  const accounts = await accountsApi(() => ({ body, headers: { 'set-cookie': setCookie } }), {
    customerGrant: {
      request: (identity) =>
        Promise.resolve({
          body: { grant_type: 'agent_token', client_id: 'client', entity_id: identity?.customerId },
          headers: { Authorization: 'Bearer agent' },
        }),
      proofIn: () => 'no cookie needed',
    },
  })
  const token = await accounts.customerToken({ customerId, cookieSecret: 'unused' })
  expect(token).toMatchObject({ customerId, cookieSecret: 'no cookie needed' })
  const [request] = server.received
  expect(request?.headers).toMatchObject({ authorization: 'Bearer agent' })
  expect(request?.headers).not.toHaveProperty('cookie')
  expect(JSON.parse(request?.body ?? '')).toEqual({
    grant_type: 'agent_token',
    client_id: 'client',
    entity_id: customerId,
  })
})
