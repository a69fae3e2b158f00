import { expect, test } from 'vitest'
import { type Content, readContent } from './content'
import { plainText, type TextOnly } from './plain-text'

const shown = (type: string, payload: unknown) => plainText(readContent(type, payload) as TextOnly, 'bot')

const SECRET = 'secret-f00'
const component = { type: 'custom', name: 'OrderForm', token: SECRET, url: 'https://x/?key=1', data: { token: SECRET } }

test.each([
  { name: 'a title', payload: { ...component, title: 'Your order', text: 'Pick one' }, shows: 'Your order' },
  { name: 'a text', payload: { ...component, text: 'Pick one' }, shows: 'Pick one' },
  { name: 'a title of nothing visible', payload: { ...component, title: '\u200b', text: 'Pick' }, shows: 'Pick' },
  { name: 'neither', payload: component, shows: '[custom]' },
  { name: 'no payload', payload: null, shows: '[custom]' },
])('of a custom component with $name the agent reads $shows', ({ payload, shows }) => {
  expect(shown('custom', payload)).toBe(shows)
})

test.each([
  { type: 'poll', payload: { id: 'p1', question: 'Tea?', n: 3 }, shows: 'Tea?' },
  {
    type: 'form',
    payload: { title: 'Address', description: 'Where to?', apiKey: SECRET },
    shows: 'Address\nWhere to?',
  },
  {
    type: 'webview',
    payload: { text: 'Sign here', accessToken: SECRET, url: `https://x/${SECRET}` },
    shows: 'Sign here',
  },
  { type: 'event', payload: { password: SECRET, authorization: SECRET, key: SECRET }, shows: '[event]' },
])('of the unknown type $type the agent reads only what is meant for readers', ({ type, payload, shows }) => {
  expect(shown(type, payload)).toBe(shows)
})

test('blocs in blocs are read as deep as anybody sends them, and no depth overflows', () => {
  const nested = (depth: number, inner: unknown): unknown =>
    depth === 0 ? inner : { type: 'bloc', payload: { items: [nested(depth - 1, inner)] } }
  const { payload } = nested(3, { type: 'text', payload: { text: 'deep' } }) as { payload: unknown }
  expect(JSON.stringify(readContent('bloc', payload))).toContain('deep')

  let hostile: unknown = { items: [] }
  for (let depth = 0; depth < 50_000; depth += 1) hostile = { items: [{ type: 'bloc', payload: hostile }] }
  const content: Content = readContent('bloc', hostile)
  expect(content.type).toBe('bloc')
})

const url = 'https://x/a'

test.each([
  { payload: { filename: 'Rechnung März 2026.pdf' }, is: { fileName: 'Rechnung März 2026.pdf' } },
  { payload: { fileName: 'a.pdf' }, is: { fileName: 'a.pdf' } },
  { payload: { file_name: 'a.pdf' }, is: { fileName: 'a.pdf' } },
  { payload: { name: 'a.pdf' }, is: { fileName: 'a.pdf' } },
  { payload: { filename: ' ', name: 'a.pdf' }, is: { fileName: 'a.pdf' } },
  { payload: { filename: 7, name: 'a.pdf' }, is: { fileName: 'a.pdf' } },
  { payload: { title: 'Invoice', filename: 'a.pdf' }, is: { title: 'Invoice', fileName: 'a.pdf' } },
  { payload: { title: 'application/pdf' }, is: { contentType: 'application/pdf' } },
  { payload: { title: ' Image/PNG ' }, is: { contentType: ' Image/PNG ' } },
  { payload: { title: 'audio/ogg; codecs=opus' }, is: { contentType: 'audio/ogg; codecs=opus' } },
  {
    payload: { title: 'application/pdf', filename: 'a.pdf' },
    is: { fileName: 'a.pdf', contentType: 'application/pdf' },
  },
  {
    payload: { filename: 'application/pdf', name: 'a.pdf', mimeType: 'image/png' },
    is: { fileName: 'a.pdf', contentType: 'image/png' },
  },
  { payload: { contentType: 'image/png' }, is: { contentType: 'image/png' } },
  { payload: { mime_type: 'image/png' }, is: { contentType: 'image/png' } },
  { payload: { mimeType: 'none' }, is: {} },
  { payload: { title: 'and/or' }, is: { title: 'and/or' } },
  { payload: { title: 'text/plain is no name' }, is: { title: 'text/plain is no name' } },
  { payload: { caption: 'It is broken' }, is: { caption: 'It is broken' } },
  { payload: { title: 'Lamp', caption: ' Lamp ' }, is: { title: 'Lamp' } },
  { payload: { caption: { text: 'x' } }, is: {} },
])('of a file with $payload is read: $is', ({ payload, is }) => {
  expect(readContent('file', { fileUrl: url, ...payload })).toEqual({ type: 'file', url, ...is })
  const inBloc = readContent('bloc', { items: [{ type: 'image', payload: { imageUrl: url, ...payload } }] })
  expect(inBloc).toEqual({ type: 'bloc', items: [{ type: 'image', url, ...is }] })
})
