import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitText } from './split-text'

const bytes = (text: string) => Buffer.byteLength(text)
const FAMILY = '👨‍👩‍👧‍👦' // one grapheme, 25 bytes
const FLAG = '🇵🇱' // one grapheme, 8 bytes

test.each([
  { name: 'an empty text makes none', text: '', max: 4, pieces: [] },
  { name: 'a text of exactly the limit stays whole', text: 'abcd', max: 4, pieces: ['abcd'] },
  { name: 'one byte over starts a second', text: 'abcde', max: 4, pieces: ['abcd', 'e'] },
  { name: 'bytes count, not characters', text: 'éééé', max: 4, pieces: ['éé', 'éé'] },
  { name: 'an emoji is four bytes and is never cut', text: 'a😁b', max: 4, pieces: ['a', '😁', 'b'] },
  { name: 'a family is one grapheme', text: `ab${FAMILY}`, max: 26, pieces: ['ab', FAMILY] },
  { name: 'flags are cut between pairs', text: FLAG.repeat(3), max: 13, pieces: [FLAG, FLAG, FLAG] },
  { name: 'an accent stays with its letter', text: 'abe\u0301f', max: 4, pieces: ['ab', 'e\u0301f'] },
  { name: 'a mark on a space is no word end', text: 'ab \u0301cd', max: 6, pieces: ['ab \u0301c', 'd'] },
  { name: 'CR and LF are not parted', text: 'ab\r\ncd', max: 3, pieces: ['ab', '\r\n', 'cd'] },
  { name: 'an Indic conjunct stays whole', text: 'कक्षक', max: 9, pieces: ['क', 'क्ष', 'क'] },
  {
    name: 'a paragraph goes before a sentence',
    text: 'One.\n\nTwo. Three',
    max: 14,
    pieces: ['One.\n\n', 'Two. Three'],
  },
  { name: 'a sentence goes before a word', text: 'One two. Three four', max: 15, pieces: ['One two. ', 'Three four'] },
  { name: 'a line counts as a sentence', text: 'One two\nThree four', max: 14, pieces: ['One two\n', 'Three four'] },
  { name: 'a full-width stop needs no space', text: '一。二三四', max: 12, pieces: ['一。', '二三四'] },
  { name: 'a quotation mark stays with its sentence', text: '"Yes." he said', max: 12, pieces: ['"Yes." ', 'he said'] },
  { name: 'a word is kept whole', text: 'hello world', max: 8, pieces: ['hello ', 'world'] },
  { name: 'a no-break space does not part words', text: 'a b\u00a0c', max: 4, pieces: ['a ', 'b\u00a0c'] },
  {
    name: 'a pile of marks over the limit is cut between code points',
    text: 'a\u0301\u0302\u0303',
    max: 4,
    pieces: ['a\u0301', '\u0302\u0303'],
  },
  { name: 'a code point is whole even under a limit of one byte', text: 'é😁', max: 1, pieces: ['é', '😁'] },
])('$name', ({ text, max, pieces }) => {
  expect(splitText(text, max)).toEqual(pieces)
})

/** Ordinary text, every code point, lone surrogates, and the sequences that make graphemes hard. */
const anyUnicode = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom(
        ' ',
        '\n\n',
        '. ',
        FAMILY,
        FLAG,
        '🇩',
        'e\u0301',
        '\u200d',
        '👍🏽',
        '\ud83d',
        '\ude00',
        'क्ष',
        '가',
        'ᄀ',
      ),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''))

test('nothing is lost, and no piece is empty or over the limit, for any Unicode', () => {
  fc.assert(
    fc.property(anyUnicode, fc.integer({ min: 4, max: 60 }), (text, max) => {
      const pieces = splitText(text, max)
      expect(pieces.join('')).toBe(text)
      for (const piece of pieces) {
        expect(piece).not.toBe('')
        expect(bytes(piece)).toBeLessThanOrEqual(max)
      }
    }),
    { numRuns: 500 },
  )
})

test('every cut is between two graphemes of the whole text, unless that grapheme alone is over the limit', () => {
  fc.assert(
    fc.property(anyUnicode, fc.integer({ min: 4, max: 60 }), (text, max) => {
      const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)
      let at = 0
      for (const piece of splitText(text, max).slice(0, -1)) {
        at += piece.length
        const around = graphemes.containing(at)
        if (around && around.index !== at) expect(bytes(around.segment)).toBeGreaterThan(max)
      }
    }),
    { numRuns: 1000 },
  )
})

test.each([
  { name: 'words', unit: 'word ' },
  { name: 'no break at all', unit: 'x' },
  { name: 'flags', unit: FLAG },
  { name: 'marks only', unit: '\u0301' },
  { name: 'marks on spaces', unit: ' \u0301' },
  { name: 'blank lines', unit: '\n' },
  { name: 'stops', unit: '.' },
])('a megabyte of $name is split in time that grows with its length alone', ({ unit }) => {
  const text = unit.repeat(1_000_000 / bytes(unit))
  const start = performance.now()
  const pieces = splitText(text, 16_000)
  expect(performance.now() - start).toBeLessThan(10_000) // some 50 ms on a quiet machine; with the square of its length, minutes
  expect(pieces.length).toBeLessThan(80)
})
