import type { HistoryItem } from './hitl-message'
import type { Words } from './words'

export type Opening = {
  title?: string
  description?: string
  /** Further sentences for the agent, such as `words.say('otherCustomer')`; they stand above title and description. */
  notices?: string[]
  history: HistoryItem[]
  /** Names by downstream user id, used when more than one person spoke. */
  speakers: Record<string, string>
  customerUserId: string
  words: Words
  /** Longest text, in UTF-8 bytes; at least 1000. */
  maxBytes: number
  /** Most texts in all, `own` included; at least 1. */
  maxEvents: number
}

/** `texts` are labelled as the bot's; `own` are the customer's newest words, to be sent after them as themselves. */
export type OpeningTexts = { texts: string[]; own: string[] }

export function openingTexts(opening: Opening): OpeningTexts {
  return { texts: [opening.words.say('openingEmpty')], own: [] }
}
