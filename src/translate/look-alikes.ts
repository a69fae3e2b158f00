/** Letters of Cyrillic, Greek and Latin that look like a plain Latin one (a small part of Unicode's `confusables.txt`). */
const LOOK_ALIKES = new Map(
  Object.entries({
    a: 'аαɑᴀ',
    b: 'вьβʙ',
    c: 'сϲᴄ',
    d: 'ԁᴅ',
    e: 'еεᴇ',
    g: 'ɡɢ',
    h: 'нһηʜ',
    i: 'іιıɪ',
    j: 'јϳᴊ',
    k: 'кκᴋ',
    l: 'ӏłʟ',
    m: 'мμᴍ',
    n: 'пνɴ',
    o: 'оοσᴏ',
    p: 'рρᴘ',
    q: 'ԛ',
    r: 'гʀ',
    s: 'ѕꜱ',
    t: 'тτᴛ',
    u: 'υᴜ',
    v: 'ѵᴠ',
    w: 'ԝωᴡ',
    x: 'хχ',
    y: 'уγʏ',
    z: 'ζᴢ',
  }).flatMap(([plain, others]) => Array.from(others, (other) => [other, plain] as const)),
)

const QUOTES = /[\p{Pi}\p{Pf}\u201a\u201e\u301d-\u301f]/u
const OPENING = /[\p{Ps}<]/u
const CLOSING = /[\p{Pe}>]/u
const COLON = /[:\u02d0\u02f8\u0589\u05c3\u1803\u2236\ua789]/u
const IGNORABLE = /[\p{Default_Ignorable_Code_Point}\p{M}]/u
const WORD = /[\p{L}#\p{Extended_Pictographic}]/u

/**
 * The start of a line as a hasty reader sees it, at most `maxLength` long: letters in lower case without marks, look-alikes
 * as the letter that they look like, every number as `#`, every bracket as `[` or `]`, every colon as `:`, and symbols such
 * as emoji. White space counts between words only; the rest (quotes, bullets, invisible characters) does not count.
 */
export function foldedLine(line: string, maxLength: number): string {
  let folded = ''
  let last = ''
  let isApart = false
  for (const character of line) {
    for (const part of character.normalize('NFKD').toLowerCase()) {
      const sign = signOf(part)
      isApart ||= sign === ' '
      if (sign === ' ' || sign === '' || (sign === last && '[]:#'.includes(sign))) continue // `[[Bot]]` looks like `[Bot]`
      if (isApart && WORD.test(last) && WORD.test(sign)) folded += ' '
      folded += sign
      last = sign
      isApart = false
    }
    if (folded.length >= maxLength) break
  }
  return folded
}

function signOf(part: string): string {
  if (/[a-z]/.test(part)) return part
  if (IGNORABLE.test(part) || QUOTES.test(part)) return ''
  if (/\s/.test(part)) return ' '
  if (/\p{N}/u.test(part)) return '#'
  if (OPENING.test(part)) return '['
  if (CLOSING.test(part)) return ']'
  if (COLON.test(part)) return ':'
  return /[\p{L}\p{Extended_Pictographic}]/u.test(part) ? (LOOK_ALIKES.get(part) ?? part) : ''
}

/** A folded line without what stands before its first word or label: numbers, emoji, empty or closing brackets, colons. */
export function withoutDecoration(folded: string): string {
  return folded.replace(/^(?:[\]:# \p{Extended_Pictographic}]|\[#? ?\])+/u, '')
}
