import type { IncomingEvent } from '../livechat/types'
import type { Words } from './words'

export type BotpressPart =
  | { type: 'text'; payload: { text: string } }
  | { type: 'image'; payload: { imageUrl: string; title?: string } }
  | { type: 'audio'; payload: { audioUrl: string; title?: string } }
  | { type: 'video'; payload: { videoUrl: string; title?: string } }
  | { type: 'file'; payload: { fileUrl: string; title?: string } }

export function toBotpress(event: IncomingEvent, _words: Words): BotpressPart[] {
  return event.text ? [{ type: 'text', payload: { text: event.text } }] : []
}
