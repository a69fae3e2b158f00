import { expect, test } from 'vitest'
import { isHandBack } from './hand-back'

const handBack = { command: '/bot', tag: 'back to bot' }

test.each([
  { words: '/bot', isCommand: true },
  { words: ' /BOT refund 4711 ', isCommand: true },
  { words: '/bott refund', isCommand: false },
  { words: 'Shall I write /bot?', isCommand: false },
  { words: '/bot\nrefund', isCommand: false },
  { words: '', isCommand: false },
])('"$words"', ({ words, isCommand }) => {
  expect(isHandBack(words, handBack)).toBe(isCommand)
  expect(isHandBack(words, undefined)).toBe(false)
})
