import type { Fault } from '../../sandbox/http/faults'

/** One way in which a remote call goes wrong: once, or `always` for as long as the scene lasts. */
export type Kind = {
  name: string
  fault: Omit<Fault, 'operation'>
  always?: boolean
  /** Something could be lost or done twice here. */
  isTelling?: boolean
}

/** A vendor's message may repeat what somebody wrote, so it goes nowhere. */
export const VENDORS_WORDS = 'words-of-the-vendor'

const HTML = '<html><body><h1>502 Bad Gateway</h1></body></html>'
const BROKEN_JSON = '{"chat_id": "PJ0MRSHT'

const answer = (status: number, body: unknown, headers?: Record<string, string>): Kind['fault'] => ({
  kind: 'answer',
  status,
  body,
  ...(headers && { headers }),
})
const lasting = (fault: Kind['fault']): Kind['fault'] => ({ ...fault, times: Infinity })

const liveChatError = (type: string, data?: object) => ({
  error: { type, message: `${VENDORS_WORDS}: ${type}`, ...(data && { data }) },
})
const botpressError = (type: string, code: number) => ({
  id: 'err_emulated',
  code,
  type,
  message: `${VENDORS_WORDS}: ${type}`,
})

let regions = 0

/** What the network and a failing LiveChat do to any call. */
export const LIVECHAT_KINDS: Kind[] = [
  { name: 'connection cut before', fault: { kind: 'refuse' } },
  { name: 'cut after the work', fault: { kind: 'reset-after' }, isTelling: true },
  { name: 'silence', fault: { kind: 'silence' } },
  { name: '429', fault: answer(429, liveChatError('too_many_requests')) },
  { name: '429, Retry-After', fault: answer(429, liveChatError('too_many_requests'), { 'retry-after': '0.3' }) },
  { name: '500', fault: answer(500, liveChatError('internal')) },
  { name: '502, HTML', fault: answer(502, HTML) },
  { name: 'broken JSON after the work', fault: { kind: 'answer-after', status: 200, body: BROKEN_JSON } },
  { name: 'token expired', fault: answer(401, liveChatError('authentication')) },
  {
    name: 'other region',
    get fault() {
      regions += 1 // one that was followed is not followed again
      return answer(421, liveChatError('misdirected_request', { region: `region-${regions}` }))
    },
  },
  { name: 'down', fault: lasting({ kind: 'refuse' }), always: true, isTelling: true },
  { name: 'silent', fault: lasting({ kind: 'silence' }), always: true },
]

/** The same for Botpress. Its client repeats by itself, after 1 s where the answer names no time. */
export const BOTPRESS_KINDS: Kind[] = [
  { name: 'connection cut before', fault: { kind: 'refuse' } },
  { name: 'cut after the work', fault: { kind: 'reset-after' }, isTelling: true },
  { name: '429, Retry-After', fault: answer(429, botpressError('RateLimited', 429), { 'retry-after': '0' }) },
  { name: '500', fault: answer(500, botpressError('Internal', 500), { 'retry-after': '0' }) },
  { name: '502, HTML', fault: answer(502, HTML, { 'retry-after': '0' }) },
  { name: 'broken JSON after the work', fault: { kind: 'answer-after', status: 200, body: '{"message":' } },
  {
    name: 'always 500',
    fault: lasting(answer(500, botpressError('Internal', 500), { 'retry-after': '0' })),
    always: true,
  },
]

/** Types of errors that LiveChat documents (Errors, Customer and Agent Chat API; Accounts: OpenAPI). */
const CUSTOMER_TYPES = [
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
const AGENT_TYPES = [
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
const CONFIGURATION_TYPES = [
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

/** Every documented refusal of the service that an operation belongs to. */
export function documentedKinds({ to, operation }: { to: 'livechat' | 'botpress'; operation: string }): Kind[] {
  if (to === 'botpress') {
    return Object.entries(BOTPRESS_TYPES).map(([name, code]) => ({
      name,
      fault: lasting(answer(code, botpressError(name, code), { 'retry-after': '0' })),
      always: true,
    }))
  }
  const [api] = operation.split('/')
  if (api === 'accounts') return accountsKinds()
  const types = api === 'customer' ? CUSTOMER_TYPES : api === 'agent' ? AGENT_TYPES : CONFIGURATION_TYPES
  return types.map(([name, status]) => ({ name, fault: lasting(answer(status, liveChatError(name))), always: true }))
}

function accountsKinds(): Kind[] {
  const kind = (shape: string, name: string): Kind => ({
    name,
    fault: lasting(answer(401, { [shape]: name, exception_description: `${VENDORS_WORDS}: ${name}` })),
    always: true,
  })
  return [
    ...OAUTH_TYPES.map((name) => kind('oauth_exception', name)),
    ...IDENTITY_TYPES.map((name) => ({ ...kind('identity_exception', name), name: `identity: ${name}` })),
  ]
}
