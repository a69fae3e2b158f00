import { OperationTimeoutError } from '@botpress/client'
import type { Client } from './bp'
import { inTime, type Clock } from './clock'

/**
 * Longest wait for one call to Botpress, in milliseconds. Its own client waits 60 s, which is longer than anybody waits
 * for us; one that is silent for 15 s and then repeated still fits.
 */
export const LONGEST_CALL_MS = 20_000

const tooLate = () => new OperationTimeoutError('Botpress did not answer in time')

/** The same client, whose calls are given up after `limitMs()`: nobody waits for them then, whatever becomes of them. */
export function limitedClient(client: Client, limitMs: () => number, clock: Clock): Client {
  return new Proxy(client, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]) => {
        const ms = limitMs()
        if (ms <= 0) throw tooLate()
        return inTime(Reflect.apply(member, target, args) as Promise<unknown>, { ms, tooLate }, clock)
      }
    },
  })
}
