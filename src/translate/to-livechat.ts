import { MAX_TEXT_BYTES } from '../livechat/limits'
import { type Content, type Media, readContent } from './content'
import type { HitlMessage } from './hitl-message'
import { customerPieces, labelTest, markLabels } from './labels'
import { type Author, plainText } from './plain-text'
import { cleanPieces, cleanText, hasVisibleText } from './sanitize'
import { shareableLink, withoutSecretLinks } from './shareable-link'
import { fill, type Sentence, type Words } from './words'

export type OutgoingMedia = {
  kind: 'media'
  media: 'image' | 'audio' | 'video' | 'file'
  /** As the sender gave it, unchecked: the fetch refuses what is not allowed. */
  url: string
  title?: string
  /** The name under which the sender keeps it; a title goes before it. */
  fileName?: string
  /** MIME type, as the sender says. */
  contentType?: string
}
export type OutgoingPart = { kind: 'text'; text: string } | OutgoingMedia

/**
 * One Botpress message becomes zero or more parts, in order; each text fits into one LiveChat event. A message without
 * `userId` holds the bot's words. `mapLink`: see `plainText`.
 */
export function toLiveChat({ type, payload }: HitlMessage, mapLink?: string): OutgoingPart[] {
  return outgoingParts(readContent(type, payload), payload?.userId ? 'person' : 'bot', mapLink)
}

export function outgoingParts(content: Content, author: Author, mapLink?: string): OutgoingPart[] {
  switch (content.type) {
    case 'bloc':
      return content.items.flatMap((item) => outgoingParts(item, author, mapLink))
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return mediaParts(content, author)
    default:
      return textParts(plainText(content, author, mapLink))
  }
}

/** A title that is too long for a name goes before its file as words, a caption behind it. */
function mediaParts({ type, url, caption = '', contentType, ...named }: Media, author: Author): OutgoingPart[] {
  const { title } = titleOf(named)
  const fileName = titleOf({ title: named.fileName }).title
  const isTitleName = title !== undefined && isName(title)
  const media: OutgoingMedia = {
    kind: 'media',
    media: type,
    url,
    ...(isTitleName && { title }),
    ...(fileName && { fileName }),
    ...(contentType && { contentType }),
  }
  const words = plainText({ type: 'text', text: caption }, author)
  return [...textParts(isTitleName ? '' : (title ?? '')), media, ...textParts(words)]
}

/** Longest title without a known extension that can be a name, in characters. */
const MAX_TITLE_CHARACTERS = 100
const FILE_EXTENSION =
  /\.(?:jpe?g|png|gif|webp|heic|tiff?|svg|mp[34]|m4a|ogg|wav|mov|pdf|docx?|xlsx?|pptx?|od[tsp]|csv|txt|rtf|zip|html?)$/i

/** A longer title is a name all the same when it ends like a file, or is one word. */
function isName(title: string): boolean {
  if (title.includes('\n')) return false
  return Array.from(title).length <= MAX_TITLE_CHARACTERS || FILE_EXTENSION.test(title) || !/\s|:\/\//.test(title)
}

/** A text of any length as parts that each fit into one LiveChat event; nothing visible makes none. */
export function textParts(text: string): OutgoingPart[] {
  return cleanPieces(text, MAX_TEXT_BYTES).map((piece) => ({ kind: 'text', text: piece }))
}

function titleOf({ title }: { title?: string }): { title?: string } {
  const clean = withoutSecretLinks(cleanText(title ?? '')).trim()
  return hasVisibleText(clean) ? { title: clean } : {}
}

const UNTITLED = {
  image: 'imageLink',
  audio: 'audioLink',
  video: 'videoLink',
  file: 'fileLink',
} as const satisfies Record<OutgoingMedia['media'], Sentence>

/** Why a file is not attached, where the reason concerns its link. */
export type NotAttached = 'notFetched' | 'needsLogin' | 'fileEmpty'

/**
 * What an agent reads when media cannot be attached: title and link, or a sentence when the link must not be shown.
 * A long title can make it longer than an event takes: send it through `textParts`.
 */
export function mediaAsText(media: OutgoingMedia, words: Words, reason?: NotAttached): string {
  const { title } = titleOf({ title: media.title ?? media.fileName })
  const link = shareableLink(media.url)
  if (!link) return title ? words.say('titledLost', { title }) : words.say('mediaLost')
  const text = title ? words.say('titledLink', { title, link }) : words.say(UNTITLED[media.media], { link })
  return reason ? words.say(reason, { text }) : text
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
    const { title, fileName, ...media } = part
    const name = title ?? fileName ?? ''
    return isLabel(name) ? [...texts(name), media] : [part]
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
      const { title, fileName, ...media } = part
      const name = title ?? fileName ?? ''
      return isLabel(name) ? [{ kind: 'text', text: say(name) }, media] : [{ kind: 'text', text: say('').trim() }, part]
    }
    const marked = markLabels(part.text, isLabel, (line, index) => (index === 0 ? line : say(line)))
    return cleanPieces(marked, room).map((text) => ({ kind: 'text', text: say(text) }))
  })
}
