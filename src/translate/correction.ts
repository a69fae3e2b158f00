import { createHash } from 'node:crypto'
import type { IncomingEvent } from '../livechat/types'
import { cleanText } from './sanitize'
import type { Words } from './words'

/**
 * The message that tells the customer of an edited one; nothing when the text is really the same, or when there is no
 * text left to tell. LiveChat reports an update for other reasons as well, such as a property.
 */
export function correctionOf(originalText: string | undefined, event: IncomingEvent, words: Words): string | undefined {
  const text = cleanText(event.text ?? '').trim()
  if (event.type !== 'message' || text === '') return undefined
  const correction = words.say('edited', { text })
  const before = same(originalText ?? '')
  return before === same(text) || before === same(correction) ? undefined : correction
}

function same(text: string): string {
  return cleanText(text).normalize('NFC').trim()
}

/** The id that a correction is stored under: one for each wording, so that a repeated delivery makes no second message. */
export function correctionId(eventId: string, newText: string): string {
  return `${eventId}~${createHash('sha256').update(newText).digest('hex').slice(0, 12)}`
}
