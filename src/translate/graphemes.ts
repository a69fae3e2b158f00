const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What a cluster can go on after even when the two neighbours alone would be apart (Unicode TR 29, GB9c and GB11). */
const JOINING = /[\p{M}\u200c\u200d\u{1f3fb}-\u{1f3ff}]$/u
const JOINED = /^[\p{L}\p{Extended_Pictographic}]/u

/**
 * Whether a grapheme surely ends at `at`, judged from the code points on both sides alone. `false` also stands for "the
 * neighbours do not tell": a flag's half, or a letter behind a mark of an Indic script.
 */
export function isBoundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true
  const before = text.slice(previousCodePoint(text, at), at)
  const after = text.slice(at, at + codeUnitsAt(text, at))
  const [first] = segmenter.segment(before + after)
  if (first?.segment !== before) return false
  return !(JOINING.test(before) && JOINED.test(after))
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
  const index = segmenter.segment(ahead).containing(end - anchor)?.index ?? 0
  return anchor + index > start ? anchor + index : end
}

function previousCodePoint(text: string, at: number): number {
  const pair = at >= 2 && (text.codePointAt(at - 2) ?? 0) > 0xffff
  return at - (pair ? 2 : 1)
}

function codeUnitsAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}
