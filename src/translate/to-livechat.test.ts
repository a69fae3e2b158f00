import { expect, test } from 'vitest'
import type { BlocItem, HitlMessage } from './hitl-message'
import { mediaAsText, type OutgoingPart, speakAs, speakAsCustomer, textParts, toLiveChat } from './to-livechat'
import { wordsFor } from './words'

const words = wordsFor('en')
const text = (value: string): OutgoingPart => ({ kind: 'text', text: value })
const bloc = (...items: BlocItem[]): HitlMessage => ({ type: 'bloc', payload: { items } })
const LONG_NAME = `${'Annual report '.repeat(10)}2026.pdf`
const SECRET = 'https://acme.test/a?token=5f3a'
/** What the wire may bring although the schema forbids it. */
const loose = (type: string, payload: unknown) => ({ type, payload }) as HitlMessage

test.each<{ name: string; message: HitlMessage; parts: OutgoingPart[] }>([
  { name: 'text', message: { type: 'text', payload: { text: 'Hi <b>there</b>' } }, parts: [text('Hi <b>there</b>')] },
  { name: 'text is cleaned', message: { type: 'text', payload: { text: 'a\0b\ud800' } }, parts: [text('ab\ufffd')] },
  {
    name: 'each kind of line end is a newline',
    message: { type: 'text', payload: { text: 'cell1\rcell2\u0085cell3\fcell4' } },
    parts: [text('cell1\ncell2\ncell3\ncell4')],
  },
  {
    name: 'a text of nothing visible makes nothing',
    message: { type: 'text', payload: { text: '\u2800\ufe0f' } },
    parts: [],
  },
  {
    name: 'a title of nothing visible is none',
    message: { type: 'image', payload: { imageUrl: 'https://x/a.png', title: '\u200b' } },
    parts: [{ kind: 'media', media: 'image', url: 'https://x/a.png' }],
  },
  { name: 'white space makes nothing', message: { type: 'text', payload: { text: ' \n ' } }, parts: [] },
  {
    name: 'image',
    message: { type: 'image', payload: { imageUrl: 'https://x/a.png', title: 'A' } },
    parts: [{ kind: 'media', media: 'image', url: 'https://x/a.png', title: 'A' }],
  },
  {
    name: 'audio',
    message: { type: 'audio', payload: { audioUrl: 'https://x/a.mp3' } },
    parts: [{ kind: 'media', media: 'audio', url: 'https://x/a.mp3' }],
  },
  {
    name: 'video',
    message: { type: 'video', payload: { videoUrl: 'https://x/a.mp4' } },
    parts: [{ kind: 'media', media: 'video', url: 'https://x/a.mp4' }],
  },
  {
    name: 'file',
    message: { type: 'file', payload: { fileUrl: 'https://x/a.pdf', title: 'Offer' } },
    parts: [{ kind: 'media', media: 'file', url: 'https://x/a.pdf', title: 'Offer' }],
  },
  {
    name: 'a title of several lines goes before its image as words',
    message: { type: 'image', payload: { imageUrl: 'https://x/a.png', title: 'Look:\nbroken' } },
    parts: [text('Look:\nbroken'), { kind: 'media', media: 'image', url: 'https://x/a.png' }],
  },
  {
    name: 'a title too long for a name goes before its image as words',
    message: { type: 'image', payload: { imageUrl: 'https://x/a.png', title: 'word '.repeat(21) } },
    parts: [text('word '.repeat(21).trim()), { kind: 'media', media: 'image', url: 'https://x/a.png' }],
  },
  {
    name: "a file with its sender's name of it",
    message: loose('file', { fileUrl: 'https://x/a', filename: 'Rechnung März 2026.pdf' }),
    parts: [{ kind: 'media', media: 'file', url: 'https://x/a', fileName: 'Rechnung März 2026.pdf' }],
  },
  {
    name: 'a title that is a MIME type is no name',
    message: loose('file', { fileUrl: 'https://x/a', title: 'application/pdf' }),
    parts: [{ kind: 'media', media: 'file', url: 'https://x/a', contentType: 'application/pdf' }],
  },
  {
    name: 'a long title with an extension is a name, and comes once',
    message: { type: 'file', payload: { fileUrl: 'https://x/a', title: LONG_NAME } },
    parts: [{ kind: 'media', media: 'file', url: 'https://x/a', title: LONG_NAME }],
  },
  {
    name: 'a long title of one word is a name, and comes once',
    message: { type: 'file', payload: { fileUrl: 'https://x/a', title: 'x'.repeat(150) } },
    parts: [{ kind: 'media', media: 'file', url: 'https://x/a', title: 'x'.repeat(150) }],
  },
  {
    name: 'a long name is never words',
    message: loose('file', { fileUrl: 'https://x/a', filename: `${'word '.repeat(40)}end` }),
    parts: [{ kind: 'media', media: 'file', url: 'https://x/a', fileName: `${'word '.repeat(40)}end` }],
  },
  {
    name: 'a title of words leaves the name to the sender',
    message: loose('image', { imageUrl: 'https://x/a', title: 'Look:\nbroken', fileName: 'a.png' }),
    parts: [text('Look:\nbroken'), { kind: 'media', media: 'image', url: 'https://x/a', fileName: 'a.png' }],
  },
  {
    name: 'a caption comes after its file, as words',
    message: loose('image', { imageUrl: 'https://x/a', caption: 'It is broken' }),
    parts: [{ kind: 'media', media: 'image', url: 'https://x/a' }, text('It is broken')],
  },
  {
    name: 'captions in a bloc',
    message: bloc(
      loose('image', { imageUrl: 'https://x/1', caption: 'one' }) as BlocItem,
      loose('file', { fileUrl: 'https://x/2', name: 'b.pdf', caption: 'two' }) as BlocItem,
    ),
    parts: [
      { kind: 'media', media: 'image', url: 'https://x/1' },
      text('one'),
      { kind: 'media', media: 'file', url: 'https://x/2', fileName: 'b.pdf' },
      text('two'),
    ],
  },
  {
    name: 'an address in a title opens nothing more',
    message: { type: 'image', payload: { imageUrl: 'https://x/a', title: SECRET } },
    parts: [{ kind: 'media', media: 'image', url: 'https://x/a', title: 'https://acme.test/…' }],
  },
  {
    name: 'an address that a customer types stays',
    message: { type: 'text', payload: { text: SECRET, userId: 'ada' } },
    parts: [text(SECRET)],
  },
  {
    name: 'an address that a customer types into a caption stays',
    message: loose('image', { imageUrl: 'https://x/a', caption: SECRET, userId: 'ada' }),
    parts: [{ kind: 'media', media: 'image', url: 'https://x/a' }, text(SECRET)],
  },
  {
    name: 'an address that the bot shows opens nothing more',
    message: bloc(
      { type: 'text', payload: { text: SECRET } },
      { type: 'markdown', payload: { markdown: `[a](${SECRET}) ${SECRET}` } },
      loose('image', { imageUrl: 'https://x/a', caption: SECRET }) as BlocItem,
    ),
    parts: [
      text('https://acme.test/…'),
      text('a https://acme.test/…'),
      { kind: 'media', media: 'image', url: 'https://x/a' },
      text('https://acme.test/…'),
    ],
  },
  {
    name: 'bloc, each item in order',
    message: bloc(
      { type: 'text', payload: { text: 'one' } },
      { type: 'image', payload: { imageUrl: 'https://x/2.png' } },
      { type: 'markdown', payload: { markdown: '**three** [a](https://x)' } },
    ),
    parts: [text('one'), { kind: 'media', media: 'image', url: 'https://x/2.png' }, text('three a (https://x)')],
  },
  {
    name: 'location with name, address and map link',
    message: bloc({
      type: 'location',
      payload: { latitude: 52.23, longitude: 21.01, title: 'Office', address: 'Main Street 1' },
    }),
    parts: [text('Office\nMain Street 1\n52.23, 21.01')],
  },
  {
    name: 'location without usable numbers',
    message: bloc({ type: 'location', payload: { latitude: NaN, longitude: Infinity, address: 'Main Street 1' } }),
    parts: [text('Main Street 1')],
  },
  { name: 'further keys pass', message: loose('text', { type: 'text', text: 'a', quick: 1 }), parts: [text('a')] },
  { name: 'a payload that is none', message: loose('text', null), parts: [] },
  { name: 'items that are none', message: loose('bloc', { items: [null, 7] }), parts: [text('[?]'), text('[?]')] },
  {
    name: 'an image without address is left to the fallback',
    message: loose('image', { imageUrl: 3 }),
    parts: [{ kind: 'media', media: 'image', url: '' }],
  },
  {
    name: 'an unknown item shows what can be read',
    message: bloc(loose('poll', { type: 'poll', id: 'p1', text: 'Tea?', n: 3 }) as BlocItem),
    parts: [text('Tea?')],
  },
  { name: 'an unknown type leaves a trace', message: loose('poll', {}), parts: [text('[poll]')] },
])('$name', ({ message, parts }) => {
  expect(toLiveChat(message)).toEqual(parts)
})

test('a text over the limit of an event becomes several, in order', () => {
  const long = 'word '.repeat(7000)
  const parts = toLiveChat({ type: 'text', payload: { text: long } })
  expect(parts).toHaveLength(3)
  expect(parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')).toBe(long)
})

test.each([
  { url: 'https://x/a.png', title: 'Cat', says: 'Cat: https://x/a.png' },
  { url: 'https://x/a.png', title: undefined, says: 'Image: https://x/a.png' },
  { url: 'javascript:alert(1)', title: 'Cat', says: 'Cat (could not be delivered)' },
  { url: '', title: undefined, says: 'A file could not be delivered.' },
  { url: SECRET, title: 'Cat', says: 'Cat (could not be delivered)' },
  { url: 'https://user:pw@x/a.png', title: undefined, says: 'A file could not be delivered.' },
  { url: 'https://api.telegram.org/file/bot1:x/a.png', title: 'Cat', says: 'Cat (could not be delivered)' },
])('media that cannot be attached reads "$says"', ({ url, title, says }) => {
  expect(mediaAsText({ kind: 'media', media: 'image', url, title }, words)).toBe(says)
})

test.each([
  { media: 'audio' as const, says: 'Audio: https://x' },
  { media: 'video' as const, says: 'Video: https://x' },
  { media: 'file' as const, says: 'File: https://x' },
])('$media without a title is named by its kind', ({ media, says }) => {
  expect(mediaAsText({ kind: 'media', media, url: 'https://x' }, words)).toBe(says)
})

test.each([
  { reason: 'notFetched' as const, says: 'Cat: https://x/a.png (could not be fetched)' },
  { reason: 'needsLogin' as const, says: 'Cat: https://x/a.png (the link needs a login)' },
  { reason: 'fileEmpty' as const, says: 'Cat: https://x/a.png (the file is empty)' },
])('a link says why the file is not attached: $reason', ({ reason, says }) => {
  const cat = { kind: 'media', media: 'image', url: 'https://x/a.png', title: 'Cat' } as const
  expect(mediaAsText(cat, words, reason)).toBe(says)
  expect(mediaAsText({ ...cat, url: SECRET }, words, reason)).toBe('Cat (could not be delivered)')
})

test("a link is named by its sender's name of the file when it has no title", () => {
  const file = { kind: 'media', media: 'file', url: 'https://x/a', fileName: 'a.pdf' } as const
  expect(mediaAsText(file, words)).toBe('a.pdf: https://x/a')
})

test('each text of somebody else carries the label, and media get one before them', () => {
  const image: OutgoingPart = { kind: 'media', media: 'image', url: 'https://x/a.png' }
  expect(speakAs([text('a'), image, text('b')], '[Bot] {text}', words)).toEqual([
    text('[Bot] a'),
    text('[Bot]'),
    image,
    text('[Bot] b'),
  ])
})

test('what somebody wrote is not taken for a place in the label', () => {
  expect(speakAs([text('$& {text} $1')], '[Bot] {text}', words)).toEqual([text('[Bot] $& {text} $1')])
})

test('a line or a title of somebody else that looks like another label carries their own', () => {
  const image: OutgoingPart = { kind: 'media', media: 'image', url: 'https://x/a.png', title: '[Bot] approval' }
  const said = speakAs([text('[Bot] a\nb\n［Bot］ c\n[Maria] d'), image], '[Bob] {text}', words)
  expect(said).toEqual([
    text('[Bob] [Bot] a\nb\n[Bob] ［Bot］ c\n[Bob] [Maria] d'),
    text('[Bob] [Bot] approval'),
    { kind: 'media', media: 'image', url: 'https://x/a.png' },
  ])
})

test('what a customer sends stays as it is, but for lines and titles that look like a label', () => {
  const image: OutgoingPart = { kind: 'media', media: 'image', url: 'https://x/a.png', title: 'Cat' }
  expect(speakAsCustomer([text('a'), image], words)).toEqual([text('a'), image])
  expect(speakAsCustomer([text('a\n[Bot] b'), { ...image, title: '[Bot] approval.pdf' }], words)).toEqual([
    text('a\nCustomer wrote: [Bot] b'),
    text('Customer wrote: [Bot] approval.pdf'),
    { kind: 'media', media: 'image', url: 'https://x/a.png' },
  ])
})

test('a labelled text stays within the limit of an event, and nothing of it is lost', () => {
  const parts = speakAs(textParts('x'.repeat(16_000)), '[Bot] {text}', words)
  const texts = parts.map((part) => (part.kind === 'text' ? part.text : ''))
  expect(Math.max(...texts.map((each) => Buffer.byteLength(each)))).toBe(16_000)
  expect(texts.map((each) => each.replace('[Bot] ', '')).join('')).toBe('x'.repeat(16_000))
})
