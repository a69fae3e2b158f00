import { expect, test } from 'vitest'
import { readContent } from './content'
import { plainText, type TextOnly } from './plain-text'

const SECRET = 'https://acme.test/a?token=5f3a'
const CUT = 'https://acme.test/…'
const card = { title: 'Cup', imageUrl: SECRET, actions: [{ action: 'url', label: 'See', value: SECRET }] }

test.each([
  { type: 'card', payload: card, is: 'Cup\n[See]' },
  { type: 'card', payload: { ...card, title: `Cup ${SECRET}` }, is: `Cup ${CUT}\n[See]` },
  { type: 'card', payload: { actions: [{ action: 'url', label: '', value: SECRET }] }, is: `[${CUT}]` },
  { type: 'card', payload: { actions: [{ action: 'postback', label: '', value: SECRET }] }, is: `[${CUT}]` },
  { type: 'carousel', payload: { items: [card, card] }, is: 'Cup\n[See]\nCup\n[See]' },
  { type: 'choice', payload: { text: SECRET, options: [{ label: SECRET }] }, is: `${CUT}\n[${CUT}]` },
  { type: 'location', payload: { title: 'Shop', address: SECRET }, is: `Shop\n${CUT}` },
  { type: 'poll', payload: { text: 'Tea?', body: SECRET }, is: `Tea?\n${CUT}` },
])('a $type has no address that opens more, whoever sends it', ({ type, payload, is }) => {
  const content = readContent(type, payload) as TextOnly
  expect(plainText(content, 'person')).toContain(is)
  expect(plainText(content, 'bot')).not.toContain('5f3a')
})

test.each([
  { type: 'text', payload: { text: `See ${SECRET}` }, typed: `See ${SECRET}`, said: `See ${CUT}` },
  { type: 'markdown', payload: { markdown: `**See** ${SECRET}` }, typed: `See ${SECRET}`, said: `See ${CUT}` },
  { type: 'markdown', payload: { markdown: `[this](${SECRET})` }, typed: 'this', said: 'this' },
  { type: 'markdown', payload: { markdown: `![lamp](${SECRET})` }, typed: 'lamp', said: 'lamp' },
  { type: 'markdown', payload: { markdown: `<${SECRET}>` }, typed: SECRET, said: CUT },
])('words that a person types stay, the bot shows no such address: $payload', ({ type, payload, typed, said }) => {
  const content = readContent(type, payload) as TextOnly
  expect(plainText(content, 'person')).toBe(typed)
  expect(plainText(content, 'bot')).toBe(said)
})

const OSM = 'https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}'

test.each([
  { payload: { latitude: 52.23, longitude: -21.01 }, mapLink: undefined, is: '52.23, -21.01' },
  { payload: { title: 'Shop', latitude: 0, longitude: 1 }, mapLink: '', is: 'Shop\n0, 1' },
  { payload: { latitude: 1.5, longitude: 2 }, mapLink: OSM, is: 'https://www.openstreetmap.org/?mlat=1.5&mlon=2' },
  { payload: { latitude: 1.5 }, mapLink: OSM, is: '[location]' },
])('a location is its coordinates, or a link of the chosen map service: $is', ({ payload, mapLink, is }) => {
  expect(plainText(readContent('location', payload) as TextOnly, 'person', mapLink)).toBe(is)
})

test.each([
  {
    type: 'choice',
    payload: { text: 'Which?', options: [null, { label: ' ' }, { label: 'Red' }, 7] },
    is: 'Which?\n[Red]',
  },
  { type: 'dropdown', payload: { text: 'Which?', options: [{}] }, is: 'Which?' },
  { type: 'choice', payload: { options: [{ label: '\u200b' }] }, is: '[choice]' },
  { type: 'card', payload: { title: 'Cup', actions: [null, {}, { label: 'Buy' }] }, is: 'Cup\n[Buy]' },
  { type: 'carousel', payload: { items: [null, { title: 'Cup' }, {}] }, is: 'Cup' },
  { type: 'carousel', payload: { items: [{}] }, is: '[card]' },
])('elements without words leave nothing behind: $payload', ({ type, payload, is }) => {
  expect(plainText(readContent(type, payload) as TextOnly, 'bot')).toBe(is)
})
