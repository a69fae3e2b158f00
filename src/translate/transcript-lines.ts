import { type Content, type Media, readContent } from './content'
import type { HistoryItem, Speaker } from './hitl-message'
import { isLabelName, nameForLabel } from './labels'
import { type Author, plainText } from './plain-text'
import { cleanText } from './sanitize'
import { mediaAsText } from './to-livechat'
import type { Words } from './words'

/** Names of media that follow the transcript as files, by the addresses in the history. */
export type AttachedNames = ReadonlyMap<string, string>

/** How messages of the history are read. `mapLink`: see `plainText`. */
export type HistoryReading = { words: Words; attached: AttachedNames; mapLink?: string }
type LineReading = HistoryReading & { author: Author }

/** A message of the history as text, in one language; empty when nothing was said. */
export function transcriptText(item: HistoryItem<Speaker>, reading: HistoryReading): string {
  const author = item.source.type === 'user' ? 'person' : 'bot'
  return cleanText(contentText(readContent(item.type, item.payload), { ...reading, author })).trim()
}

function contentText(content: Content, reading: LineReading): string {
  switch (content.type) {
    case 'bloc':
      return content.items.map((item) => contentText(item, reading)).join('\n')
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return [mediaText(content, reading), captionText(content, reading)].filter(Boolean).join('\n')
    default:
      return plainText(content, reading.author, reading.mapLink)
  }
}

function mediaText({ type, ...media }: Media, { author, words, attached }: LineReading): string {
  const name = author === 'person' ? attached.get(media.url) : undefined
  if (name !== undefined) return words.say('fileAttached', { name })
  return mediaAsText({ kind: 'media', media: type, ...media }, words)
}

function captionText({ caption = '' }: Media, { author }: LineReading): string {
  return plainText({ type: 'text', text: caption }, author)
}

/** Writes a speaker in front of a text: "Bot: …", "Customer: …", or a person's name. */
export type Attribute = (speaker: Speaker, text: string) => string

type Attribution = {
  speakers: Record<string, string>
  customerUserId: string
  hadHandoff?: boolean
  words: Words
}

/**
 * With one person in the history that person is the customer; with several each has their name, or a number in the order
 * of their first words. A name that reads like another label is none. Where no item distinguishes an agent's words from the bot's,
 * a customer who was handed over before has one label for both.
 */
export function attribution(
  history: HistoryItem<Speaker>[],
  { speakers, customerUserId, hadHandoff = false, words }: Attribution,
): Attribute {
  const people = [...new Set(history.flatMap(({ source }) => (source.type === 'user' ? [source.userId] : [])))]
  const numbers = new Map(people.map((userId, index) => [userId, index + 1]))
  const several = people.some((userId) => userId !== customerUserId)
  const names = new Map(people.map((userId) => [userId, several ? nameIn(speakers, userId, words) : '']))
  const areMixed = hadHandoff && !history.some(({ source }) => source.type === 'agent')

  return (speaker, text) => {
    if (speaker.type === 'agent') return words.say('agentSaid', { text })
    if (speaker.type === 'bot') return words.say(areMixed ? 'botOrAgentSaid' : 'botSaid', { text })
    const name = names.get(speaker.userId)
    if (name) return words.say('personSaid', { name, text })
    if (speaker.userId === customerUserId) return words.say('customerSaid', { text })
    return words.say('unnamedSaid', { number: numbers.get(speaker.userId) ?? 0, text })
  }
}

function nameIn(speakers: Record<string, string>, userId: string, words: Words): string {
  const name = Object.hasOwn(speakers, userId) ? nameForLabel(speakers[userId] ?? '') : ''
  return name && !isLabelName(name, words) ? name : ''
}

/** An em space is kept where a page collapses ordinary ones. */
export const INDENT = '\u2003'

/** A cleaned text whose lines after the first are set in, so that nobody's words can pass for the next speaker's. */
export function setIn(text: string): string {
  return text.replaceAll('\n', `\n${INDENT}`)
}
