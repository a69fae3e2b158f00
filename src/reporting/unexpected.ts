import { isApiError } from '@botpress/client'
import { LiveChatError } from '../livechat/errors'
import { Signal } from '../signal'

/** Whether an error means a fault of this code: not a wrong setting, a vendor that is down, or somebody's refusal. */
export function isUnexpected(error: unknown): boolean {
  if (error instanceof LiveChatError) return error.failure === 'unexpected' || error.failure === 'our-mistake'
  // `Runtime` is a sentence for the bot owner; the other 400s say that we asked Botpress for something malformed.
  if (isApiError(error)) return error.code === 400 && error.type !== 'Runtime'
  return !(error instanceof Signal)
}
