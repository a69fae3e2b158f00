import { splitText } from './split-text'

/**
 * What begins a new line somewhere, besides the newline: the mandatory breaks of Unicode (UAX 14: vertical tab, form feed,
 * carriage return, NEL, line and paragraph separator) and the four information separators of ASCII.
 */
const LINE_ENDS = /\r\n|[\u000b-\u000d\u001c-\u001f\u0085\u2028\u2029]/g
/** The control characters that are left: they draw nothing, and some of them steer terminals and parsers. */
const CONTROLS = /[\u0000-\u0008\u000e-\u001b\u007f-\u009f]/g
const LONE_SURROGATES = /\p{Surrogate}/gu
const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/g

const POP_EMBEDDING = '\u202c'
const POP_ISOLATE = '\u2069'
const ISOLATES = new Set(['\u2066', '\u2067', '\u2068'])

/**
 * A text that is safe to show next to others, otherwise unchanged: HTML stays text, Arabic and Hebrew stay as they are.
 * Each kind of line end becomes a newline, other control characters except the tab are removed, and lone surrogates become
 * U+FFFD. Embeddings, overrides and isolates of the writing direction that were left open are closed at the end, so that
 * they cannot turn what follows.
 */
export function cleanText(text: string): string {
  const lines = text.replace(LINE_ENDS, '\n').replace(CONTROLS, '')
  return closeDirections(lines.replace(LONE_SURROGATES, '\ufffd'))
}

/** A name or a title: cleaned, on one line, without spaces around it; empty when nothing of it can be seen. */
export function cleanLine(text: string): string {
  const line = cleanText(text).replace(/\n+/g, ' ').trim()
  return hasVisibleText(line) ? line : ''
}

/**
 * Anything but white space of all kinds, control characters, and what Unicode asks renderers to ignore (zero-width
 * characters, joiners, variation selectors, tags, Hangul fillers). The Braille blank, the anchors of annotations, the
 * joiners of hieroglyphs and the musical null note have no such property and draw nothing either.
 */
const VISIBLE =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Noncharacter_Code_Point}\u2800\ufff9-\ufffb\u{13430}-\u{1343f}\u{1d159}]/u

/** Whether a reader would see anything of the text. */
export function hasVisibleText(text: string): boolean {
  return VISIBLE.test(text)
}

/** The cleaned text in pieces of at most `maxBytes`, each of them clean in itself; pieces without visible text are left out. */
export function cleanPieces(text: string, maxBytes: number): string[] {
  const cleaned = cleanText(text)
  const pieces = splitText(cleaned, maxBytes).map(closeDirections)
  const fit = pieces.every((piece) => Buffer.byteLength(piece) <= maxBytes)
  // A closing mark is as long as the mark that it closes, so half of the room is always enough.
  const safe = fit ? pieces : splitText(cleaned, Math.floor(maxBytes / 2)).map(closeDirections)
  return safe.filter(hasVisibleText)
}

/** Counting the open isolates keeps this linear: a closing mark without one must not search all that is open. */
function closeDirections(text: string): string {
  const open: string[] = []
  let openIsolates = 0
  for (const [mark] of text.matchAll(DIRECTION_MARKS)) {
    if (ISOLATES.has(mark)) {
      openIsolates += 1
      open.push(POP_ISOLATE)
    } else if (mark === POP_ISOLATE) {
      if (openIsolates === 0) continue
      openIsolates -= 1
      // The end of an isolate also ends the embeddings opened inside of it (Unicode TR 9, X6a).
      open.length = open.lastIndexOf(POP_ISOLATE)
    } else if (mark !== POP_EMBEDDING) {
      open.push(POP_EMBEDDING)
    } else if (open.at(-1) === POP_EMBEDDING) {
      open.pop()
    }
  }
  return text + open.reverse().join('')
}

const SAFE_PROTOCOLS = new Set(['http:', 'https:', 'mailto:', 'tel:'])
const UNSAFE_IN_LINK = /[\s\p{C}"<>]/u

/** The link as it was given if it may be shown (http, https, mailto, tel), in its encoded form if it holds odd characters. */
export function safeLink(url: string): string | undefined {
  const trimmed = url.trim()
  if (!URL.canParse(trimmed)) return undefined
  const parsed = new URL(trimmed)
  if (!SAFE_PROTOCOLS.has(parsed.protocol)) return undefined
  return UNSAFE_IN_LINK.test(trimmed) ? parsed.href : trimmed
}
