/** Error types of the chat and configuration APIs with the status LiveChat is seen or assumed to use: none is published. */
const STATUS_BY_TYPE = {
  authentication: 401,
  authorization: 403,
  missing_access: 403,
  validation: 400,
  not_found: 404,
  group_not_found: 404,
  already_exists: 409,
  chat_inactive: 422,
  chat_anonymized: 422,
  customer_banned: 403,
  groups_offline: 422,
  limit_reached: 422,
  chat_limit_reached: 422,
  chat_already_active: 422,
  customer_session_fields_limit_reached: 422,
  entity_too_large: 413,
  misdirected_request: 421,
  too_many_requests: 429,
  request_timeout: 504,
  service_unavailable: 503,
  internal: 500,
  license_expired: 403,
  license_not_found: 404,
  wrong_product_version: 403,
  agent_offline: 422,
  unsupported_version: 400,
} as const

export type ErrorType = keyof typeof STATUS_BY_TYPE

/** A refusal in the vendor's words. */
export class ApiError extends Error {
  readonly status: number

  constructor(
    readonly type: ErrorType,
    message: string,
    readonly options: { data?: Record<string, unknown>; status?: number } = {},
  ) {
    super(message)
    this.status = options.status ?? STATUS_BY_TYPE[type]
  }

  get body(): Record<string, unknown> {
    const { data } = this.options
    return { error: { type: this.type, message: this.message, ...(data && { data }) } }
  }
}

/** The answer LiveChat gives for an error type, ready for a fault of kind `answer`. */
export function errorAnswer(
  type: ErrorType,
  message: string = type,
  data?: Record<string, unknown>,
): { status: number; body: Record<string, unknown> } {
  const error = new ApiError(type, message, { data })
  return { status: error.status, body: error.body }
}

/** A refusal of the customer token endpoints, whose body is a different one. */
export class AccountsError extends Error {
  readonly status = 401

  constructor(
    readonly kind: 'oauth_exception' | 'identity_exception',
    readonly code: string,
    description: string,
  ) {
    super(description)
  }

  get body(): Record<string, unknown> {
    return { [this.kind]: this.code, exception_description: this.message }
  }
}
