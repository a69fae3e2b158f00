import { expect, test } from 'vitest'
import { EventId } from '../livechat/ids'
import type { IncomingEvent } from '../livechat/types'
import { correctionOf, versionOf } from './correction'
import { wordsFor } from './words'

const words = wordsFor('en')
const edited = (fields: Partial<IncomingEvent>): IncomingEvent => ({
  id: EventId.parse('T1_1'),
  type: 'message',
  isWelcome: false,
  ...fields,
})

test.each([
  { name: 'another text', before: 'at 5', event: edited({ text: 'at 6' }), says: 'Edited: at 6' },
  { name: 'a text that is cleaned', before: 'at 5', event: edited({ text: 'at\0 6\r' }), says: 'Edited: at 6' },
  {
    name: 'a text whose original is not known',
    before: undefined,
    event: edited({ text: 'at 6' }),
    says: 'Edited: at 6',
  },
  { name: 'another case', before: 'ada', event: edited({ text: 'Ada' }), says: 'Edited: Ada' },
  { name: 'the same text', before: 'at 5', event: edited({ text: 'at 5' }), says: undefined },
  { name: 'the same after cleaning', before: 'at\0 5', event: edited({ text: ' at 5\r\n' }), says: undefined },
  { name: 'the same in another Unicode form', before: 'é', event: edited({ text: 'e\u0301' }), says: undefined },
  { name: 'what an earlier correction said', before: 'Edited: at 6', event: edited({ text: 'at 6' }), says: undefined },
  { name: 'a text taken away', before: 'at 5', event: edited({ text: ' ' }), says: undefined },
  { name: 'a text of nothing visible', before: 'at 5', event: edited({ text: '\u200b\u2800' }), says: undefined },
  { name: 'no text at all', before: 'at 5', event: edited({}), says: undefined },
  { name: 'a file', before: 'a.png', event: edited({ type: 'file', text: 'b' }), says: undefined },
])('$name makes the correction "$says"', ({ before, event, says }) => {
  expect(correctionOf({ text: before, wasCorrected: false }, event, words)).toBe(says)
})

test.each([
  { name: 'the first text again', event: edited({ text: 'at 5' }), says: 'Edited: at 5' },
  { name: 'a text that is cleaned', event: edited({ text: ' at\0 5\r' }), says: 'Edited: at 5' },
  { name: 'a text taken away', event: edited({ text: ' ' }), says: undefined },
  { name: 'no text at all', event: edited({}), says: undefined },
])('after a correction $name makes the correction "$says"', ({ event, says }) => {
  expect(correctionOf({ text: 'at 5', wasCorrected: true }, event, words)).toBe(says)
})

test('a version is the same for the same words and differs for others', () => {
  expect(versionOf('at 6')).toMatch(/^[0-9a-f]{12}$/)
  expect(versionOf('at 6')).toBe(versionOf('at 6'))
  expect(versionOf('at 7')).not.toBe(versionOf('at 6'))
})

test.each(['at 6', ' at 6\r\n', 'at\0 6'])('%j is the same version to a reader', (text) => {
  expect(versionOf(text)).toBe(versionOf('at 6'))
})
