import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanPieces, cleanText, safeLink } from './sanitize'

const RLO = '\u202e'
const LRE = '\u202a'
const PDF = '\u202c'
const RLI = '\u2067'
const PDI = '\u2069'

test.each([
  { name: 'tab and newline stay', text: 'a\tb\nc', clean: 'a\tb\nc' },
  { name: 'a carriage return goes', text: 'a\r\nb', clean: 'a\nb' },
  { name: 'NUL, bell, escape and delete go', text: 'a\0b\x07c\x1b[31md\x7f', clean: 'abc[31md' },
  { name: 'C1 controls go', text: 'a\u0085b\u009bc', clean: 'abc' },
  { name: 'a lone high surrogate is replaced', text: 'a\ud83d', clean: 'a\ufffd' },
  { name: 'a lone low surrogate is replaced', text: '\ude00a', clean: '\ufffda' },
  { name: 'a pair stays', text: '😀', clean: '😀' },
  { name: 'an open override is closed', text: `a${RLO}b`, clean: `a${RLO}b${PDF}` },
  { name: 'an open isolate is closed', text: `a${RLI}b`, clean: `a${RLI}b${PDI}` },
  { name: 'what is closed stays as it is', text: `${LRE}a${PDF}${RLI}b${PDI}`, clean: `${LRE}a${PDF}${RLI}b${PDI}` },
  { name: 'nested ones are closed inside out', text: `${RLO}a${RLI}b`, clean: `${RLO}a${RLI}b${PDI}${PDF}` },
  {
    name: 'a pop inside an isolate does not close what is outside',
    text: `${RLO}${RLI}${PDF}${PDI}`,
    clean: `${RLO}${RLI}${PDF}${PDI}${PDF}`,
  },
  { name: 'the end of an embedding does not end an isolate', text: `${RLI}a${PDF}`, clean: `${RLI}a${PDF}${PDI}` },
  {
    name: 'the end of an isolate ends what was opened in it',
    text: `${RLI}${RLO}a${PDI}`,
    clean: `${RLI}${RLO}a${PDI}`,
  },
  { name: 'Arabic and Hebrew stay', text: 'مرحبا שלום \u200fx', clean: 'مرحبا שלום \u200fx' },
  { name: 'HTML stays text', text: '<b onclick="x()">&amp;</b>', clean: '<b onclick="x()">&amp;</b>' },
])('$name', ({ text, clean }) => {
  expect(cleanText(text)).toBe(clean)
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom(RLO, LRE, PDF, RLI, PDI, 'a', ' ', '\r', '\0', '\ud800', '\udc00', '😀'))
    .map((parts) => parts.join('')),
)

test('a cleaned text holds nothing that must not be there, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const clean = cleanText(text)
      expect(clean).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]|\p{Surrogate}/u)
      expect(cleanText(clean)).toBe(clean)
    }),
  )
})

test('text without anything to clean passes unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u.test(text))
      expect(cleanText(text)).toBe(text)
    }),
  )
})

test('each piece is clean in itself and within the limit', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 16, max: 40 }), (text, max) => {
      for (const piece of cleanPieces(text, max)) {
        expect(cleanText(piece)).toBe(piece)
        expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(max)
        expect(piece.trim()).not.toBe('')
      }
    }),
  )
})

test('an override that is open over a cut is closed in the first piece', () => {
  expect(cleanPieces(`${RLO}abcdefgh ijkl`, 16)).toEqual([`${RLO}abcdefgh ${PDF}`, `ijkl${PDF}`])
})

test.each([
  { url: 'https://example.com/a?b=c#d', link: 'https://example.com/a?b=c#d' },
  { url: ' http://example.com ', link: 'http://example.com' },
  { url: 'mailto:ada@example.com', link: 'mailto:ada@example.com' },
  { url: 'tel:+48123', link: 'tel:+48123' },
  { url: 'https://example.com/a b', link: 'https://example.com/a%20b' },
  { url: `https://example.com/${RLO}gnp`, link: 'https://example.com/%E2%80%AEgnp' },
  { url: 'javascript:alert(1)', link: undefined },
  { url: 'java\nscript:alert(1)', link: undefined },
  { url: 'data:text/html,x', link: undefined },
  { url: 'file:///etc/passwd', link: undefined },
  { url: 'blob:https://example.com/1', link: undefined },
  { url: '/relative', link: undefined },
  { url: '', link: undefined },
])('the link of "$url" is $link', ({ url, link }) => {
  expect(safeLink(url)).toBe(link)
})
