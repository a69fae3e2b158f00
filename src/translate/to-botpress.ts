import type { IncomingEvent, RichElement } from '../livechat/types'
import { numberedButtons, type NumberedButton } from './choices'
import { mediaTypeOf, type MediaType } from './media-type'
import { cleanLine, cleanPieces, hasVisibleText, safeLink } from './sanitize'
import type { Words } from './words'

export type BotpressPart =
  | { type: 'text'; payload: { text: string } }
  | { type: 'image'; payload: { imageUrl: string; title?: string } }
  | { type: 'audio'; payload: { audioUrl: string; title?: string } }
  | { type: 'video'; payload: { videoUrl: string; title?: string } }
  | { type: 'file'; payload: { fileUrl: string; title?: string } }

/** One LiveChat event becomes zero or more Botpress messages, in order. Whether it may be relayed at all is `relayable`'s. */
export function toBotpress(event: IncomingEvent, words: Words): BotpressPart[] {
  switch (event.type) {
    case 'message':
      return text(event.text)
    case 'file':
      return [filePart(event, words)]
    case 'rich_message':
      return richParts(event, words)
    default:
      return []
  }
}

/**
 * Longest text of one message, in UTF-8 bytes. Botpress takes payloads of 128 KiB, and JSON can double a text; only the
 * elements of a rich message have no limit of LiveChat's that keeps them below.
 */
const MAX_MESSAGE_BYTES = 60_000

function text(raw: string | undefined): BotpressPart[] {
  return cleanPieces(raw ?? '', MAX_MESSAGE_BYTES).map((piece) => ({ type: 'text', payload: { text: piece } }))
}

function filePart(event: IncomingEvent, words: Words): BotpressPart {
  const title = cleanLine(event.name ?? '') || cleanLine(event.alternativeText ?? '')
  const link = safeLink(event.url ?? '')
  return link ? mediaPart(mediaTypeOf(event), link, title) : lost(title, words)
}

function lost(title: string, words: Words): BotpressPart {
  return { type: 'text', payload: { text: title ? words.say('titledLost', { title }) : words.say('mediaLost') } }
}

function mediaPart(type: MediaType, url: string, name: string): BotpressPart {
  const title = name ? { title: name } : {} // Botpress refuses an empty title
  switch (type) {
    case 'image':
      return { type, payload: { imageUrl: url, ...title } }
    case 'audio':
      return { type, payload: { audioUrl: url, ...title } }
    case 'video':
      return { type, payload: { videoUrl: url, ...title } }
    case 'file':
      return { type, payload: { fileUrl: url, ...title } }
  }
}

/** Cards, quick replies, stickers and whatever else comes in elements: image, words, numbered choices. */
function richParts(event: IncomingEvent, words: Words): BotpressPart[] {
  const buttons = numberedButtons(event)
  const lastChoice = buttons.findLastIndex((each) => each.some(({ kind }) => kind === 'choice'))
  const parts = (event.elements ?? []).flatMap((element, index) => {
    const how = index === lastChoice ? [words.say('chooseOne')] : []
    const lines = [element.title, element.subtitle, ...(buttons[index] ?? []).map((each) => buttonLine(each, words))]
    return [
      ...imageOf(element, words),
      ...text([...lines, ...how].filter((line) => hasVisibleText(line ?? '')).join('\n')),
    ]
  })
  return parts.length > 0 ? parts : text(words.say('cannotShow'))
}

function imageOf({ image }: RichElement, words: Words): BotpressPart[] {
  if (!image?.url) return []
  const title = cleanLine(image.alternativeText ?? '') || cleanLine(image.name ?? '')
  const link = safeLink(image.url)
  if (!link) return [lost(title, words)]
  const isImage = !/^\s*image\//i.test(image.contentType ?? '') || mediaTypeOf(image) === 'image'
  return [mediaPart(isImage ? 'image' : 'file', link, title)]
}

function buttonLine(button: NumberedButton, words: Words): string {
  if (button.kind === 'choice') return `${button.choice.number}. ${button.choice.label}`
  const { label, link } = button
  return label && link ? words.say('linkButton', { label, link }) : (link ?? label)
}
