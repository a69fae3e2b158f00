import { expect, test } from 'vitest'
import { EventId } from '../livechat/ids'
import type { IncomingEvent } from '../livechat/types'
import { type BotpressPart, toBotpress } from './to-botpress'
import { wordsFor } from './words'

const words = wordsFor('en')
const HOW = 'Answer with the number or the text of your choice.'

const event = (fields: Partial<IncomingEvent>): IncomingEvent => ({
  id: EventId.parse('T1_1'),
  type: 'message',
  isWelcome: false,
  ...fields,
})
const file = (fields: Partial<IncomingEvent>) =>
  event({ type: 'file', url: 'https://cdn.livechat-files.com/1', ...fields })
const rich = (fields: Partial<IncomingEvent>) => event({ type: 'rich_message', ...fields })
const text = (value: string): BotpressPart => ({ type: 'text', payload: { text: value } })

test.each<{ name: string; event: IncomingEvent; parts: BotpressPart[] }>([
  { name: 'a message', event: event({ text: ' Hello <b>Ada</b>\n' }), parts: [text(' Hello <b>Ada</b>\n')] },
  { name: 'a message is cleaned', event: event({ text: 'a\0b' }), parts: [text('ab')] },
  { name: 'each kind of line end is a newline', event: event({ text: 'a\rb\vc\u2028d' }), parts: [text('a\nb\nc\nd')] },
  { name: 'white space makes nothing', event: event({ text: ' \n' }), parts: [] },
  { name: 'a text of nothing visible makes nothing', event: event({ text: '\u200b \u2800\u3164' }), parts: [] },
  { name: 'no text makes nothing', event: event({}), parts: [] },
  { name: 'another type makes nothing', event: event({ type: 'form', text: 'x' }), parts: [] },
  {
    name: 'an image file',
    event: file({ contentType: 'image/png', name: 'a.png' }),
    parts: [{ type: 'image', payload: { imageUrl: 'https://cdn.livechat-files.com/1', title: 'a.png' } }],
  },
  {
    name: 'an image with a name and a description',
    event: file({ contentType: 'image/png', name: 'a.png', alternativeText: 'A cat' }),
    parts: [{ type: 'image', payload: { imageUrl: 'https://cdn.livechat-files.com/1', title: 'a.png' } }],
  },
  {
    name: 'an image with a description only',
    event: file({ contentType: 'image/png', alternativeText: 'A cat' }),
    parts: [{ type: 'image', payload: { imageUrl: 'https://cdn.livechat-files.com/1', title: 'A cat' } }],
  },
  {
    name: 'an audio file',
    event: file({ contentType: 'audio/mpeg', name: 'a.mp3' }),
    parts: [{ type: 'audio', payload: { audioUrl: 'https://cdn.livechat-files.com/1', title: 'a.mp3' } }],
  },
  {
    name: 'a video file',
    event: file({ contentType: 'VIDEO/mp4; codecs=x', name: 'a' }),
    parts: [{ type: 'video', payload: { videoUrl: 'https://cdn.livechat-files.com/1', title: 'a' } }],
  },
  {
    name: 'a name of several lines becomes one line',
    event: file({ contentType: 'image/png', name: 'a\vb\r\nc.png' }),
    parts: [{ type: 'image', payload: { imageUrl: 'https://cdn.livechat-files.com/1', title: 'a b c.png' } }],
  },
  {
    name: 'any other file',
    event: file({ contentType: 'application/pdf', name: 'a.pdf' }),
    parts: [{ type: 'file', payload: { fileUrl: 'https://cdn.livechat-files.com/1', title: 'a.pdf' } }],
  },
  {
    name: 'an image that no browser shows is a file',
    event: file({ contentType: 'image/heic', name: 'a.heic' }),
    parts: [{ type: 'file', payload: { fileUrl: 'https://cdn.livechat-files.com/1', title: 'a.heic' } }],
  },
  {
    name: 'an image in a card that no browser shows is a file',
    event: rich({ elements: [{ image: { url: 'https://x/a', contentType: 'image/tiff' } }] }),
    parts: [{ type: 'file', payload: { fileUrl: 'https://x/a' } }],
  },
  {
    name: 'an image in a card of which nothing is known is an image',
    event: rich({ elements: [{ image: { url: 'https://x/a', contentType: 'application/octet-stream' } }] }),
    parts: [{ type: 'image', payload: { imageUrl: 'https://x/a' } }],
  },
  {
    name: 'a MIME type that is known goes before the name',
    event: file({ contentType: 'application/pdf', name: 'a.png' }),
    parts: [{ type: 'file', payload: { fileUrl: 'https://cdn.livechat-files.com/1', title: 'a.png' } }],
  },
  {
    name: 'a MIME type that says nothing leaves it to the name',
    event: file({ contentType: 'application/octet-stream', name: 'a.MP3' }),
    parts: [{ type: 'audio', payload: { audioUrl: 'https://cdn.livechat-files.com/1', title: 'a.MP3' } }],
  },
  {
    name: 'a file without name has no title',
    event: file({ name: '\u200f ' }),
    parts: [{ type: 'file', payload: { fileUrl: 'https://cdn.livechat-files.com/1' } }],
  },
  {
    name: 'a file whose link must not be shown leaves a trace',
    event: file({ url: 'javascript:alert(1)', name: 'a.pdf' }),
    parts: [text('a.pdf (could not be delivered)')],
  },
  {
    name: 'cards: image, words, links and choices numbered through the whole event',
    event: rich({
      templateId: 'cards',
      elements: [
        {
          title: 'Basic',
          subtitle: 'For one',
          image: { url: 'https://x/1.png', name: '1.png' },
          buttons: [
            { text: 'Take it', type: 'message', value: 'v1', postbackId: 'p' },
            { text: 'Read', type: 'url', value: 'https://x/read' },
          ],
        },
        {
          title: 'Team',
          buttons: [
            { text: 'Take that', postbackId: 'p' },
            { text: 'Open', type: 'webview', value: 'https://x/open' },
            { text: 'Call', type: 'phone', value: 'tel:+48 123' },
            { text: 'No', type: 'cancel' },
          ],
        },
      ],
    }),
    parts: [
      { type: 'image', payload: { imageUrl: 'https://x/1.png', title: '1.png' } },
      text('Basic\nFor one\n1. Take it\nRead: https://x/read'),
      text(`Team\n2. Take that\nOpen: https://x/open\nCall: +48 123\n3. No\n${HOW}`),
    ],
  },
  {
    name: 'quick replies',
    event: rich({
      templateId: 'quick_replies',
      elements: [{ title: 'OK?', buttons: [{ text: 'Yes' }, { text: 'No' }] }],
    }),
    parts: [text(`OK?\n1. Yes\n2. No\n${HOW}`)],
  },
  {
    name: 'a button without visible words is no choice, and a label is one line',
    event: rich({
      elements: [{ title: '\u200b', subtitle: 'OK?', buttons: [{ text: '\u3164' }, { text: 'Yes\vplease' }] }],
    }),
    parts: [text(`OK?\n1. Yes please\n${HOW}`)],
  },
  {
    name: 'how to answer stands behind the last choices only',
    event: rich({ elements: [{ title: 'A', buttons: [{ text: 'Yes' }] }, { title: 'B' }] }),
    parts: [text(`A\n1. Yes\n${HOW}`), text('B')],
  },
  {
    name: 'a sticker',
    event: rich({ templateId: 'sticker', elements: [{ image: { url: 'https://x/s.png', alternativeText: 'Yay' } }] }),
    parts: [{ type: 'image', payload: { imageUrl: 'https://x/s.png', title: 'Yay' } }],
  },
  {
    name: 'ecommerce',
    event: rich({ templateId: 'ecommerce', elements: [{ title: 'Shoe', subtitle: '10 EUR' }] }),
    parts: [text('Shoe\n10 EUR')],
  },
  {
    name: 'a link button whose address must not be shown keeps its words',
    event: rich({ elements: [{ buttons: [{ text: 'Open', type: 'url', value: 'javascript:alert(1)' }] }] }),
    parts: [text('Open')],
  },
  {
    name: 'a rich message without anything to show leaves a trace',
    event: rich({ templateId: 'ecommerce' }),
    parts: [text('The agent sent something that cannot be shown here.')],
  },
])('$name', ({ event: given, parts }) => {
  expect(toBotpress(given, words)).toEqual(parts)
})

test('a card with more words than one message of Botpress takes becomes several, in order', () => {
  const subtitle = 'word '.repeat(40_000)
  const parts = toBotpress(rich({ elements: [{ title: 'Terms', subtitle }] }), words)
  expect(parts.length).toBeGreaterThan(1)
  for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part.payload))).toBeLessThan(131_072)
  const all = parts.map((part) => (part.type === 'text' ? part.payload.text : '')).join('')
  expect(all).toBe(`Terms\n${subtitle}`)
})
