import { describe, expect, test } from 'vitest'
import type { Json } from './livechat-client'
import { useLiveChat } from './use-livechat'

let now = Date.now()
const { livechat, calls } = await useLiveChat({ now: () => now })

/** The two cookies of an answer, as a client would send them back. */
function cookiesOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

describe('customer tokens', () => {
  test('a token carries its region, its customer and two cookies', async () => {
    const { status, body, headers } = await calls.token()
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 28_800, client_id: livechat.credentials.clientId })
    expect(body.access_token).toMatch(/^dal:/)
    expect(headers.getSetCookie()).toEqual([
      expect.stringContaining(`__lc_cid=${String(body.entity_id)}; Path=/v2/customer;`),
      expect.stringMatching(/^__lc_cst=[0-9a-f]{32};.*Max-Age=63072000/),
    ])
  })

  test('every call without cookies makes a new identity', async () => {
    const [first, second] = [await calls.token(), await calls.token()]
    expect(first.body.entity_id).not.toBe(second.body.entity_id)
  })

  test.each([{ join: '; ' }, { join: ';' }])(
    'cookies joined by "$join" bring the same customer back',
    async ({ join }) => {
      const first = await calls.token()
      const cookie = cookiesOf(first.headers).replace('; ', join)
      const again = await calls.token({}, { cookie })
      expect(again.body.entity_id).toBe(first.body.entity_id)
      expect(again.body.access_token).not.toBe(first.body.access_token)
      expect(cookiesOf(again.headers)).toBe(cookiesOf(first.headers))
    },
  )

  test('with rotation each call gives a new secret, and the old one stays valid unless it is set to die', async () => {
    livechat.settings.accounts.rotateCookieSecret = true
    const first = await calls.token()
    const cookie = cookiesOf(first.headers)
    const second = await calls.token({}, { cookie })
    expect(cookiesOf(second.headers)).not.toBe(cookie)
    expect((await calls.token({}, { cookie })).body.entity_id).toBe(first.body.entity_id)
    livechat.settings.accounts.oldSecretsDie = true
    await calls.token({}, { cookie })
    expect((await calls.token({}, { cookie })).body).toMatchObject({ identity_exception: 'unauthorized' })
  })

  test.each([
    { name: 'a forged secret', cookie: (id: string) => `__lc_cid=${id}; __lc_cst=${'0'.repeat(32)}` },
    { name: 'an unknown customer', cookie: () => `__lc_cid=nobody; __lc_cst=${'0'.repeat(32)}` },
  ])('$name is refused', async ({ cookie }) => {
    const { body } = await calls.token()
    const refused = await calls.token({}, { cookie: cookie(String(body.entity_id)) })
    expect(refused).toMatchObject({ status: 401, body: { identity_exception: 'unauthorized' } })
  })

  test.each([
    { rule: 'refuse' as const, expected: { status: 401, body: { identity_exception: 'unauthorized' } } },
    { rule: 'ignore' as const, expected: { status: 200 } },
  ])('replayed cookies can be set to $rule', async ({ rule, expected }) => {
    const first = await calls.token()
    livechat.settings.accounts.cookies = rule
    const again = await calls.token({}, { cookie: cookiesOf(first.headers) })
    expect(again).toMatchObject(expected)
    expect(again.body.entity_id).not.toBe(first.body.entity_id)
  })

  test('cookies can be missing from the answer', async () => {
    livechat.settings.accounts.sendCookies = false
    expect((await calls.token()).headers.getSetCookie()).toEqual([])
  })

  test('a banned customer gets no token', async () => {
    const { body, headers } = await calls.token()
    livechat.customer(String(body.entity_id)).isBanned()
    const refused = await calls.token({}, { cookie: cookiesOf(headers) })
    expect(refused.body).toMatchObject({ identity_exception: 'access_denied' })
  })

  test.each([
    { name: 'an identity asked for by its id', body: { entity_id: 'somebody' }, code: 'invalid_request' },
    { name: 'another grant', body: { grant_type: 'password' }, code: 'unsupported_grant_type' },
    { name: 'no client', body: { client_id: undefined }, code: 'invalid_request' },
    { name: 'an unknown client', body: { client_id: 'ffff' }, code: 'unauthorized_client' },
    { name: 'no organization', body: { organization_id: undefined }, code: 'invalid_request' },
    { name: 'another organization', body: { organization_id: 'x' }, code: 'invalid_request' },
    { name: 'no redirect URI', body: { redirect_uri: undefined }, code: 'invalid_request' },
    { name: 'a code instead of a token', body: { response_type: 'code' }, code: 'invalid_request' },
  ])('$name is refused', async ({ body, code }) => {
    const refused = await calls.token(body as Json)
    expect(refused).toMatchObject({ status: 401, body: { oauth_exception: code } })
    expect(refused.body.exception_description).toEqual(expect.any(String))
  })

  test.each([
    { allowed: 'https://hooks.acme.test', asked: 'https://hooks.acme.test/abc', passes: true },
    { allowed: 'https://hooks.acme.test', asked: 'https://hooks.acme.test', passes: true },
    { allowed: 'https://hooks.acme.test/abc', asked: 'https://hooks.acme.test/abc/def', passes: true },
    { allowed: 'https://hooks.acme.test/abc', asked: 'https://hooks.acme.test', passes: false },
    { allowed: 'https://hooks.acme.test', asked: 'http://hooks.acme.test/abc', passes: false },
    { allowed: 'https://hooks.acme.test', asked: 'https://hooks.acme.test:8443/abc', passes: false },
    { allowed: 'https://hooks.acme.test', asked: 'https://evil.test/abc', passes: false },
    { allowed: 'https://hooks.acme.test', asked: 'https://hooks.acme.test/a/../b', passes: false },
    { allowed: 'https://hooks.acme.test', asked: 'https://hooks.acme.test/abc?x=1', passes: false },
    { allowed: 'https://hooks.acme.test', asked: 'https://hooks.acme.test/abc#x', passes: false },
    { allowed: 'https://hooks.acme.test', asked: 'no address', passes: false },
  ])('whitelist $allowed, redirect URI $asked: $passes', async ({ allowed, asked, passes }) => {
    livechat.store.apps.get(livechat.credentials.clientId)?.redirectUris.splice(0, 1, allowed)
    const { status, body } = await calls.token({ redirect_uri: asked })
    expect(status).toBe(passes ? 200 : 401)
    if (!passes) expect(body).toMatchObject({ oauth_exception: 'unauthorized_client' })
  })

  test.each([
    { type: undefined, passes: true },
    { type: 'application/json; charset=utf-8', passes: true },
    { type: 'text/plain', passes: false },
  ])('a request of content type $type: $passes', async ({ type, passes }) => {
    const { clientId, organizationId } = livechat.credentials
    const redirect_uri = 'https://webhook.botpress.cloud/abc'
    const request = { grant_type: 'cookie', client_id: clientId, organization_id: organizationId, redirect_uri }
    const response = await fetch(`${livechat.url}/v2/customer/token`, {
      method: 'POST',
      headers: type ? { 'content-type': type } : {},
      body: new TextEncoder().encode(JSON.stringify(request)), // bytes, so that fetch adds no type of its own
    })
    expect(response.status).toBe(passes ? 200 : 401)
  })

  test('the Origin header stands in for a missing redirect URI', async () => {
    const { status } = await calls.token({ redirect_uri: undefined }, { origin: 'https://webhook.botpress.cloud' })
    expect(status).toBe(200)
  })

  test('25 tokens of a customer live; the 26th revokes the oldest', async () => {
    const first = await calls.token()
    const cookie = cookiesOf(first.headers)
    for (let count = 2; count <= 25; count += 1) await calls.token({}, { cookie })
    expect((await calls.customer(String(first.body.access_token), 'get_customer')).status).toBe(200)
    await calls.token({}, { cookie })
    const refused = await calls.customer(String(first.body.access_token), 'get_customer')
    expect(refused).toMatchObject({ status: 401, body: { error: { type: 'authentication' } } })
  })

  test('a token dies with its lifetime', async () => {
    const { body } = await calls.token({ expires_in: 60 })
    now += 59_000
    expect((await calls.customer(String(body.access_token), 'get_customer')).status).toBe(200)
    now += 2_000
    expect((await calls.customer(String(body.access_token), 'get_customer')).status).toBe(401)
  })

  test('a token can be looked at and revoked', async () => {
    const { body } = await calls.token()
    const headers = { authorization: `Bearer ${String(body.access_token)}` }
    const info = await fetch(`${livechat.url}/v2/customer/info`, { headers })
    expect(await info.json()).toMatchObject({ entity_id: body.entity_id, access_token: body.access_token })
    expect((await fetch(`${livechat.url}/v2/customer/token`, { method: 'DELETE', headers })).status).toBe(200)
    expect((await fetch(`${livechat.url}/v2/customer/info`, { headers })).status).toBe(401)
  })
})

describe('the owner of a personal access token', () => {
  const get = (path: string, authorization: string) => fetch(`${livechat.url}${path}`, { headers: { authorization } })

  test('is known from accounts/me, without any scope', async () => {
    const response = await get('/v2/accounts/me', `Basic ${livechat.credentials.minimalToken}`)
    expect(await response.json()).toMatchObject({ email: 'owner@acme.test' })
  })

  test('belongs to the organization', async () => {
    const response = await get('/v2/organizations/my', `Basic ${livechat.credentials.fullToken}`)
    expect(await response.json()).toMatchObject({ organization_id: livechat.credentials.organizationId })
  })

  test.each(['/v2/accounts/me', '/v2/organizations/my'])('%s refuses a wrong token in its own words', async (path) => {
    const response = await get(path, 'Basic d3Jvbmc6dG9rZW4=')
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ error: 'unauthorized', error_description: expect.any(String) })
  })
})
