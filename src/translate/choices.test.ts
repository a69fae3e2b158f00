import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventId } from '../livechat/ids'
import type { IncomingEvent } from '../livechat/types'
import { type Choice, choicesOf, matchChoice } from './choices'

const event: IncomingEvent = {
  id: EventId.parse('T1_1'),
  type: 'rich_message',
  isWelcome: false,
  elements: [
    {
      buttons: [
        { text: ' Yes ', type: 'message', value: 'y', postbackId: 'p' },
        { text: 'Site', type: 'url', value: 'https://x' },
      ],
    },
    { title: 'no buttons' },
    { buttons: [{ text: 'No', type: 'cancel', postbackId: 'p' }, { postbackId: 'wordless' }, { text: 'Straße' }] },
  ],
}

test('the choices are the answering buttons of all elements; type and value come together or not at all', () => {
  expect(choicesOf(event)).toEqual([
    { number: 1, label: 'Yes', postbackId: 'p', type: 'message', value: 'y' },
    { number: 2, label: 'No', postbackId: 'p' },
    { number: 3, label: 'Straße' },
  ])
})

test('an event without elements has no choices', () => {
  expect(choicesOf({ ...event, elements: undefined })).toEqual([])
})

const choices: Choice[] = ['Yes', 'No', 'Café', 'Yes', '3'].map((label, index) => ({ number: index + 1, label }))

test.each([
  { reply: '2', number: 2 },
  { reply: ' 2. ', number: 2 },
  { reply: '#2', number: 2 },
  { reply: '2)', number: 2 },
  { reply: '２', number: 2 },
  { reply: 'no', number: 2 },
  { reply: '  NO\n', number: 2 },
  { reply: 'cafe\u0301', number: 3 },
  { reply: '2. No', number: 2 },
  { reply: 'yes', number: 1 }, // two are labelled so: the first is meant
  { reply: '4', number: 4 },
  { reply: '3', number: 5 }, // a label goes before a number
  { reply: '6', number: undefined },
  { reply: '0', number: undefined },
  { reply: 'no, thanks', number: undefined },
  { reply: '2 No', number: undefined },
  { reply: '2. Yes', number: undefined },
  { reply: '', number: undefined },
])('"$reply" means choice $number', ({ reply, number }) => {
  expect(matchChoice(reply, choices, { labelsOnly: false })?.number).toBe(number)
})

test.each([
  { reply: '2', number: undefined },
  { reply: '#2', number: undefined },
  { reply: 'no', number: 2 },
  { reply: '3', number: 5 },
])('when only labels count, "$reply" means choice $number', ({ reply, number }) => {
  expect(matchChoice(reply, choices, { labelsOnly: true })?.number).toBe(number)
})

test('every label, however written, finds the first choice of that label', () => {
  const labels = fc.array(
    fc.string({ unit: 'grapheme', minLength: 1 }).filter((label) => label.trim() !== ''),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(labels, fc.nat(), (given, pick) => {
      const all = given.map((label, index) => ({ number: index + 1, label }))
      const label = given[pick % given.length] ?? ''
      const found = matchChoice(` ${label.normalize('NFD')} `, all, { labelsOnly: true })
      expect(found?.number).toBeLessThanOrEqual((pick % given.length) + 1)
    }),
  )
})

test('a reply longer than any button is no choice', () => {
  const label = 'a'.repeat(1000)
  const long = [
    { number: 1, label },
    { number: 2, label: `${label}a` },
  ]
  expect(matchChoice(label, long, { labelsOnly: false })?.number).toBe(1)
  expect(matchChoice(`${label}a`, long, { labelsOnly: false })).toBeUndefined()
})

test('a reply to no choices at all means none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (reply) => {
      expect(matchChoice(reply, [], { labelsOnly: false })).toBeUndefined()
    }),
  )
})
