import { isApiError } from '@botpress/client'
import type { Logger } from './bp'
import { LiveChatError } from './livechat/errors'
import { isRefusal } from './problems'

/** Steps and ids only: never a token, a secret, an address or what somebody wrote. Agents' ids are e-mail addresses. */
export type Log = {
  info: (text: string) => void
  warn: (text: string) => void
  error: (text: string) => void
  /** Something did not work: says what, and of the error only what may be said; faults of our code are reported too. */
  failed: (what: string, error: unknown) => void
}

/** Lines that the bot owner sees in Studio too. `report` hears of every error that something failed with. */
export function logFor(logger: Logger, report: (error: unknown) => void): Log {
  const visible = logger.forBot()
  return {
    info: (text) => visible.info(text),
    warn: (text) => visible.warn(text),
    error: (text) => visible.error(text),
    failed: (what, error) => {
      visible.error(`${what}: ${describe(error)}`)
      report(error)
    },
  }
}

/** What may be said of an error in a log: an unknown one could quote anything, so only its name and place are logged. */
export function describe(error: unknown): string {
  if (error instanceof LiveChatError) return error.message
  if (isRefusal(error)) return error.problem
  if (isApiError(error)) return `Botpress: ${error.type} (${error.code})`
  if (!(error instanceof Error)) return 'something that is no error was thrown'
  const place = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))
  return [error.name, place?.trim()].filter(Boolean).join(' ')
}
