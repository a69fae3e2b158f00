import { expect, test } from 'vitest'
import type { HistoryItem } from './hitl-message'
import { wasBrokenOff } from './broken-off'

const TEXT = 'Something went wrong, you are not connected to a human agent...'
const item = (source: unknown, text: unknown) => ({ source, type: 'text', payload: { text } }) as HistoryItem
const bot = { type: 'bot' }

test.each([
  { name: 'the plugin said so', history: [item(bot, 'Hello'), item(bot, TEXT), item(bot, 'Bye')], broken: true },
  { name: 'the customer said so', history: [item({ type: 'user', userId: 'u' }, TEXT)], broken: false },
  { name: 'nobody said so', history: [item(bot, 'Something went wrong')], broken: false },
  { name: 'nothing can be read', history: [item(undefined, 7), { source: bot, type: 'text' } as never], broken: false },
  { name: 'there is none', history: [], broken: false },
])('a history in which $name', ({ history, broken }) => {
  expect(wasBrokenOff(history)).toBe(broken)
})
