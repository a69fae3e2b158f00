import { expect, test } from 'vitest'
import { contentOfEvent, contentsOfMessage } from './content'

test.each([
  { type: 'text', payload: { text: 'Hello' }, shown: [{ kind: 'text', text: 'Hello' }] },
  { type: 'markdown', payload: { markdown: '**Hi**' }, shown: [{ kind: 'text', text: '**Hi**' }] },
  {
    type: 'image',
    payload: { imageUrl: 'http://h/a%20b.png' },
    shown: [{ kind: 'image', url: 'http://h/a%20b.png', title: 'a b.png' }],
  },
  {
    type: 'file',
    payload: { fileUrl: 'http://h/x', title: 'Invoice' },
    shown: [{ kind: 'file', url: 'http://h/x', title: 'Invoice' }],
  },
  {
    type: 'choice',
    payload: { text: 'Which?', options: [{ label: 'A', value: 'a' }] },
    shown: [{ kind: 'choice', text: 'Which?', options: [{ label: 'A' }] }],
  },
  {
    type: 'card',
    payload: { title: 'Lamp', actions: [{ action: 'url', label: 'See', value: 'http://h' }] },
    shown: [{ kind: 'cards', cards: [{ title: 'Lamp', buttons: [{ label: 'See', url: 'http://h' }] }] }],
  },
  {
    type: 'bloc',
    payload: {
      items: [
        { type: 'text', payload: { text: 'one' } },
        { type: 'text', payload: { text: 'two' } },
      ],
    },
    shown: [
      { kind: 'text', text: 'one' },
      { kind: 'text', text: 'two' },
    ],
  },
  {
    type: 'location',
    payload: { latitude: 1, longitude: 2, address: 'Here' },
    shown: [{ kind: 'location', latitude: 1, longitude: 2, title: 'Here' }],
  },
  { type: 'hologram', payload: { beam: 1 }, shown: [{ kind: 'text', text: '{"beam":1}' }] },
])('the customer’s window shows $type', ({ type, payload, shown }) => {
  expect(contentsOfMessage({ type, payload })).toEqual(shown)
})

const event = { id: 'T_1', created_at: '2026-01-01T00:00:00.000000Z', visibility: 'all' as const }

test.each([
  { type: 'message', more: { text: 'Hello' }, shown: { kind: 'text', text: 'Hello' } },
  { type: 'system_message', more: { system_message_type: 'a.b' }, shown: { kind: 'text', text: 'a.b' } },
  {
    type: 'file',
    more: { url: 'http://h/a', name: 'a.mp3', content_type: 'audio/mpeg' },
    shown: { kind: 'audio', url: 'http://h/a', title: 'a.mp3' },
  },
  {
    type: 'rich_message',
    more: { elements: [{ title: 'When?', buttons: [{ text: 'Now', type: 'message' }] }] },
    shown: { kind: 'cards', cards: [{ title: 'When?', buttons: [{ label: 'Now' }] }] },
  },
  {
    type: 'filled_form',
    more: { fields: [{ label: 'Name', answer: 'Ada' }] },
    shown: { kind: 'form', fields: [{ label: 'Name', answer: 'Ada' }] },
  },
  { type: 'custom', more: { content: {} }, shown: undefined },
])('the desk shows $type', ({ type, more, shown }) => {
  expect(contentOfEvent({ ...event, type, ...more })).toEqual(shown)
})
