import { graphemeFloor, isBoundary } from './graphemes'

/** A blank line with the empty lines around it. */
const PARAGRAPH_END = /\n[ \t]*\n[ \t\n]*/g
/** A line's end, or a closing mark with what stands behind it; the full-width marks need no space. */
const SENTENCE_END = /\n+|[.!?…؟।]["'”’»)\]]*[ \t\n\u3000]+|[。！？]["'”’」』）]*/g
/** White space that may break a line: not the no-break spaces. */
const WORD_END = /[ \t\n\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+/g

/**
 * Cuts a text into pieces of at most `maxBytes` UTF-8 bytes; an empty text makes none. The pieces put together are the
 * text, unchanged: what separates two pieces stays at the end of the first. A cut is made at the last paragraph that
 * fits, else at the last sentence, else at the last word, else between two graphemes. Only a single grapheme of more
 * than `maxBytes` is cut inside, between two code points; a code point is never cut, even when `maxBytes` is under four.
 *
 * The work grows with the length of the text only: each window of `maxBytes` is looked at a few times.
 */
export function splitText(text: string, maxBytes: number): string[] {
  const pieces: string[] = []
  let start = 0
  while (start < text.length) {
    const end = windowEnd(text, start, maxBytes)
    const cut = end === text.length ? end : cutBefore(text, start, end)
    pieces.push(text.slice(start, cut))
    start = cut
  }
  return pieces
}

/** Where the longest run of whole code points from `start` ends that fits; always at least one code point. */
function windowEnd(text: string, start: number, maxBytes: number): number {
  let bytes = 0
  let end = start
  while (end < text.length) {
    const codePoint = text.codePointAt(end) ?? 0
    bytes += utf8Bytes(codePoint)
    if (bytes > maxBytes && end > start) break
    end += codePoint > 0xffff ? 2 : 1
  }
  return end
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4 // a lone surrogate is sent as U+FFFD: three bytes as well
}

function cutBefore(text: string, start: number, end: number): number {
  const window = text.slice(start, end)
  for (const separator of [PARAGRAPH_END, SENTENCE_END, WORD_END]) {
    const cut = lastEnd(window, separator, (length) => isBoundary(text, start + length))
    if (cut !== undefined) return start + cut
  }
  return graphemeFloor(text, start, end)
}

function lastEnd(window: string, separator: RegExp, allowed: (end: number) => boolean): number | undefined {
  const ends = Array.from(window.matchAll(separator), (match) => match.index + match[0].length)
  return ends.findLast(allowed) // a combining mark may sit on a space: that is no end
}
