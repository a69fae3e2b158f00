import { expect, test } from 'vitest'
import { EventId } from '../livechat/ids'
import { commandIn, commandOfTag } from './hand-back'

const inWords = (text: string, handBackCommand = '/bot', type = 'message') =>
  commandIn({ id: EventId.parse('T1_1'), type, text, isWelcome: false }, { handBackCommand, handBackTags: [] })

test.each([
  { text: '/bot refund', command: 'refund' },
  { text: '  /Bot\u00a0 refund   order 4711 ', command: 'refund order 4711' },
  { text: '/bot', command: '/bot' },
  { text: '/BOT', command: '/bot' },
  { text: `/bot ${'x'.repeat(600)}`, command: 'x'.repeat(500) },
])('"$text" is a command', ({ text, command }) => {
  expect(inWords(text)).toBe(command)
})

test.each(['/bott refund', '/botrefund', 'Type /bot', '/ bot', '', '/bot\nrefund', 'bot'])(
  '"%s" is ordinary words',
  (text) => {
    expect(inWords(text)).toBeUndefined()
  },
)

test('a command of two words is one, whatever is between them', () => {
  expect(inWords('back  To bot refund', 'Back to  bot')).toBe('refund')
  expect(inWords('back to bot', 'back to bot')).toBe('back to bot')
  expect(inWords('back to the bot', 'back to bot')).toBeUndefined()
  expect(inWords('back', 'back to bot')).toBeUndefined()
})

test('nothing is a command without the setting, and nothing but words', () => {
  expect(inWords('', '')).toBeUndefined()
  expect(inWords('/bot', '')).toBeUndefined()
  expect(inWords('/bot', '/bot', 'file')).toBeUndefined()
})

test.each([
  { tag: 'Refund', command: 'refund' },
  { tag: ' back to bot', command: 'back to bot' },
  { tag: 'refunded', command: undefined },
  { tag: '', command: undefined },
])('the tag "$tag" stands for $command', ({ tag, command }) => {
  expect(commandOfTag(tag, { handBackCommand: '', handBackTags: ['refund', 'back to bot'] })).toBe(command)
})
