import { readContent } from './content'
import type { HistoryItem } from './hitl-message'
import { plainText } from './plain-text'
import { cleanPieces } from './sanitize'

export type OwnWords = {
  /** The customer's newest words, each fit for one event. */
  own: string[]
  /** The history without them. */
  rest: HistoryItem[]
}

/**
 * Takes the customer's newest words out of the history, so that they can be sent as the customer's own. They are the run
 * of texts that the history ends with; what the bot said after them (usually that it hands over) does not count. Media
 * and other people's words end the run. Older messages of the run that do not fit into `maxTexts` stay in the history.
 */
export function takeOwnWords(
  history: HistoryItem[],
  { customerUserId, maxBytes, maxTexts }: { customerUserId: string; maxBytes: number; maxTexts: number },
): OwnWords {
  const end = history.findLastIndex((item) => item.source.type !== 'bot') + 1
  const own: string[] = []
  let start = end
  for (let item = history[start - 1]; item; item = history[start - 1]) {
    const pieces = ownPieces(item, customerUserId, maxBytes)
    if (pieces === undefined || own.length + pieces.length > maxTexts) break
    own.unshift(...pieces)
    start -= 1
  }
  return { own, rest: [...history.slice(0, start), ...history.slice(end)] }
}

function ownPieces({ source, type, payload }: HistoryItem, customerUserId: string, maxBytes: number) {
  if (source.type !== 'user' || source.userId !== customerUserId) return undefined
  const content = readContent(type, payload)
  if (content.type !== 'text' && content.type !== 'markdown') return undefined
  return cleanPieces(plainText(content, 'person'), maxBytes)
}
