/** Made when a text needs it, which most do not: it loads 11 ms of language data, a tenth of a cold start. */
const segment = (text: string) => (segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })).segment(text)
let segmenter: Intl.Segmenter | undefined

/** What a cluster can go on after even when the two neighbours alone would be apart (Unicode TR 29, GB9c and GB11). */
const JOINING = /[\p{M}\u200c\u200d\u{1f3fb}-\u{1f3ff}]$/u
const JOINED = /^[\p{L}\p{Extended_Pictographic}]/u
/** Nearly always goes on with what stands before; asking the segmenter for each mark of a long pile would take seconds. */
const MARK = /^[\p{M}\u200d\u{1f3fb}-\u{1f3ff}]/u
const FLAG_HALF = /^[\u{1f1e6}-\u{1f1ff}]/u
/** A part of a Korean syllable; any number of them can be one grapheme. */
const JAMO = /^[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]/
/** Below this code point nothing joins but CR and LF. */
const FIRST_COMBINING = 0x300

/**
 * Whether a grapheme surely ends at `at`, judged from the code points on both sides alone. `false` also stands for
 * "not known from these two": a flag's half, a part of a Korean syllable, or a letter behind a mark of an Indic script.
 */
export function isBoundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true
  if (text.charCodeAt(at - 1) < FIRST_COMBINING && text.charCodeAt(at) < FIRST_COMBINING) {
    return !(text[at - 1] === '\r' && text[at] === '\n')
  }
  const before = text.slice(previousCodePoint(text, at), at)
  const after = text.slice(at, at + codeUnitsAt(text, at))
  if (MARK.test(after) || (FLAG_HALF.test(before) && FLAG_HALF.test(after))) return false
  if (JAMO.test(before) && JAMO.test(after)) return false
  if (JOINING.test(before) && JOINED.test(after)) return false
  const [first] = segment(before + after)
  return first?.segment === before
}

/**
 * The last grapheme boundary that is not behind `end`, reading from `start`, itself one. Without such a boundary after
 * `start` (one grapheme fills it all) the answer is `end`. Looks back only as far as it must to be sure: segmenting a
 * whole text of a megabyte takes seconds.
 */
export function graphemeFloor(text: string, start: number, end: number): number {
  let anchor = end
  while (anchor > start && !isBoundary(text, anchor)) anchor = previousCodePoint(text, anchor)
  if (anchor === end) return end
  const ahead = text.slice(anchor, end + codeUnitsAt(text, end))
  const index = segment(ahead).containing(end - anchor)?.index ?? 0
  return anchor + index > start ? anchor + index : end
}

function previousCodePoint(text: string, at: number): number {
  const pair = at >= 2 && (text.codePointAt(at - 2) ?? 0) > 0xffff
  return at - (pair ? 2 : 1)
}

function codeUnitsAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

/**
 * The start of a text, at most `maxLength` long in UTF-16 code units, as JavaScript and JSON schemas count. It ends between
 * two graphemes; of a single grapheme that is longer it ends between two code points, so that no surrogate pair is halved.
 */
export function clip(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const end = graphemeFloor(text, 0, maxLength)
  const halvesPair = (text.codePointAt(end - 1) ?? 0) > 0xffff
  return text.slice(0, halvesPair ? end - 1 : end).trimEnd()
}
