import { createHmac, timingSafeEqual } from 'node:crypto'

// Both sides become digests of one length first: comparing then takes the same time whatever is given, and tells
// nothing about the length. The key is no secret; it only keeps these digests apart from others.
const digest = (text: string) => createHmac('sha256', 'livechat-hitl webhook secret').update(text, 'utf8').digest()

/** Compares in constant time. An empty configured secret matches nothing, not even an empty given one. */
export function sameSecret(given: string, configured: string): boolean {
  return timingSafeEqual(digest(given), digest(configured)) && configured !== ''
}

/** What is stored of a secret, to recognise it later without knowing it. */
export function hashSecret(secret: string): string {
  return digest(secret).toString('hex')
}

/** The same comparison against a stored hash. */
export function matchesHash(given: string, hash: string | undefined): boolean {
  if (!hash) return false
  const stored = Buffer.from(hash, 'hex')
  const presented = digest(given)
  return stored.length === presented.length && timingSafeEqual(stored, presented)
}
