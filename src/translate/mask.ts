import type { MASK_KINDS } from '../settings-form'

export type MaskKind = (typeof MASK_KINDS)[number]

/** A text with what must not reach LiveChat replaced. Masking twice changes nothing more. */
export type Mask = (text: string) => string

/** Digits of Latin, Arabic and full-width writing: the last four bits of each code are its value. */
const D = '0-9\\u0660-\\u0669\\u06f0-\\u06f9\\uff10-\\uff19'
/** One blank or dash between two groups. */
const GAP = '[ \\u00a0\\u2009\\u202f\\u2010-\\u2013-]?'
const HIDDEN = '••••'

/** No number of a payment card begins with another digit, nor with those of a year. */
const FIRST = `(?!2${GAP}[0189])[2-6\\u0662-\\u0666\\u06f2-\\u06f6\\uff12-\\uff16]`
/** 13 to 19 digits (ISO/IEC 7812). */
const CARD = new RegExp(`${FIRST}(?:${GAP}[${D}]){12,18}`, 'y')
const CARD_HEAD = new RegExp(`(?<![\\p{L}\\p{N}+]|[${D}][.,])${FIRST}(?=${GAP}[${D}])`, 'gu')
/** Groups as they stand on a card, with any sign between them, as long as it is the same one: `4111.1111.1111.1111`. Commas make lists. */
const SIGN = '[^\\p{L}\\p{N},;]{1,3}'
const GROUPS = `[${D}]{3}(?:(${SIGN})[${D}]{4}\\1[${D}]{4}\\1[${D}]{1,4}(?:\\1[${D}]{1,3})?|(${SIGN})[${D}]{6}\\2[${D}]{4,5})`
const GROUPED_CARD = new RegExp(`${FIRST}${GROUPS}`, 'uy')
const GROUPED_CARD_HEAD = new RegExp(`(?<![\\p{L}\\p{N}+])${FIRST}(?=[${D}]{3}[^\\p{L}\\p{N}])`, 'gu')
/** A country, two check digits, and 11 to 30 letters and digits (ISO 13616). */
const IBAN_GAP = '[\\s\\u00b7\\u200b\\u2010-\\u2015./_-]{0,2}'
const IBAN = new RegExp(`[a-z]{2}${IBAN_GAP}[${D}]{2}(?:${IBAN_GAP}[a-z${D}]){11,30}`, 'iy')
const IBAN_HEAD = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])|(?<=\\biban))[a-z]{2}${IBAN_GAP}[${D}]{2}(?=${IBAN_GAP}[a-z${D}])`,
  'giu',
)
/** Scripts that put a space between words: elsewhere the sentence before an address would belong to it. */
const MAILBOX_CHARACTER = "[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{N}._%+'’-]"
/** As typed, as encoded in an address, wide, and as people write it against collectors. */
const AT = '(?:[@\\uff20\\ufe6b]|%40|&#64;| ?[([{] ?at ?[)\\]}] ?)'
const DOT = '(?:\\.| ?[([{] ?dot ?[)\\]}] ?)'
/** The lengths are bounded (RFC 5321: 64 before the sign, 63 a label), so that no text is searched again and again. */
const EMAIL = new RegExp(
  `${MAILBOX_CHARACTER}{1,64}${AT}(?:[\\p{L}\\p{N}-]{1,63}${DOT}){1,8}(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24}|\\p{L}{2,24})`,
  'giu',
)
/** Only in international writing (ITU-T E.164): without the sign a date or an order number looks the same. */
const PHONE = new RegExp(
  `(?<![\\p{L}\\p{N}+])[+\uff0b](?:[ \\u00a0\\u2009\\u202f./()\\u2010-\\u2013-]{0,3}[${D}]){7,16}(?![${D}])`,
  'gu',
)

const MASKS: Record<MaskKind, Mask> = {
  email: (text) => text.replace(EMAIL, '•••@•••'),
  iban: (text) => hide(text, { head: IBAN_HEAD, run: IBAN, isValid: isIban }),
  phone: (text) => text.replace(PHONE, (found) => `+••• ${found.slice(-2)}`),
  card: (text) => hide(hide(text, CARD_RULE), GROUPED_CARD_RULE),
}

/** The order counts: an IBAN or a phone number may hold what looks like a card. */
const ORDER: readonly MaskKind[] = ['email', 'iban', 'phone', 'card']

/** Hides these kinds. The last four characters of an IBAN or a card stay, since one in twenty other long numbers fits too. */
export function maskFor(kinds: readonly MaskKind[]): Mask {
  const masks = ORDER.filter((kind) => kinds.includes(kind)).map((kind) => MASKS[kind])
  return (text) => masks.reduce((masked, mask) => mask(masked), text)
}

type Rule = { head: RegExp; run: RegExp; isValid: (letters: string) => boolean }
const CARD_RULE: Rule = { head: CARD_HEAD, run: CARD, isValid: isLuhn }
const GROUPED_CARD_RULE: Rule = { head: GROUPED_CARD_HEAD, run: GROUPED_CARD, isValid: isLuhn }

/** Looks at a bounded stretch behind each head, and hides the longest valid part of it that ends where a word ends. */
function hide(text: string, { head, run, isValid }: Rule): string {
  let masked = ''
  let done = 0
  for (const { index } of text.matchAll(head)) {
    if (index < done) continue
    run.lastIndex = index
    const found = longestValid(run.exec(text)?.[0] ?? '', text[run.lastIndex] ?? '', isValid)
    if (!found) continue
    masked += `${text.slice(done, index)}${HIDDEN} ${plain(found).slice(-4)}`
    done = index + found.length
  }
  return masked + text.slice(done)
}

const WORD = /[\p{L}\p{N}]/u

function longestValid(run: string, next: string, isValid: Rule['isValid']): string | undefined {
  for (let end = run.length; end > 12; end -= 1) {
    const isEnd = WORD.test(run[end - 1] ?? '') && !WORD.test(run[end] ?? next)
    if (isEnd && isValid(plain(run.slice(0, end)))) return run.slice(0, end)
  }
  return undefined
}

const plain = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
const digitOf = (digit: string) => digit.charCodeAt(0) & 15

/** The check digit of cards (ISO/IEC 7812-1, annex B). */
function isLuhn(digits: string): boolean {
  const doubled = (value: number) => (value > 4 ? 2 * value - 9 : 2 * value)
  const sum = [...digits]
    .reverse()
    .reduce((total, each, place) => total + (place % 2 ? doubled : Number)(digitOf(each)), 0)
  return digits.length > 12 && sum % 10 === 0
}

/** No country's IBAN has fewer than nine digits, and a sentence of words has. */
const isIban = (letters: string) => letters.replace(/[a-z]/gi, '').length > 8 && mod97(letters) === 1

/** ISO 13616: the first four characters go to the end, and letters count from 10. */
function mod97(iban: string): number {
  const moved = [...(iban.slice(4) + iban.slice(0, 4))]
  return moved.reduce((rest, each) => {
    const isLetter = /[a-z]/i.test(each)
    return isLetter ? (rest * 100 + parseInt(each, 36)) % 97 : (rest * 10 + digitOf(each)) % 97
  }, 0)
}

const EXTENSION = /\.[a-z0-9]{1,5}$/i

/** The name of a file. Its extension says what the file is, and stays; so does the ending of an address. */
export function maskName(name: string, mask: Mask): string {
  const masked = mask(name)
  const [extension = ''] = EXTENSION.exec(name) ?? []
  return masked === name || masked.endsWith(extension) ? masked : masked + extension
}
