import { isApiError, OperationTimeoutError } from '@botpress/client'
import type { Client } from './bp'
import { inTime, type Clock } from './clock'

/** Before a call is made again that met a locked object or a server in trouble, in milliseconds. */
const REPEAT_AFTER_MS = 250

/** Nobody waits for the call any more, whatever becomes of it. */
class TooLate extends OperationTimeoutError {}

const tooLate = () => new TooLate('Botpress did not answer in time')

/**
 * The same client within our time: a call ends after `limitMs()`, and none begins when that is 0. A call that met a
 * conflict is made once more, and, unless `isRepeating` is false, one that met a server error which the SDK's client does
 * not repeat by itself.
 */
export function boundedClient(
  client: Client,
  limitMs: () => number,
  clock: Clock,
  { isRepeating = true } = {},
): Client {
  return new Proxy(client, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      const call = async (args: unknown[]): Promise<unknown> => {
        const ms = limitMs()
        if (ms <= 0) throw tooLate()
        return inTime(Reflect.apply(member, target, args) as Promise<unknown>, { ms, tooLate }, clock)
      }
      return async (...args: unknown[]) => {
        try {
          return await call(args)
        } catch (error) {
          if (!isConflict(error) && !(isRepeating && isWorthRepeating(String(name), error))) throw error
          await clock.sleep(REPEAT_AFTER_MS)
          return call(args)
        }
      }
    },
  })
}

/**
 * The SDK's client repeats GET and PUT after any server error, but POST only after 429 and 502. A user made twice is one
 * too many, whom nobody ever meets.
 */
const REPEATABLE_POST = /^(getOrCreate|getOrSet|setState|createUser)/

function isWorthRepeating(operation: string, error: unknown): boolean {
  return isApiError(error) && !(error instanceof TooLate) && error.code >= 500 && REPEATABLE_POST.test(operation)
}

/** Nothing was done. */
const isConflict = (error: unknown): boolean =>
  isApiError(error) && (error.type === 'ResourceLockedConflict' || error.type === 'AlreadyExists')

/** A locked object, or a crowd. */
const PASSING_CODES = new Set<number>([408, 409, 429])

/** Whether Botpress has no such object. */
export const isNotFound = (error: unknown): boolean => isApiError(error) && error.type === 'ResourceNotFound'

/** Whether Botpress refused a call, and would refuse it again. */
export function isRefusedForGood(error: unknown): boolean {
  return isApiError(error) && error.code >= 400 && error.code < 500 && !PASSING_CODES.has(error.code)
}
