import type { HitlMessage } from './hitl-message'
import type { Words } from './words'

export type OutgoingMedia = {
  kind: 'media'
  media: 'image' | 'audio' | 'video' | 'file'
  url: string
  title?: string
}
export type OutgoingPart = { kind: 'text'; text: string } | OutgoingMedia

export function toLiveChat(message: HitlMessage): OutgoingPart[] {
  return message.type === 'text' ? [{ kind: 'text', text: message.payload.text }] : []
}
export function mediaAsText(media: OutgoingMedia, _words: Words): string {
  return media.url
}
export function speakAs(parts: OutgoingPart[], _label: string): OutgoingPart[] {
  return parts
}
