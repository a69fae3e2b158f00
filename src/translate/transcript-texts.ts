import type { HistoryItem, Speaker } from './hitl-message'
import { firstLine, labelTest, type LabelTest, markLabels } from './labels'
import { cleanPieces } from './sanitize'
import { type Attribute, type HistoryReading, INDENT, setIn, transcriptText } from './transcript-lines'
import type { Words } from './words'

type Entry = { source: Speaker; text: string }
type Limits = { maxBytes: number; maxTexts: number }
type Packed = { chunks: Entry[][]; cut: boolean }
type Labelling = { say: Attribute; words: Words; isLabel: LabelTest }

/** The history as labelled texts, oldest first; when it is too much for `maxTexts`, the newest with a notice. */
export function transcriptTexts(
  history: HistoryItem<Speaker>[],
  { say, maxBytes, maxTexts, ...reading }: Limits & HistoryReading & { say: Attribute },
): string[] {
  const { words } = reading
  const room = maxBytes - frameBytes(words)
  const labelling = { say, words, isLabel: labelTest(words) }
  const entries = entriesNewestFirst(history, { ...reading, ...labelling, room })
  const { chunks, cut } = packNewestFirst(entries, { say, room, maxTexts })
  return chunks.map((entries, index) => {
    const notice = cut && index === 0 ? [words.say('transcriptCut')] : []
    const lines = [...notice, ...runLines(entries, labelling)].join('\n')
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
  history: HistoryItem<Speaker>[],
  { say, isLabel, room, ...reading }: Labelling & HistoryReading & { room: number },
): Generator<Entry> {
  for (const item of history.toReversed()) {
    const { source } = item
    const free = room - lineBytes(say(source, ''))
    const marked = markLabels(transcriptText(item, reading), isLabel, (line, index) =>
      index === 0 ? line : say(source, line),
    )
    const pieces = cleanPieces(setIn(marked), free)
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

/** The speaker stands once per run of messages, again where a new text begins, and before what looks like a label. */
function runLines(entries: Entry[], { say, isLabel }: Labelling): string[] {
  return entries.map(({ source, text }, index) => {
    const before = entries[index - 1]?.source
    const goesOn = before !== undefined && isSameSpeaker(before, source) && !isLabel(firstLine(text))
    return goesOn ? INDENT + text : say(source, text)
  })
}

function isSameSpeaker(one: Speaker, other: Speaker): boolean {
  if (one.type === 'bot' || other.type === 'bot') return one.type === other.type
  return one.type === other.type && one.userId === other.userId
}

function lineBytes(line: string): number {
  return Buffer.byteLength(`\n${INDENT}${line}`)
}
