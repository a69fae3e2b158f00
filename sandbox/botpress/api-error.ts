import { newErrorId } from './ids'

/** HTTP status of each error type. */
const STATUS = {
  Unknown: 500,
  Internal: 500,
  Unauthorized: 401,
  Forbidden: 403,
  PayloadTooLarge: 413,
  InvalidPayload: 400,
  InvalidDataFormat: 400,
  UnsupportedMediaType: 415,
  MethodNotFound: 405,
  ResourceNotFound: 404,
  InvalidQuery: 400,
  ReferenceNotFound: 400,
  Runtime: 400,
  AlreadyExists: 409,
  ResourceLockedConflict: 409,
  RateLimited: 429,
  OperationTimeout: 504,
} as const

type ApiErrorType = keyof typeof STATUS

/** A refusal as the platform words it: four keys, of which the client chooses its error class by `type` alone. */
export class ApiError extends Error {
  readonly id: string
  constructor(
    readonly type: ApiErrorType,
    message: string,
    readonly metadata?: unknown,
  ) {
    super(message)
    this.name = 'ApiError'
    this.id = newErrorId(Date.now())
  }

  get status(): number {
    return STATUS[this.type]
  }

  toBody() {
    const { id, type, message, status: code, metadata } = this
    return { id, code, type, message, ...(metadata === undefined ? {} : { metadata }) }
  }
}

/** How an action, `register` or another call to the integration fails for whoever asked for it. */
export class ActionFailed extends ApiError {
  override readonly name = 'ActionFailed'
}
