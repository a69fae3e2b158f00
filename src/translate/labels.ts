import { folded, lineEnd, lineStart, withoutDecoration, withoutDigitLetters } from './look-alikes'
import { cleanPieces, cleanText, hasVisibleText } from './sanitize'
import { clip } from './graphemes'
import { inAllLanguages, type Sentence, type Words } from './words'

/** The sentences that say, at the start of a line, whose words follow. */
const LABELS: readonly Sentence[] = [
  ...(['opening', 'openingEmpty', 'descriptionCut', 'transcript', 'transcriptMore', 'transcriptCut'] as const),
  ...(['botSaid', 'agentSaid', 'botOrAgentSaid', 'customerSaid', 'unnamedSaid'] as const),
  ...(['botLabel', 'unnamedLabel', 'otherCustomer', 'otherName', 'sharedAddress', 'wantedGroup'] as const),
  ...(['agentNote', 'agentOpened', 'agentUnheard', 'summary', 'conversationLink'] as const),
]
/** Names of facts: a line of the opening begins with one of them. */
const FACTS: readonly Sentence[] = ['intent', 'sentiment', 'priority', 'customerLanguage']

/**
 * A label as it is compared: folded, so that its look-alikes are equal to it. `end`: the owner's label stands behind the
 * words. `literal`: the owner's label is nothing but signs that do not count when folded, such as a dash.
 */
type Label = { start?: string; end?: string; literal?: string }

/** Whether a line begins (or ends, where the owner's label stands behind the words) like a label of ours. */
export type LabelTest = (line: string) => boolean

/** Turns what follows, so that `]toB[` reads as a label. Nobody writes a language with it. */
const OVERRIDE = '\u202e'

let builtIn: Label[] | undefined

/**
 * The test for an installation: the labels in all languages, and what its owner says in their place. With `names` a name
 * in square brackets with words behind it counts too, since that is how the words of further people are relayed.
 */
export function labelTest(words: Words, { names = false } = {}): LabelTest {
  builtIn ??= [...LABELS.flatMap(inAllLanguages), ...FACTS.flatMap(inAllLanguages).map(asFact)].flatMap(labelOf)
  const own = [words.say('botLabel'), words.say('agentNote') ?? ''].flatMap(labelOf)
  const starts = [...builtIn, ...own].flatMap(({ start }) => start ?? [])
  const ends = own.flatMap(({ end }) => end ?? [])
  const literals = own.flatMap(({ literal }) => literal ?? [])
  const longest = Math.max(...starts.map((start) => start.length))
  return (line) => {
    if (names && line.includes(OVERRIDE)) return true
    const start = lineStart(line, longest)
    if (start === '') return false
    const readings = readingsOf(start)
    if (starts.some((label) => readings.some((reading) => begins(reading, label)))) return true
    if (literals.some((literal) => start.startsWith(literal)) || (names && NAMED_LINE.test(start.normalize('NFKC'))))
      return true
    return ends.some((end) => folded(lineEnd(line, end.length)).endsWith(end))
  }
}

const asFact = (name: string) => `${name}: {value}`

/** What stands before the words of a pattern, or behind them. A pattern without either is no label. */
function labelOf(pattern: string): Label[] {
  const [before = '', behind = ''] = pattern.replace('{number}', '1').split(/\{\w+\}/)
  const bracketed = /^\s*\[[^\]]*\]/.exec(before)?.[0]
  const start = folded(bracketed ?? before.trim().split('\n')[0] ?? '')
  if (start !== '') return [{ start }]
  if (before.trim() !== '') return [{ literal: before.trim() }]
  const end = folded(behind.trim().split('\n').at(-1) ?? '')
  return end === '' ? [] : [{ end }]
}

/** A name between two signs that are no brackets, such as bars, angles or stars. */
const ENCLOSED =
  /^(?:(?!\p{Ps})[\s\p{P}\p{S}])*?[^\s\p{L}\p{N}]\s*([\p{L}\p{N}][^:\p{Ps}\p{Pe}]{0,38}?)\s*[^\s\p{L}\p{N}.,:;!?'’]/u
/** A sign that separates a name from words as a colon does. */
const SEPARATED = /^([^:\p{P}\p{S}]{1,40}?)(?:\s+[-–—~•]\s|\s*[|>»›→⇒=]\s*)/u
/** What stands in brackets between a name and its colon, such as a time. */
const ASIDE = /\[[^\]]{0,40}\](?=:)/

/** The start of a line, folded, in each way in which it may read as a label. */
function readingsOf(start: string): string[] {
  const enclosed = ENCLOSED.exec(start)?.[1]
  const separated = SEPARATED.exec(start)?.[1]
  const lines = [start, enclosed && `[${enclosed}]`, separated && `${separated}:`].flatMap((line) => line || [])
  const whole = [...lines, ...lines.map(withoutDigitLetters)].map(folded)
  return [...new Set(whole.flatMap((line) => [line, withoutDecoration(line), line.replace(ASIDE, '')]))]
}

/** A label that ends in a letter ends where the word ends: "Bot" is not the start of "Bottle". */
function begins(line: string, label: string): boolean {
  return line.startsWith(label) && !(/\p{L}$/u.test(label) && /^\p{L}/u.test(line.slice(label.length)))
}

/** A name of two letters or more in square brackets, with words behind it. A link of Markdown is none, nor is a date. */
const NAMED_LINE = /^[^\p{L}\p{N}[]*\[(?!\s*\d+[-/:.]\d)(?=[^[\]]*?\p{L}[^[\]]*?\p{L})[^[\]]{2,100}\]\s*[^\s(]/u

/** A text with the lines marked that begin like a label; `index` counts the lines from 0. */
export function markLabels(text: string, isLabel: LabelTest, mark: (line: string, index: number) => string): string {
  const lines = text.split('\n')
  return lines.map((line, index) => (isLabel(line) ? mark(line, index) : line)).join('\n')
}

/**
 * Words of the customer in pieces of at most `maxBytes`, each for one event. The chat shows labelled words of others as the
 * customer's too, so a line that begins like a label says that the customer wrote it; so does a piece that begins so.
 */
export function customerPieces(text: string, maxBytes: number, words: Words): string[] {
  const isLabel = labelTest(words, { names: true })
  const mark = (line: string) => words.say('customerWrote', { text: line })
  const isUnmarked = (line: string) => isLabel(line) && !line.startsWith(mark(''))
  const marked = markLabels(cleanText(text), isUnmarked, mark)
  const pieces = cleanPieces(marked, maxBytes)
  if (!pieces.some((piece) => isUnmarked(firstLine(piece)))) return pieces
  const room = maxBytes - Buffer.byteLength(mark(''))
  return cleanPieces(marked, room).map((piece) => (isUnmarked(firstLine(piece)) ? mark(piece) : piece))
}

export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

/** A person's name as part of a label: on one line, short, and without places that a later filling would take for its own. Joiners of letters and emoji stay. */
export function nameForLabel(name: string): string {
  const clean = name.replace(/(?:[\s{}]|(?![\u200c\u200d])\p{C})+/gu, ' ').trim()
  const maxLength = Array.from(clean).slice(0, 80).join('').length
  return hasVisibleText(clean) ? clip(clean, maxLength) : ''
}

/** Whether a label made of the name would look like another label: a person called "Bot" is none to an agent. */
export function isLabelName(name: string, words: Words): boolean {
  const isLabel = labelTest(words)
  return [name, `[${name}]`, `${name}:`].some(isLabel)
}

/** The label, with `{text}` still open, for words of a person other than the customer. */
export function personLabel(words: Words, name: string | undefined): string {
  const clean = nameForLabel(name ?? '')
  return clean && !isLabelName(clean, words) ? words.say('personLabel', { name: clean }) : words.say('unnamedLabel')
}
