/** Letters and signs, of Cyrillic, Greek, Armenian, Lisu and Latin above all, that look like a plain Latin letter (a small part of Unicode's `confusables.txt`). */
const LOOK_ALIKES = new Map(
  Object.entries({
    a: 'аαɑᴀꓮ',
    b: 'вьβʙßꓐ',
    c: 'сϲᴄꓚ',
    d: 'ԁᴅꓓ',
    e: 'еεᴇꓰ',
    g: 'ɡɢꓖ',
    h: 'нһηʜհꓧ',
    i: 'іιıɪꓲ',
    j: 'јϳᴊꓙ',
    k: 'кκᴋꓗ',
    l: 'ӏłʟꓡ',
    m: 'мμᴍꓟ',
    n: 'пνɴոꓠ',
    o: 'оοσᴏօøɵꓳ〇○●◯',
    p: 'рρᴘꓑ',
    q: 'ԛ',
    r: 'гʀꓣ',
    s: 'ѕꜱꓢ',
    t: 'тτᴛꓔ†',
    u: 'υᴜսꓴ',
    v: 'ѵᴠꓦ',
    w: 'ԝωᴡꓪ',
    x: 'хχꓫ',
    y: 'уγʏꓬ',
    z: 'ζᴢꓜ',
  }).flatMap(([plain, others]) => Array.from(others, (other) => [other, plain] as const)),
)

/** Where the letters A to Z of the emoji begin, in circles, in squares, and of flags. */
const EMOJI_LETTERS = [0x1f150, 0x1f170, 0x1f1e6]

/** The plain letter that an emoji shows. */
function emojiLetter(sign: string): string | undefined {
  const places = EMOJI_LETTERS.map((first) => (sign.codePointAt(0) ?? 0) - first)
  const place = places.find((each) => each >= 0 && each < 26)
  return place === undefined ? undefined : String.fromCharCode(97 + place)
}

const QUOTES = /[\p{Pi}\p{Pf}\u201a\u201e\u301d-\u301f]/u
const OPENING = /[\p{Ps}<]/u
const CLOSING = /[\p{Pe}>]/u
const COLON = /[:\u02d0\u02f8\u0589\u05c3\u1803\u2236\ua789]/u
/** What a reader does not see, marks on letters included; a text may hold any number of them. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{M}\u2800]+/gu
const WORD = /[\p{L}#\p{Extended_Pictographic}]/u
/** How many quotes, bullets and the like a label may have about it and still look like one. */
const MAX_DECORATION = 100

/** Digits inside of a word, as in `B0t`. */
const DIGIT_LETTERS = new Map(Object.entries({ 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b' }))
const WORD_WITH_DIGITS = /(?=\d*\p{L})[\p{L}\d]*\d[\p{L}\d]*/gu
/** A letter in round brackets that is one sign, such as U+249D. */
const IN_BRACKETS = /[\u249c-\u24b5\u{1f110}-\u{1f129}]/gu

/** The line with letters in place of the digits that stand in its words. */
export function withoutDigitLetters(line: string): string {
  return line.replace(WORD_WITH_DIGITS, (word) => word.replace(/\d/g, (digit) => DIGIT_LETTERS.get(digit) ?? digit))
}

/** What a reader sees of a line at its start, enough to compare with a folded label of `length`. */
export function lineStart(line: string, length: number): string {
  return seen(line).slice(0, length + MAX_DECORATION)
}

/** The same of its end. */
export function lineEnd(line: string, length: number): string {
  return seen(line).slice(-length - MAX_DECORATION)
}

const seen = (line: string) => line.replace(UNSEEN, '').replace(/\s+/g, ' ').trim()

/**
 * A text of one line as a hasty reader sees it: letters in lower case without marks, look-alikes as one of them, every number as `#`, every bracket as `[` or `]`, every colon as `:`, and symbols such as emoji. White space
 * counts between words only; quotes, bullets and invisible characters do not count.
 */
export function folded(line: string): string {
  let result = ''
  let last = ''
  let isApart = false
  const plain = line.replace(IN_BRACKETS, (sign) => sign.normalize('NFKD').slice(1, -1))
  for (const part of plain.normalize('NFKD').toLowerCase()) {
    const sign = signOf(part)
    isApart ||= sign === ' '
    if (sign === ' ' || sign === '' || (sign === last && '[]:#'.includes(sign))) continue // `[[Bot]]` looks like `[Bot]`
    if (isApart && WORD.test(last) && WORD.test(sign)) result += ' '
    result += sign
    last = sign
    isApart = false
  }
  return withPlainShapes(result)
}

/** Spaced letters (`B o t`) are a word, `l` looks like a capital `i`, and two letters side by side like one. */
function withPlainShapes(line: string): string {
  const joined = line.replace(/(?<=(?<!\p{L})\p{L}) (?=\p{L}(?!\p{L}))/gu, '')
  return joined.replaceAll('l', 'i').replaceAll('rn', 'm').replaceAll('vv', 'w')
}

function signOf(part: string): string {
  if (/[a-z]/.test(part)) return part
  const letter = emojiLetter(part) ?? LOOK_ALIKES.get(part)
  if (letter) return letter
  if (/\p{M}/u.test(part) || QUOTES.test(part)) return ''
  if (/\s/.test(part)) return ' '
  if (/\p{N}/u.test(part)) return '#'
  if (OPENING.test(part)) return '['
  if (CLOSING.test(part)) return ']'
  if (COLON.test(part)) return ':'
  return /[\p{L}\p{Extended_Pictographic}]/u.test(part) ? part : ''
}

/** A folded line without what stands before its first word or label: numbers, emoji, empty or closing brackets, colons. */
export function withoutDecoration(line: string): string {
  return line.replace(/^(?:[\]:# \p{Extended_Pictographic}]|\[[#: ]*(?:[ap]m)?\])+/u, '')
}
