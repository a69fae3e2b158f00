import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Setup } from '../setup-state'
import type { Deps } from '../wiring'
import { storedSetup, type SetupReading } from './stored-setup'

/** How long the secret before is accepted after a new one was registered, in milliseconds. */
const OLD_SECRET_MS = 10 * 60_000

type Accepting = SetupReading & Pick<Deps, 'clock'> & { settings: { webhookSecret: string } }

/**
 * Whether a delivery's secret is one that LiveChat may send: the configured one, the one last registered while `register`
 * has not run for the configured one, and the one before it for some minutes. Throws `RetryLater` when the stored ones
 * cannot be read.
 */
export async function acceptsSecret(given: string, deps: Accepting): Promise<boolean> {
  if (sameSecret(given, deps.settings.webhookSecret)) return true
  const { secretHash, previousSecretHash, previousSecretUntil = 0 } = await storedSetup(deps)
  // Both are compared always, so that the time taken says nothing.
  const isLast = matchesHash(given, secretHash)
  const isPrevious = matchesHash(given, previousSecretHash)
  return isLast || (isPrevious && previousSecretUntil > deps.clock.now())
}

/** What is to be stored when `secret` is registered; nothing when it was before. */
export function rotated({ secretHash }: Setup, secret: string, now: number): Partial<Setup> {
  if (matchesHash(secret, secretHash)) return {}
  const previous = secretHash && { previousSecretHash: secretHash, previousSecretUntil: now + OLD_SECRET_MS }
  return { secretHash: hashSecret(secret), ...previous }
}

/** What is stored of a secret, to recognize it later without knowing it. */
export function hashSecret(secret: string): string {
  return digest(secret).toString('hex')
}

// Both sides become digests of one length first: comparing then takes the same time whatever is given, and says nothing
// about the length. The key is no secret; it only keeps these digests apart from others.
const digest = (text: string) => createHmac('sha256', 'livechat-hitl webhook secret').update(text, 'utf8').digest()

/** An empty configured secret matches nothing, not even an empty given one. */
function sameSecret(given: string, configured: string): boolean {
  return timingSafeEqual(digest(given), digest(configured)) && configured !== ''
}

function matchesHash(given: string, hash: string | undefined): boolean {
  if (!hash) return false
  const stored = Buffer.from(hash, 'hex')
  const presented = digest(given)
  return stored.length === presented.length && timingSafeEqual(stored, presented)
}
