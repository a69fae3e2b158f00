import { expect, test } from 'vitest'
import { type Content, readContent } from './content'
import { plainText, type TextOnly } from './plain-text'

const shown = (type: string, payload: unknown) => plainText(readContent(type, payload) as TextOnly)

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
