import type { HistoryItem, HistorySource } from './hitl-message'
import { cleanPieces } from './sanitize'
import { type AttachedNames, type Attribute, INDENT, setIn, transcriptText } from './transcript-lines'
import type { Words } from './words'

type Entry = { source: HistorySource; text: string }
type Limits = { maxBytes: number; maxTexts: number }
type Packed = { chunks: Entry[][]; cut: boolean }

/** The history as labelled texts, oldest first; when it is too much for `maxTexts`, the newest with a notice. */
export function transcriptTexts(
  history: HistoryItem[],
  { say, words, attached, maxBytes, maxTexts }: Limits & { say: Attribute; words: Words; attached: AttachedNames },
): string[] {
  const room = maxBytes - frameBytes(words)
  const entries = entriesNewestFirst(history, { say, words, attached, room })
  const { chunks, cut } = packNewestFirst(entries, { say, room, maxTexts })
  return chunks.map((entries, index) => {
    const notice = cut && index === 0 ? [words.say('transcriptCut')] : []
    const lines = [...notice, ...runLines(entries, say)].join('\n')
    return words.say(index === 0 ? 'transcript' : 'transcriptMore', { lines })
  })
}

/** Room for the heading and the notice, kept free in every text: which one is cut is known only at the end. */
function frameBytes(words: Words): number {
  const headings = [words.say('transcript', { lines: '' }), words.say('transcriptMore', { lines: '' })]
  return Math.max(...headings.map((heading) => Buffer.byteLength(heading))) + lineBytes(words.say('transcriptCut'))
}

/** Renders as it goes, so that what is too old to be kept costs nothing. */
function* entriesNewestFirst(
  history: HistoryItem[],
  { say, words, attached, room }: { say: Attribute; words: Words; attached: AttachedNames; room: number },
): Generator<Entry> {
  for (const item of history.toReversed()) {
    const { source } = item
    const free = room - lineBytes(say(source, ''))
    const pieces = cleanPieces(setIn(transcriptText(item, words, attached)), free)
    for (const piece of pieces.toReversed()) yield { source, text: piece.trim() }
  }
}

function packNewestFirst(
  entries: Iterable<Entry>,
  { say, room, maxTexts }: { say: Attribute; room: number; maxTexts: number },
): Packed {
  const chunks: Entry[][] = []
  let free = 0
  for (const entry of entries) {
    const bytes = lineBytes(say(entry.source, entry.text)) // as if each entry had its speaker in front: never too little
    if (bytes > free) {
      if (chunks.length === maxTexts) return { chunks, cut: true }
      chunks.unshift([])
      free = room
    }
    chunks[0]?.unshift(entry)
    free -= bytes
  }
  return { chunks, cut: false }
}

/** The speaker stands once per run of messages, and again where a new text begins. */
function runLines(entries: Entry[], say: Attribute): string[] {
  return entries.map(({ source, text }, index) => {
    const before = entries[index - 1]?.source
    return before && sameSpeaker(before, source) ? INDENT + text : say(source, text)
  })
}

function sameSpeaker(one: HistorySource, other: HistorySource): boolean {
  if (one.type === 'bot' || other.type === 'bot') return one.type === other.type
  return one.userId === other.userId
}

function lineBytes(line: string): number {
  return Buffer.byteLength(`\n${INDENT}${line}`)
}
