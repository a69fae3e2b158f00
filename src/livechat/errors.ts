/** Which of LiveChat's APIs was called. */
export type Api = 'customer' | 'agent' | 'configuration' | 'accounts'

/** What a failed call means to the caller. */
export type Failure =
  /**
   * The token is expired, revoked or unknown, the app's client id or redirect URI is not accepted, or the agent token lacks
   * a scope or a group. A customer's token that is merely not allowed something is `refused`: a new one would not help.
   */
  | 'credentials'
  /** The chat has no active thread any more. */
  | 'session-over'
  /** No agent of the group is online and the chat was not allowed to wait, or the agent asked for cannot take it. */
  | 'nobody-available'
  /** The customer has a chat already (one chat per customer): resume it. */
  | 'chat-exists'
  /** The chat to resume is active already: just send. */
  | 'chat-active'
  /** The customer is banned. */
  | 'banned'
  | 'not-found'
  /** A file or a request over the limit. */
  | 'too-large'
  /** Well understood and declined: not allowed, a limit met, something that exists already, the licence. */
  | 'refused'
  /** Nothing is wrong that time would not cure. */
  | 'try-later'
  /** A request that LiveChat calls malformed. */
  | 'our-mistake'
  | 'unexpected'

type LiveChatErrorDetails = {
  api: Api
  /** The vendor's name of the method: `start_chat`, `token`. */
  action: string
  failure: Failure
  status?: number
  /** The vendor's error type in lower case, or the code of a failed connection (`ECONNREFUSED`). */
  type?: string
  region?: string
  retryAfterMs?: number
  outcomeUnknown?: boolean
  vendorMessage?: string
  /** Only ever a scrubbed error: an error of axios carries tokens and texts. */
  cause?: Error
}

/** Longest vendor message that an error keeps, in characters. */
const MAX_VENDOR_MESSAGE_CHARACTERS = 300

/**
 * A call to LiveChat that did not succeed. Neither the message nor any enumerable property holds a token, a cookie,
 * an address or what somebody wrote.
 */
export class LiveChatError extends Error {
  override readonly name = 'LiveChatError'
  readonly api: Api
  readonly action: string
  readonly failure: Failure
  declare readonly status?: number
  declare readonly type?: string
  /** The region that LiveChat names in `misdirected_request`, to be sent back exactly so. */
  declare readonly region?: string
  /** How long LiveChat asks to wait, in milliseconds. */
  declare readonly retryAfterMs?: number
  /** The request may have been carried out: its answer was lost, late or unreadable. */
  readonly outcomeUnknown: boolean
  /** What LiveChat says, cut. Not enumerable and not in `message`: it could repeat what somebody wrote. */
  declare readonly vendorMessage?: string

  constructor({ vendorMessage, cause, outcomeUnknown = false, ...details }: LiveChatErrorDetails) {
    super(sentence(details), cause && { cause })
    this.api = details.api
    this.action = details.action
    this.failure = details.failure
    this.outcomeUnknown = outcomeUnknown
    if (details.status !== undefined) this.status = details.status
    if (details.type !== undefined) this.type = details.type
    if (details.region !== undefined) this.region = details.region
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs
    const value = vendorMessage?.slice(0, MAX_VENDOR_MESSAGE_CHARACTERS)
    Object.defineProperty(this, 'vendorMessage', { value, enumerable: false })
  }
}

function sentence({ api, action, failure, type, status }: LiveChatErrorDetails): string {
  const facts = [type, status === undefined ? undefined : `HTTP ${status}`].filter((fact) => fact !== undefined)
  return `LiveChat ${api} ${action}: ${failure}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`
}

/** Whether `error` is a refusal of LiveChat that means one of `failures`. */
export function isFailure(error: unknown, ...failures: Failure[]): error is LiveChatError {
  return error instanceof LiveChatError && failures.includes(error.failure)
}

/** Whether LiveChat says that this customer or token may not do it, whoever asks; a new token would not help. */
export function isFailureOfAccess(error: unknown): error is LiveChatError {
  return error instanceof LiveChatError && (error.type === 'authorization' || error.type === 'missing_access')
}
