import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clip } from './graphemes'

test.each([
  { name: 'a short text stays', text: 'Ada', max: 3, start: 'Ada' },
  { name: 'a long text is cut', text: 'Ada Lovelace', max: 6, start: 'Ada Lo' },
  { name: 'no space is left at the end', text: 'Ada Lovelace', max: 4, start: 'Ada' },
  { name: 'a surrogate pair is not halved', text: 'ab😀', max: 3, start: 'ab' },
  { name: 'an emoji of several parts is not halved', text: 'a👨‍👩‍👧', max: 6, start: 'a' },
  { name: 'a flag is not halved', text: 'a🇩🇪🇫🇷', max: 7, start: 'a🇩🇪' },
  { name: 'a letter keeps its accent', text: 'abe\u0301', max: 3, start: 'ab' },
  {
    name: 'of one long grapheme the start stays, in whole pairs',
    text: `e${'\u{1d165}'.repeat(5)}`,
    max: 4,
    start: 'e\u{1d165}',
  },
])('$name', ({ text, max, start }) => {
  expect(clip(text, max)).toBe(start)
})

test('the start of a text is never too long and holds no half of a pair', () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 60 })
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, max) => {
      const start = clip(text, max)
      expect(text.startsWith(start)).toBe(true)
      expect(start.length).toBeLessThanOrEqual(max)
      expect(start).not.toMatch(/\p{Surrogate}/u)
    }),
  )
})
