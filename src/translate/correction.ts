import { createHash } from 'node:crypto'
import type { IncomingEvent } from '../livechat/types'
import { cleanText } from './sanitize'
import type { Words } from './words'

/** A relayed message as the customer knows it. */
export type Told = {
  /** What its first version said. */
  text?: string
  /** A correction of it was told, so that going back to the first version is a change as well. */
  wasCorrected: boolean
}

/**
 * The message that tells the customer of an edited one; nothing when the text is really the same, or when there is no
 * text left to tell. LiveChat reports an update for other reasons as well, such as a property.
 */
export function correctionOf(told: Told, event: IncomingEvent, words: Words): string | undefined {
  const text = cleanText(event.text ?? '').trim()
  if (event.type !== 'message' || text === '') return undefined
  const correction = words.say('edited', { text })
  if (told.wasCorrected) return correction
  const before = same(told.text ?? '')
  return before === same(text) || before === same(correction) ? undefined : correction
}

function same(text: string): string {
  return cleanText(text).normalize('NFC').trim()
}

/** Recognises one wording of a message among its versions. */
export function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** The id that a correction is stored under, so that a repeated webhook makes no second message. `number`: from 1. */
export function correctionId(eventId: string, number: number, version: string): string {
  return `${eventId}~${number}~${version}`
}
