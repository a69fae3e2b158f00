import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLine, cleanPieces, cleanText, hasVisibleText, safeLink } from './sanitize'

const RLO = '\u202e'
const LRE = '\u202a'
const PDF = '\u202c'
const RLI = '\u2067'
const PDI = '\u2069'

test.each([
  { name: 'tab and newline stay', text: 'a\tb\nc', clean: 'a\tb\nc' },
  { name: 'a carriage return with its newline is one line end', text: 'a\r\nb', clean: 'a\nb' },
  ...['\v', '\f', '\r', '\x1c', '\x1d', '\x1e', '\x1f', '\u0085', '\u2028', '\u2029'].map((end) => ({
    name: `${JSON.stringify(end)} is a line end`,
    text: `Street 1${end}Berlin`,
    clean: 'Street 1\nBerlin',
  })),
  { name: 'two line ends of different kinds stay two', text: 'a\r\r\n\vb', clean: 'a\n\n\nb' },
  { name: 'NUL, bell, escape and delete go', text: 'a\0b\x07c\x1b[31md\x7f', clean: 'abc[31md' },
  { name: 'C1 controls go', text: 'a\u0084b\u009bc', clean: 'abc' },
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
  { name: 'the end of an isolate without a start ends nothing', text: `${RLO}a${PDI}`, clean: `${RLO}a${PDI}${PDF}` },
  {
    name: 'the end of the inner isolate does not end the outer',
    text: `${RLI}a${RLI}${RLO}b${PDI}${PDF}`,
    clean: `${RLI}a${RLI}${RLO}b${PDI}${PDF}${PDI}`,
  },
  { name: 'Arabic and Hebrew stay', text: 'مرحبا שלום \u200fx', clean: 'مرحبا שלום \u200fx' },
  { name: 'HTML stays text', text: '<b onclick="x()">&amp;</b>', clean: '<b onclick="x()">&amp;</b>' },
])('$name', ({ text, clean }) => {
  expect(cleanText(text)).toBe(clean)
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom(RLO, LRE, PDF, RLI, PDI, 'a', ' ', '\r', '\u2028', '\u200b', '\0', '\ud800', '\udc00', '😀'))
    .map((parts) => parts.join('')),
)

test('a cleaned text holds nothing that must not be there, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const clean = cleanText(text)
      expect(clean).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]|\p{Surrogate}/u)
      expect(cleanText(clean)).toBe(clean)
    }),
  )
})

test('text without anything to clean passes unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u.test(text))
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
        expect(hasVisibleText(piece)).toBe(true)
      }
    }),
  )
})

test('an override that is open over a cut is closed in the first piece', () => {
  expect(cleanPieces(`${RLO}abcdefgh ijkl`, 16)).toEqual([`${RLO}abcdefgh ${PDF}`, `ijkl${PDF}`])
})

test.each([
  { name: 'nothing', text: '' },
  { name: 'white space of all kinds', text: ' \t\n\u00a0\u1680\u2003\u202f\u205f\u3000' },
  { name: 'zero-width characters', text: '\u200b\u200c\u200d\u2060\ufeff' },
  { name: 'marks of the writing direction', text: `\u200e\u200f\u061c${RLO}${PDF}${RLI}${PDI}` },
  { name: 'invisible operators of formulas', text: '\u2061\u2062\u2063\u2064' },
  { name: 'a soft hyphen', text: '\u00ad' },
  { name: 'variation selectors without a base', text: '\ufe00\ufe0f\u{e0100}\u180b' },
  { name: 'tags without a flag', text: '\u{e0001}\u{e0041}\u{e007f}' },
  { name: 'Hangul fillers', text: '\u115f\u1160\u3164\uffa0' },
  { name: 'the Braille blank', text: '\u2800' },
  { name: 'a combining grapheme joiner', text: '\u034f' },
  { name: 'the Mongolian vowel separator', text: '\u180e' },
  { name: 'anchors of an annotation', text: '\ufff9\ufffa\ufffb' },
  { name: 'the musical null note', text: '\u{1d159}' },
  { name: 'joiners of hieroglyphs', text: '\u{13430}' },
  { name: 'noncharacters', text: '\uffff\u{1fffe}' },
  { name: 'control characters', text: '\0\x1b\u009b' },
])('$name cannot be seen', ({ text }) => {
  expect(hasVisibleText(text)).toBe(false)
  expect(cleanPieces(text, 100)).toEqual([])
  expect(cleanLine(text)).toBe('')
  expect(hasVisibleText(`${text}.${text}`)).toBe(true)
})

test.each(['.', '0', '😀', '👨‍👩‍👧', '❤️', '\u0301', '\ufffd', 'ㅤx', '⠁', '가', '\u0600', '🏴\u{e0067}\u{e007f}'])(
  '"%s" can be seen',
  (text) => {
    expect(hasVisibleText(text)).toBe(true)
  },
)

test.each([
  { text: ' Ada \r\n Lovelace ', line: 'Ada   Lovelace' },
  { text: 'a.png\v\f', line: 'a.png' },
  { text: 'a\u0085\u2028b', line: 'a b' },
])('as a name or title, $text is on one line', ({ text, line }) => {
  expect(cleanLine(text)).toBe(line)
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
