import type { HistoryItem, Speaker } from './hitl-message'
import { takeOwnWords } from './own-words'
import { cleanPieces, hasVisibleText } from './sanitize'
import { withoutSecretLinks } from './shareable-link'
import { type AttachedNames, attribution } from './transcript-lines'
import { transcriptTexts } from './transcript-texts'
import type { Words } from './words'

export type OpeningContent = {
  title?: string
  description?: string
  /** What the agent reads before all else, see `summaryLines`. */
  summary?: string[]
  /** Further sentences for the agent, such as `words.say('otherCustomer')`; they stand above title and description. */
  notices?: string[]
  history: HistoryItem[]
  /** Media of the history that follow as files. */
  attached?: AttachedNames
  /** Pattern of a map service's address, see `plainText`. */
  mapLink?: string
  /** Most messages besides the customer's newest words, newest first; all when left out. */
  maxHistory?: number
  /** The customer was handed over before, so that words of an agent may stand among the bot's. */
  hadHandoff?: boolean
  /** Names by downstream user id, used when more than one person spoke. */
  speakers: Record<string, string>
  customerUserId: string
  words: Words
  /** Longest text, in UTF-8 bytes; at least 1000, so that every label has room. */
  maxBytes: number
  /** Most texts in all, `own` included; at least 1. */
  maxEvents: number
}

/** `texts` are labelled as the bot's; `own` are the customer's newest words, to be sent after them as themselves. */
export type OpeningTexts = { texts: string[]; own: string[] }

/**
 * What the agent reads first: why the bot hands over, then what was said, then the customer's newest words. At least one
 * text always comes out. When there is too much, the newest is kept and a sentence says that something is missing.
 */
export function openingTexts(opening: OpeningContent): OpeningTexts {
  const { maxBytes, maxEvents, words, attached = new Map(), mapLink, maxHistory } = opening
  const history = opening.history.map((item) => ({ ...item, source: speakerOf(item) }))
  const { own, rest: all } = takeOwnWords(history, { ...opening, maxTexts: Math.floor((maxEvents - 1) / 2) })
  const newest = new Set(newestItems(history, maxHistory))
  const rest = all.filter((item) => newest.has(item))
  const room = maxEvents - own.length
  const details = rest.length === 0 || room === 1 ? room : Math.max(1, Math.floor(room / 3))
  const first = detailTexts(opening, { maxTexts: details, withoutTranscript: rest.length > 0 && room === 1 })
  const say = attribution(history, opening)
  const transcript = transcriptTexts(rest, {
    say,
    words,
    attached,
    ...(mapLink && { mapLink }),
    maxBytes,
    maxTexts: room - first.length,
  })
  return { texts: [...first, ...transcript], own }
}

/** `max`: all of them when it is not said. */
export function newestItems<Item>(history: Item[], max = Infinity): Item[] {
  return max > 0 ? history.slice(-max) : []
}

/**
 * Who said it. The plugin passes the bot's and earlier agents' words both as `bot`; a `userId` in such a payload is that of
 * an agent whom webchat shows by name. The wire is looser than the schema: without a readable author it is the bot.
 */
function speakerOf({ source, payload }: HistoryItem): Speaker {
  if (source?.type === 'user' && typeof source.userId === 'string') return source
  const { userId } = (payload ?? {}) as { userId?: unknown }
  return typeof userId === 'string' && userId !== '' ? { type: 'agent', userId } : { type: 'bot' }
}

function detailTexts(
  { title, description, summary = [], notices = [], words, maxBytes }: OpeningContent,
  { maxTexts, withoutTranscript }: { maxTexts: number; withoutTranscript: boolean },
): string[] {
  const missing = withoutTranscript ? [words.say('transcriptCut')] : []
  const body = withoutSecretLinks(
    [...missing, ...summary, ...notices, title, description].filter((part) => hasVisibleText(part ?? '')).join('\n'),
  )
  const cutNotice = `\n${words.say('descriptionCut')}`
  const frame = words.say('opening', { details: cutNotice })
  const pieces = cleanPieces(body, maxBytes - Buffer.byteLength(frame)).map((piece) => piece.trim())
  if (pieces.length === 0) return [words.say('openingEmpty')]
  const kept = pieces.slice(0, maxTexts)
  if (kept.length < pieces.length) kept.push(`${kept.pop() ?? ''}${cutNotice}`)
  return kept.map((details) => words.say('opening', { details }))
}
