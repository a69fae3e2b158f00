import { createHash } from 'node:crypto'
import type { IncomingEvent } from '../livechat/types'
import { cleanText, hasVisibleText } from './sanitize'
import type { Words } from './words'

/** A relayed message as the customer knows it. */
type RelayedVersion = {
  /** The text of its first version. */
  text?: string
  /** A correction was sent, so that going back to the first version is a change as well. */
  wasCorrected: boolean
}

/**
 * The message that corrects an edited one for the customer. Nothing when the text is the same after cleaning, or when no
 * visible text is left. LiveChat reports an update for other reasons as well, such as a property.
 */
export function correctionOf(relayed: RelayedVersion, event: IncomingEvent, words: Words): string | undefined {
  const text = cleanText(event.text ?? '').trim()
  if (event.type !== 'message' || !hasVisibleText(text)) return undefined
  const correction = words.say('edited', { text })
  if (relayed.wasCorrected) return correction
  const before = same(relayed.text ?? '')
  return before === same(text) || before === same(correction) ? undefined : correction
}

function same(text: string): string {
  return cleanText(text).normalize('NFC').trim()
}

/** Recognises one wording of a message among its versions, as a reader sees it. */
export function versionOf(text: string): string {
  return createHash('sha256').update(same(text)).digest('hex').slice(0, 12)
}

/** The id that a correction is stored under, so that a repeated webhook makes no second message. `number`: from 1. */
export function correctionId(eventId: string, number: number, version: string): string {
  return `${eventId}~${number}~${version}`
}
