import type { IncomingEvent } from '../livechat/types'
import type { Words } from './words'

export function correctionOf(_originalText: string, event: IncomingEvent, words: Words): string | undefined {
  return words.say('edited', { text: event.text ?? '' })
}
export function correctionId(eventId: string, newText: string): string {
  return `${eventId}~${newText.length}`
}
