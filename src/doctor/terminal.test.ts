import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { QUESTIONS, type Question } from './questions'
import { askAtTerminal } from './terminal'

const OPEN: Question = { label: 'Client ID', help: 'Of your app.', isSecret: false }
const SECRET: Question = { label: 'Agent token (not shown)', help: 'Base64.', isSecret: true }
const LAST: Question = { label: 'Group ID', help: 'A number.', isSecret: false }

/** A terminal without a person. */
function terminal(questions: readonly Question[]) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  let shown = ''
  output.on('data', (text: Buffer) => (shown += text.toString()))
  const answers = askAtTerminal(questions, { input, output })
  return { input, answers, shown: () => stripVTControlCharacters(shown) }
}

test('each question is asked with a line of help', async () => {
  const { input, answers, shown } = terminal([OPEN, LAST])
  input.write('abc\r')
  input.write(' 7 \r')
  expect(await answers).toEqual(['abc', '7'])
  expect(shown()).toContain('Of your app.\nClient ID: ')
  expect(shown()).toContain('A number.\nGroup ID: ')
})

test('answers that are pasted at once are taken one by one, and the secret ones are not shown', async () => {
  const { input, answers, shown } = terminal([OPEN, SECRET, LAST])
  input.write('abc\rhunter2\r7\r')
  expect(await answers).toEqual(['abc', 'hunter2', '7'])
  expect(shown()).toContain('abc')
  expect(shown()).not.toMatch(/hunter|h.?u.?n.?t/)
})

test('the arrow keys bring back no secret', async () => {
  const { input, answers, shown } = terminal([SECRET, LAST])
  input.write('hunter2\r')
  input.write('\u001b[A7\r')
  expect(await answers).toEqual(['hunter2', '7'])
  expect(shown()).not.toContain('hunter2')
})

test('an empty answer is asked for again', async () => {
  const { input, answers, shown } = terminal([OPEN])
  input.write('\r  \rabc\r')
  expect(await answers).toEqual(['abc'])
  expect(shown().split('An answer is needed.')).toHaveLength(3)
})

test.each([
  { name: 'Ctrl-C', key: '\u0003' },
  { name: 'Ctrl-D', key: '\u0004' },
])('$name stops it', async ({ key }) => {
  const { input, answers } = terminal([OPEN])
  input.write(key)
  await expect(answers).rejects.toThrow('stopped')
})

test('every question of the doctor has a line of help', () => {
  for (const { help } of QUESTIONS) expect(help).toMatch(/^.{20,110}$/)
})
