import { expect, test } from 'vitest'
import type { Api, Failure } from './errors'
import { failureOf } from './failures'
import { readRefusal } from './refusals'

const chatTypes: [type: string, failure: Failure][] = [
  ['agent_offline', 'nobody-available'],
  ['already_exists', 'refused'],
  ['authentication', 'credentials'],
  ['authorization', 'refused'],
  ['chat_already_active', 'chat-active'],
  ['chat_anonymized', 'not-found'],
  ['chat_inactive', 'session-over'],
  ['chat_limit_reached', 'chat-exists'],
  ['customer_banned', 'banned'],
  ['customer_session_fields_limit_reached', 'too-large'],
  ['entity_too_large', 'too-large'],
  ['greeting_not_found', 'not-found'],
  ['group_not_found', 'not-found'],
  ['group_offline', 'nobody-available'],
  ['group_unavailable', 'nobody-available'],
  ['groups_offline', 'nobody-available'],
  ['internal', 'try-later'],
  ['license_expired', 'refused'],
  ['license_not_found', 'refused'],
  ['limit_reached', 'refused'],
  ['misdirected_request', 'unexpected'],
  ['missing_access', 'refused'],
  ['not_allowed', 'refused'],
  ['not_found', 'not-found'],
  ['ownership_transfer', 'refused'],
  ['pending_requests_limit_reached', 'try-later'],
  ['request_timeout', 'try-later'],
  ['requester_already_offline', 'refused'],
  ['requester_awaiting_approval', 'refused'],
  ['requester_suspended', 'refused'],
  ['seats_limit_exceeded', 'refused'],
  ['service_unavailable', 'try-later'],
  ['too_many_requests', 'try-later'],
  ['unsupported_version', 'our-mistake'],
  ['users_limit_reached', 'refused'],
  ['validation', 'our-mistake'],
  ['wrong_product_version', 'refused'],
]

const means = (api: Api, action: string, body: unknown, status: number) =>
  failureOf({ api, action }, readRefusal(body) ?? {}, status)

test.each(chatTypes)('%s means %s, in both spellings and under any status', (type, failure) => {
  for (const spelling of [type, type.toUpperCase()]) {
    const body = { error: { type: spelling, message: 'said by LiveChat' } }
    expect(means('customer', 'send_event', body, 400)).toBe(failure)
    expect(means('customer', 'send_event', body, 503)).toBe(failure)
  }
})

test.each(['authorization', 'missing_access'])('%s of the agent token is a matter of its scopes', (type) => {
  expect(means('agent', 'get_chat', { error: { type } }, 403)).toBe('credentials')
  expect(means('configuration', 'register_webhook', { error: { type } }, 403)).toBe('credentials')
})

test.each([
  { name: 'the general limit', type: 'limit_reached', message: 'Limit reached' },
  { name: 'the message under any type', type: 'validation', message: 'Customer chats limit reached' },
])('a start refused by $name means that there is a chat', ({ type, message }) => {
  expect(means('customer', 'start_chat', { error: { type, message } }, 422)).toBe('chat-exists')
})

test('the limit of agents in a chat, which reads alike, does not', () => {
  const error = { type: 'limit_reached', message: 'Public agents in chat limit reached' }
  expect(means('agent', 'add_user_to_chat', { error }, 422)).toBe('refused')
})

test('a validation that nobody can be assigned is not our mistake', () => {
  const error = { type: 'validation', message: 'Cannot assign any agent from requested groups' }
  expect(means('agent', 'transfer_chat', { error }, 400)).toBe('nobody-available')
})

const accountsBodies: { body: unknown; failure: Failure }[] = [
  { body: { oauth_exception: 'unauthorized_client' }, failure: 'credentials' },
  { body: { oauth_exception: 'invalid_client' }, failure: 'credentials' },
  { body: { oauth_exception: 'invalid_grant' }, failure: 'credentials' },
  { body: { oauth_exception: 'unsupported_grant_type' }, failure: 'credentials' },
  { body: { oauth_exception: 'forbidden' }, failure: 'credentials' },
  { body: { oauth_exception: 'conflict' }, failure: 'refused' },
  { body: { oauth_exception: 'resource_not_found' }, failure: 'not-found' },
  { body: { oauth_exception: 'invalid_request' }, failure: 'our-mistake' },
  { body: { oauth_exception: 'bad_request' }, failure: 'our-mistake' },
  { body: { oauth_exception: 'server_error' }, failure: 'try-later' },
  { body: { oauth_exception: 'temporarily_unavailable' }, failure: 'try-later' },
  {
    body: { oauth_exception: 'invalid_request', exception_description: 'redirect_uri is not allowed' },
    failure: 'credentials',
  },
  { body: { oauth_exception: 'access_denied' }, failure: 'banned' },
  { body: { identity_exception: 'access_denied', description: 'banned' }, failure: 'banned' },
  { body: { identity_exception: 'UNAUTHORIZED' }, failure: 'credentials' },
  { body: { identity_exception: 'identity_lost' }, failure: 'credentials' },
  { body: { identity_exception: 'credentials_login_disabled' }, failure: 'refused' },
  { body: { identity_exception: 'server_error' }, failure: 'try-later' },
]

test.each(accountsBodies)('a customer token answered $body means $failure', ({ body, failure }) => {
  expect(means('accounts', 'customer/token', body, 401)).toBe(failure)
})

test.each([
  { error: 'unauthorized', failure: 'credentials' },
  { error: 'access_denied', failure: 'credentials' },
  { error: 'resource_not_found', failure: 'not-found' },
  { error: 'traffic_blocked', failure: 'try-later' },
  { error: 'temporarily_unavailable', failure: 'try-later' },
  { error: 'invalid_request', failure: 'our-mistake' },
])('an organization call answered $error means $failure', ({ error, failure }) => {
  const body = { error, error_description: 'words', sub_error: null, request_id: 'x' }
  expect(means('accounts', 'organizations/my', body, 400)).toBe(failure)
})

test.each([
  { status: 400, failure: 'our-mistake' },
  { status: 401, failure: 'credentials' },
  { status: 403, failure: 'refused' },
  { status: 404, failure: 'not-found' },
  { status: 408, failure: 'try-later' },
  { status: 409, failure: 'refused' },
  { status: 410, failure: 'not-found' },
  { status: 413, failure: 'too-large' },
  { status: 418, failure: 'unexpected' },
  { status: 422, failure: 'our-mistake' },
  { status: 429, failure: 'try-later' },
  { status: 500, failure: 'try-later' },
  { status: 502, failure: 'try-later' },
  { status: 503, failure: 'try-later' },
  { status: 504, failure: 'try-later' },
  { status: 301, failure: 'unexpected' },
])('without a type that we know, status $status means $failure', ({ status, failure }) => {
  for (const body of [undefined, null, 'text', [], {}, { error: null }, { error: { type: 'brand_new' } }]) {
    expect(means('customer', 'send_event', body, status)).toBe(failure)
  }
})
