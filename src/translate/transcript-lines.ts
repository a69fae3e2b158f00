import { type Content, type Media, readContent } from './content'
import type { HistoryItem, HistorySource } from './hitl-message'
import { type Author, plainText } from './plain-text'
import { cleanText } from './sanitize'
import { mediaAsText } from './to-livechat'
import { nameForLabel, type Words } from './words'

/** Names of media that follow the transcript as files, by the addresses in the history. */
export type AttachedNames = ReadonlyMap<string, string>

type Reading = { author: Author; words: Words; attached: AttachedNames }

/** A message of the history as text, in one language; empty when nothing was said. */
export function transcriptText({ source, type, payload }: HistoryItem, words: Words, attached: AttachedNames): string {
  const author = source.type === 'bot' ? 'bot' : 'person'
  return cleanText(contentText(readContent(type, payload), { author, words, attached })).trim()
}

function contentText(content: Content, reading: Reading): string {
  switch (content.type) {
    case 'bloc':
      return content.items.map((item) => contentText(item, reading)).join('\n')
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return [mediaText(content, reading), captionText(content, reading)].filter(Boolean).join('\n')
    default:
      return plainText(content, reading.author)
  }
}

function mediaText({ type, ...media }: Media, { author, words, attached }: Reading): string {
  const name = author === 'person' ? attached.get(media.url) : undefined
  if (name !== undefined) return words.say('fileAttached', { name })
  return mediaAsText({ kind: 'media', media: type, ...media }, words)
}

function captionText({ caption = '' }: Media, { author }: Reading): string {
  return plainText({ type: 'text', text: caption }, author)
}

/** Writes a speaker in front of a text: "Bot: …", "Customer: …", or a person's name. */
export type Attribute = (source: HistorySource, text: string) => string

/**
 * With one person in the history that person is the customer; with several each has their name, or a number in the order
 * of their first words.
 */
export function attribution(
  history: HistoryItem[],
  { speakers, customerUserId, words }: { speakers: Record<string, string>; customerUserId: string; words: Words },
): Attribute {
  const people = [...new Set(history.flatMap(({ source }) => (source.type === 'user' ? [source.userId] : [])))]
  const several = people.some((userId) => userId !== customerUserId)

  return (source, text) => {
    if (source.type === 'bot') return words.say('botSaid', { text })
    const name = several && Object.hasOwn(speakers, source.userId) ? nameForLabel(speakers[source.userId] ?? '') : ''
    if (name) return words.say('personSaid', { name, text })
    if (source.userId === customerUserId) return words.say('customerSaid', { text })
    return words.say('unnamedSaid', { number: people.indexOf(source.userId) + 1, text })
  }
}

/** An em space is kept where a page collapses ordinary ones. */
export const INDENT = '\u2003'

/**
 * Lines after the first are set in, so that nobody's words can pass for the next speaker's. Unicode has two more
 * characters that begin a line.
 */
export function setIn(text: string): string {
  return text.replaceAll(/[\n\u2028\u2029]/g, `\n${INDENT}`)
}
