import { splitText } from './split-text'

/** Control characters other than tab and newline: they draw nothing, and some of them steer terminals and parsers. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const LONE_SURROGATES = /\p{Surrogate}/gu
const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/g

const POP_EMBEDDING = '\u202c'
const POP_ISOLATE = '\u2069'
const ISOLATES = new Set(['\u2066', '\u2067', '\u2068'])

/**
 * A text that is safe to show next to others, otherwise unchanged: HTML stays text, Arabic and Hebrew stay as they are.
 * Control characters except tab and newline are removed, lone surrogates become U+FFFD, and embeddings, overrides and
 * isolates of the writing direction that were left open are closed at the end, so that they cannot turn what follows.
 */
export function cleanText(text: string): string {
  return closeDirections(text.replace(CONTROLS, '').replace(LONE_SURROGATES, '\ufffd'))
}

/** The cleaned text in pieces of at most `maxBytes`, each of them clean in itself; pieces of white space only are left out. */
export function cleanPieces(text: string, maxBytes: number): string[] {
  const cleaned = cleanText(text)
  const pieces = splitText(cleaned, maxBytes).map(closeDirections)
  const fit = pieces.every((piece) => Buffer.byteLength(piece) <= maxBytes)
  // A closing mark is as long as the mark that it closes, so half of the room is always enough.
  const safe = fit ? pieces : splitText(cleaned, Math.floor(maxBytes / 2)).map(closeDirections)
  return safe.filter((piece) => piece.trim() !== '')
}

function closeDirections(text: string): string {
  const open: string[] = []
  for (const [mark] of text.matchAll(DIRECTION_MARKS)) {
    if (mark === POP_ISOLATE) closeIsolate(open)
    else if (mark !== POP_EMBEDDING) open.push(ISOLATES.has(mark) ? POP_ISOLATE : POP_EMBEDDING)
    else if (open.at(-1) === POP_EMBEDDING) open.pop()
  }
  return text + open.reverse().join('')
}

/** The end of an isolate also ends the embeddings opened inside of it (Unicode TR 9, X6a). */
function closeIsolate(open: string[]): void {
  const isolate = open.lastIndexOf(POP_ISOLATE)
  if (isolate >= 0) open.length = isolate
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
