import { describe } from '../log'
import { hashSecret, matchesHash } from '../webhook/secret-hash'
import { RetryLater } from '../retry-later'
import type { Clock } from '../clock'
import type { Memory } from '../session/memory'
import type { Setup, SetupState, StoredSecrets } from './setup-state'

/** How long the secret before is accepted after a new one was registered, in milliseconds. */
const OLD_SECRET_MS = 10 * 60_000

/** The one key of the warm copy. */
export const ONLY = 'only'

type Known = { setup: Pick<SetupState, 'load'>; memory: Pick<Memory, 'storedSecrets'>; clock: Clock }

/** What is to be stored when `secret` is registered; nothing when it was before. */
export function rotated({ secretHash }: Setup, secret: string, now: number): StoredSecrets {
  if (matchesHash(secret, secretHash)) return {}
  const previous = secretHash && { previousSecretHash: secretHash, previousSecretUntil: now + OLD_SECRET_MS }
  return { secretHash: hashSecret(secret), ...previous }
}

/**
 * Whether LiveChat may still send `given`: the secret last registered while `register` has not run for the configured
 * one, and the one before it for some minutes. Stored secrets are read at most once a minute, whoever guesses.
 */
export async function isRegisteredSecret(given: string, deps: Known): Promise<boolean> {
  const stored = await storedSecrets(deps).catch((error: unknown) => {
    throw new RetryLater(`the stored secrets could not be read: ${describe(error)}`)
  })
  const isPreviousAlive = (stored.previousSecretUntil ?? 0) > deps.clock.now()
  // Both are compared always, so that the time taken tells nothing.
  const isLast = matchesHash(given, stored.secretHash)
  const isPrevious = matchesHash(given, stored.previousSecretHash)
  return isLast || (isPrevious && isPreviousAlive)
}

/** A failed reading counts too, so that a guesser cannot make us ask Botpress without end. */
function storedSecrets({ setup, memory }: Known): Promise<StoredSecrets> {
  const known = memory.storedSecrets.get(ONLY)
  if (known) return known
  const reading = setup.load()
  memory.storedSecrets.set(ONLY, reading)
  return reading
}
