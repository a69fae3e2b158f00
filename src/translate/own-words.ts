import { readContent } from './content'
import type { HistoryItem, Speaker } from './hitl-message'
import { customerPieces } from './labels'
import { plainText } from './plain-text'
import type { Words } from './words'

type OwnWords = {
  /** The customer's newest words, each fit for one event. */
  own: string[]
  /** The history without them. */
  rest: HistoryItem<Speaker>[]
}

type Limits = { customerUserId: string; maxBytes: number; maxTexts: number; words: Words }

/**
 * Takes the customer's newest words out of the history, so that they can be sent as the customer's own. They are the run
 * of texts that the history ends with; what the bot said after them (usually that it hands over) does not count. Media
 * and other people's words end the run, an agent's too. Older messages of the run that do not fit into `maxTexts` stay in the history.
 */
export function takeOwnWords(
  history: HistoryItem<Speaker>[],
  { customerUserId, maxBytes, maxTexts, words }: Limits,
): OwnWords {
  const end = history.findLastIndex((item) => item.source.type !== 'bot') + 1
  const own: string[] = []
  let start = end
  for (let item = history[start - 1]; item; item = history[start - 1]) {
    const text = ownText(item, customerUserId)
    const pieces = text === undefined ? undefined : customerPieces(text, maxBytes, words)
    if (pieces === undefined || own.length + pieces.length > maxTexts) break
    own.unshift(...pieces)
    start -= 1
  }
  return { own, rest: [...history.slice(0, start), ...history.slice(end)] }
}

function ownText({ source, type, payload }: HistoryItem<Speaker>, customerUserId: string): string | undefined {
  if (source.type !== 'user' || source.userId !== customerUserId) return undefined
  const content = readContent(type, payload)
  if (content.type !== 'text' && content.type !== 'markdown') return undefined
  return plainText(content, 'person')
}
