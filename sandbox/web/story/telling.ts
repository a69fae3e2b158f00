import type { StoryLine } from '../view'

/** A sentence of the story, with the words that somebody wrote, if any. */
export type Telling = Pick<StoryLine, 'who' | 'text' | 'quote'>

export type KnownAgent = { name: string; isBot: boolean }

/** What the sentences need to know of the people. */
export type People = {
  /** The name of the customer on the page. */
  customer: string
  agent: (id: string) => KnownAgent | undefined
  /** Whether words of an agent are the command that gives the customer back to the bot. */
  isHandBack: (words: string) => boolean
}

/** Longest quote in characters: a line of the story is read at a glance. */
const MAX_QUOTE = 120

/** Words as they are quoted: in one line, and not too long. Nothing visible gives no quote. */
export function quoted(words: string | undefined): { quote?: string } {
  const line = (words ?? '').replace(/\s+/g, ' ').trim()
  if (line === '') return {}
  return { quote: line.length > MAX_QUOTE ? `${line.slice(0, MAX_QUOTE - 1).trimEnd()}…` : line }
}
