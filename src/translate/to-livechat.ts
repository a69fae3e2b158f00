import { MAX_TEXT_BYTES } from '../livechat/limits'
import { type Content, readContent } from './content'
import type { HitlMessage } from './hitl-message'
import { customerPieces, labelTest, markLabels } from './labels'
import { plainText } from './plain-text'
import { cleanPieces, cleanText, hasVisibleText, safeLink } from './sanitize'
import { fill, type Sentence, type Words } from './words'

export type OutgoingMedia = {
  kind: 'media'
  media: 'image' | 'audio' | 'video' | 'file'
  /** As the sender gave it, unchecked: whoever fetches it refuses what is not allowed. */
  url: string
  title?: string
}
export type OutgoingPart = { kind: 'text'; text: string } | OutgoingMedia

/** One Botpress message becomes zero or more parts, in order; each text fits into one LiveChat event. */
export function toLiveChat(message: HitlMessage): OutgoingPart[] {
  return partsOf(readContent(message.type, message.payload))
}

function partsOf(content: Content): OutgoingPart[] {
  switch (content.type) {
    case 'bloc':
      return content.items.flatMap(partsOf)
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return mediaParts({ kind: 'media', media: content.type, url: content.url, ...titleOf(content) })
    default:
      return textParts(plainText(content))
  }
}

/** Longest title that a file can be named by, in characters. */
const MAX_NAME_CHARACTERS = 100

/** A title becomes the name of the file; one that is too much for a name goes before it as words. */
function mediaParts({ title = '', ...media }: OutgoingMedia): OutgoingPart[] {
  const isName = !title.includes('\n') && Array.from(title).length <= MAX_NAME_CHARACTERS
  if (isName) return [{ ...media, ...(title && { title }) }]
  return [...textParts(title), media]
}

/** A text of any length as parts that each fit into one LiveChat event; nothing visible makes none. */
export function textParts(text: string): OutgoingPart[] {
  return cleanPieces(text, MAX_TEXT_BYTES).map((piece) => ({ kind: 'text', text: piece }))
}

function titleOf({ title }: { title?: string }): { title?: string } {
  const clean = cleanText(title ?? '').trim()
  return hasVisibleText(clean) ? { title: clean } : {}
}

const UNTITLED = {
  image: 'imageLink',
  audio: 'audioLink',
  video: 'videoLink',
  file: 'fileLink',
} as const satisfies Record<OutgoingMedia['media'], Sentence>

/**
 * What an agent reads when media cannot be attached: title and link, or a sentence when the link must not be shown.
 * A long title can make it longer than an event takes: send it through `textParts`.
 */
export function mediaAsText(media: OutgoingMedia, words: Words): string {
  const { title } = titleOf(media)
  const link = safeLink(media.url)
  if (!link) return title ? words.say('titledLost', { title }) : words.say('mediaLost')
  return title ? words.say('titledLink', { title, link }) : words.say(UNTITLED[media.media], { link })
}

/**
 * The parts as the customer's own words. A line that begins like a label of ours says that the customer wrote it, and a
 * title that does so is no name for a file: it goes before it as words.
 */
export function speakAsCustomer(parts: OutgoingPart[], words: Words): OutgoingPart[] {
  const isLabel = labelTest(words, { names: true })
  const texts = (text: string) =>
    customerPieces(text, MAX_TEXT_BYTES, words).map((piece) => ({ kind: 'text' as const, text: piece }))
  return parts.flatMap((part): OutgoingPart[] => {
    if (part.kind === 'text') return texts(part.text)
    const { title = '', ...media } = part
    return isLabel(title) ? [...texts(title), media] : [part]
  })
}

/**
 * The parts as words of somebody else than the customer. `label` is a pattern with `{text}`, such as "[Bot] {text}"; it
 * stands on each text, and in a text of its own before each media, because the chat shows all of it as the customer's. It
 * also stands before a line, and on a title, that looks like another label.
 */
export function speakAs(parts: OutgoingPart[], label: string, words: Words): OutgoingPart[] {
  const isLabel = labelTest(words, { names: true })
  const say = (text: string) => fill(label, { text })
  const room = MAX_TEXT_BYTES - Buffer.byteLength(say(''))
  return parts.flatMap((part): OutgoingPart[] => {
    if (part.kind === 'media') {
      const { title = '', ...media } = part
      return isLabel(title)
        ? [{ kind: 'text', text: say(title) }, media]
        : [{ kind: 'text', text: say('').trim() }, part]
    }
    const marked = markLabels(part.text, isLabel, (line, index) => (index === 0 ? line : say(line)))
    return cleanPieces(marked, room).map((text) => ({ kind: 'text', text: say(text) }))
  })
}
