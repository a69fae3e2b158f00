import type { Api, Failure } from './errors'
import type { ApiRefusal } from './refusals'

/** Types of the chat and Configuration APIs [livechat.md: Errors]. Statuses are not published, so types decide. */
const FAILURE_BY_TYPE = new Map<string, Failure>([
  ['authentication', 'credentials'],
  ['chat_inactive', 'session-over'],
  ['chat_anonymized', 'not-found'], // the chat was wiped: start over
  ['not_found', 'not-found'],
  ['group_not_found', 'not-found'],
  ['greeting_not_found', 'not-found'],
  ['customer_banned', 'banned'],
  ['groups_offline', 'nobody-available'],
  ['group_offline', 'nobody-available'],
  ['group_unavailable', 'nobody-available'],
  ['agent_offline', 'nobody-available'],
  ['chat_limit_reached', 'chat-exists'],
  ['chat_already_active', 'chat-active'],
  ['entity_too_large', 'too-large'],
  ['customer_session_fields_limit_reached', 'too-large'],
  ['limit_reached', 'refused'],
  ['users_limit_reached', 'refused'],
  ['seats_limit_exceeded', 'refused'],
  ['already_exists', 'refused'],
  ['not_allowed', 'refused'],
  ['ownership_transfer', 'refused'],
  ['license_expired', 'refused'],
  ['license_not_found', 'refused'],
  ['wrong_product_version', 'refused'],
  ['requester_already_offline', 'refused'],
  ['requester_awaiting_approval', 'refused'],
  ['requester_suspended', 'refused'],
  ['too_many_requests', 'try-later'],
  ['pending_requests_limit_reached', 'try-later'],
  ['request_timeout', 'try-later'],
  ['service_unavailable', 'try-later'],
  ['internal', 'try-later'],
  ['validation', 'our-mistake'],
  ['unsupported_version', 'our-mistake'],
  ['misdirected_request', 'unexpected'], // followed once already when it gets here
])

/** Codes of the accounts service: both token exceptions and the organization calls [livechat.md: Errors]. */
const FAILURE_BY_ACCOUNTS_TYPE = new Map<string, Failure>([
  ['unauthorized', 'credentials'],
  ['unauthorized_client', 'credentials'], // client id unknown, or the redirect URI is not on the app's list
  ['invalid_client', 'credentials'],
  ['invalid_grant', 'credentials'],
  ['invalid_scope', 'credentials'],
  ['unsupported_grant_type', 'credentials'],
  ['unsupported_response_type', 'credentials'],
  ['client_id_not_found', 'credentials'],
  ['redirect_uri_not_set', 'credentials'],
  ['invalid_redirect_uri', 'credentials'],
  ['forbidden', 'credentials'],
  ['access_denied', 'credentials'],
  ['identity_lost', 'credentials'],
  ['credentials_login_disabled', 'refused'],
  ['join_link_expired', 'refused'],
  ['conflict', 'refused'],
  ['resource_not_found', 'not-found'],
  ['invalid_request', 'our-mistake'],
  ['bad_request', 'our-mistake'],
  ['too_many_redirects', 'try-later'],
  ['traffic_blocked', 'try-later'],
  ['server_error', 'try-later'],
  ['temporarily_unavailable', 'try-later'],
  ['not_implemented', 'unexpected'],
])

const FAILURE_BY_STATUS = new Map<number, Failure>([
  [400, 'our-mistake'],
  [401, 'credentials'],
  [404, 'not-found'],
  [408, 'try-later'],
  [409, 'refused'],
  [410, 'not-found'],
  [413, 'too-large'],
  [422, 'our-mistake'],
  [425, 'try-later'],
  [429, 'try-later'],
])

/** What an answer other than success means: by its type where there is one that we know, else by its status. */
export function failureOf(call: { api: Api; action: string }, refusal: ApiRefusal, status: number): Failure {
  return byMeaning(call, refusal) ?? byType(call.api, refusal.type) ?? byStatus(call.api, status)
}

/** Where one type stands for several things, the message or the method tells them apart. */
function byMeaning(
  { api, action }: { api: Api; action: string },
  { type, message = '' }: ApiRefusal,
): Failure | undefined {
  // "Customer chats limit reached" was seen under an unrecorded type. The agents' limit reads alike, hence the method.
  if (action === 'start_chat' && (type === 'limit_reached' || /chats? limit reached/i.test(message)))
    return 'chat-exists'
  if (type === 'validation' && /cannot assign any agent/i.test(message)) return 'nobody-available'
  if (api !== 'accounts') return undefined
  // A client id or an address that the app does not list is answered as a malformed request too.
  if (type === 'invalid_request' && /redirect|client/i.test(message)) return 'credentials'
  if (action === 'customer/token' && type === 'access_denied') return 'banned'
  return undefined
}

function byType(api: Api, type: string | undefined): Failure | undefined {
  if (type === undefined) return undefined
  if (type === 'authorization' || type === 'missing_access') return forbidden(api)
  return (api === 'accounts' ? FAILURE_BY_ACCOUNTS_TYPE.get(type) : undefined) ?? FAILURE_BY_TYPE.get(type)
}

function byStatus(api: Api, status: number): Failure {
  if (status === 403) return forbidden(api)
  return FAILURE_BY_STATUS.get(status) ?? (status >= 500 ? 'try-later' : 'unexpected')
}

/** A personal access token lacks a scope or a group; a customer's token has no scopes, so a new one would not help. */
function forbidden(api: Api): Failure {
  return api === 'customer' ? 'refused' : 'credentials'
}

/** Refused before anything was done, although the status alone could also mean a lost answer. */
const NOT_DONE_TYPES = new Set(['too_many_requests', 'pending_requests_limit_reached', 'service_unavailable'])

/** Whether a refused call may have been carried out all the same. */
export function outcomeUnknown({ type }: ApiRefusal, status: number): boolean {
  if (type !== undefined && NOT_DONE_TYPES.has(type)) return false
  return type === 'request_timeout' || status === 408 || status >= 500
}
