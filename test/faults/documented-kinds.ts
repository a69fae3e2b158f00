import { failureOf } from '../../src/livechat/failures'
import { answer, botpressError, lasting, liveChatError, VENDORS_WORDS, type Kind } from './kinds'
import type { RemoteCall } from './stage'

/** Types of errors that LiveChat documents (Errors, Customer and Agent Chat API; Accounts: OpenAPI). */
const customer = [
  ['authorization', 403],
  ['chat_anonymized', 422],
  ['chat_inactive', 422],
  ['customer_banned', 403],
  ['entity_too_large', 413],
  ['group_not_found', 404],
  ['group_offline', 422],
  ['group_unavailable', 422],
  ['groups_offline', 422],
  ['greeting_not_found', 404],
  ['internal', 500],
  ['license_expired', 403],
  ['license_not_found', 404],
  ['limit_reached', 422],
  ['chat_limit_reached', 422],
  ['chat_already_active', 422],
  ['customer_session_fields_limit_reached', 422],
  ['request_timeout', 504],
  ['service_unavailable', 503],
  ['unsupported_version', 400],
  ['validation', 400],
  ['wrong_product_version', 403],
] as const
const agent = [
  ['agent_offline', 422],
  ['authentication', 401],
  ['authorization', 403],
  ['chat_inactive', 422],
  ['entity_too_large', 413],
  ['internal', 500],
  ['license_expired', 403],
  ['license_not_found', 404],
  ['limit_reached', 422],
  ['missing_access', 403],
  ['not_found', 404],
  ['request_timeout', 504],
  ['service_unavailable', 503],
  ['unsupported_version', 400],
  ['validation', 400],
  ['wrong_product_version', 403],
] as const
const configuration = [
  ['authentication', 401],
  ['authorization', 403],
  ['already_exists', 409],
  ['group_not_found', 404],
  ['internal', 500],
  ['license_expired', 403],
  ['limit_reached', 422],
  ['not_found', 404],
  ['ownership_transfer', 400],
  ['unsupported_version', 400],
  ['validation', 400],
] as const
const TYPES = { customer, agent, configuration }

const OAUTH_TYPES = [
  'invalid_request',
  'bad_request',
  'unauthorized_client',
  'access_denied',
  'invalid_grant',
  'invalid_client',
  'unsupported_grant_type',
  'forbidden',
  'conflict',
  'resource_not_found',
  'server_error',
  'temporarily_unavailable',
]
const IDENTITY_TYPES = [
  'unauthorized',
  'invalid_request',
  'server_error',
  'access_denied',
  'identity_lost',
  'credentials_login_disabled',
]

const BOTPRESS_TYPES = {
  Unknown: 500,
  Internal: 500,
  Unauthorized: 401,
  Forbidden: 403,
  PayloadTooLarge: 413,
  InvalidPayload: 400,
  UnsupportedMediaType: 415,
  MethodNotFound: 405,
  ResourceNotFound: 404,
  InvalidJsonSchema: 400,
  InvalidDataFormat: 400,
  InvalidIdentifier: 400,
  BreakingChanges: 400,
  RelationConflict: 409,
  ReferenceConstraint: 409,
  ResourceLockedConflict: 409,
  ResourceGone: 410,
  ReferenceNotFound: 400,
  InvalidQuery: 400,
  Runtime: 400,
  AlreadyExists: 409,
  PaymentRequired: 402,
  QuotaExceeded: 403,
  LimitExceeded: 413,
  OperationTimeout: 504,
}

/** Calls at which every documented type is tried by name; at the others one type stands for all that mean the same. */
const THOROUGHLY = ['customer/start_chat', 'customer/send_event', 'accounts/token', 'getState', 'getOrCreateMessage']

/** The documented refusals of the service that an operation belongs to. */
export function documentedKinds({ to, operation }: RemoteCall): Kind[] {
  const kinds = to === 'botpress' ? botpressKinds() : liveChatKinds(operation)
  if (THOROUGHLY.includes(operation)) return kinds.map(({ kind }) => kind)
  const byMeaning = new Map(kinds.toReversed().map((documented) => [documented.meaning, documented.kind]))
  return [...byMeaning.values()].toReversed()
}

/** `meaning`: what our own code makes of it; a test beside `failures.ts` holds each type to its meaning. */
type Documented = { kind: Kind; meaning: string }

function botpressKinds(): Documented[] {
  return Object.entries(BOTPRESS_TYPES).map(([name, code]) => ({
    kind: { name, fault: lasting(answer(code, botpressError(name, code), { 'retry-after': '0' })), always: true },
    meaning: name === 'Runtime' ? name : String(code),
  }))
}

function liveChatKinds(operation: string): Documented[] {
  const [api, action = ''] = operation.split('/')
  if (api === 'accounts') return accountsKinds()
  const of = { api: api as 'customer' | 'agent' | 'configuration', action }
  const documented = TYPES[of.api].map(([type, status]) => ({
    kind: { name: type, fault: lasting(answer(status, liveChatError(type))), always: true },
    meaning: failureOf(of, { type }, status),
  }))
  // A webhook that is said to be gone is what removing it wants.
  return documented.filter(({ meaning }) => action !== 'unregister_webhook' || meaning !== 'not-found')
}

function accountsKinds(): Documented[] {
  const kind = (shape: string, name: string, code: string): Documented => ({
    kind: { name, fault: lasting(answer(401, { [shape]: code, exception_description: VENDORS_WORDS })), always: true },
    meaning: failureOf({ api: 'accounts', action: 'customer/token' }, { type: code }, 401),
  })
  return [
    ...OAUTH_TYPES.map((code) => kind('oauth_exception', code, code)),
    ...IDENTITY_TYPES.map((code) => kind('identity_exception', `identity: ${code}`, code)),
  ]
}
