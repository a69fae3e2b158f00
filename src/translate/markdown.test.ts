import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markdownToText } from './markdown'

test.each([
  { markdown: 'plain text', text: 'plain text' },
  { markdown: '[a](https://x)', text: 'a (https://x)' },
  { markdown: '[a](https://x "title")', text: 'a (https://x)' },
  { markdown: '[wiki](https://x/a_(b)_c)', text: 'wiki (https://x/a_(b)_c)' },
  { markdown: '[https://x](https://x)', text: 'https://x' },
  { markdown: '[bad](javascript:alert(1))', text: 'bad' },
  { markdown: '[mail](mailto:a@b.c)', text: 'mail (mailto:a@b.c)' },
  { markdown: '![cat](https://x/cat.png)', text: 'cat (https://x/cat.png)' },
  { markdown: '![](https://x/cat.png)', text: 'https://x/cat.png' },
  { markdown: '[![cat](https://x/c.png)](https://x)', text: 'cat (https://x/c.png) (https://x)' },
  { markdown: '<https://x/a_b_c>', text: 'https://x/a_b_c' },
  { markdown: 'see https://x/_a_/*b*', text: 'see https://x/_a_/b' },
  { markdown: '**bold** and *it* and __b__ and _i_ and ~~s~~', text: 'bold and it and b and i and s' },
  { markdown: '***both***, **a *b* c**', text: 'both, a b c' },
  { markdown: '**[a](https://x)**', text: 'a (https://x)' },
  { markdown: '**https://x**', text: 'https://x' },
  { markdown: 'snake_case_name, 2 * 3 * 4', text: 'snake_case_name, 2 * 3 * 4' },
  { markdown: '# Title\n\ntext', text: 'Title\n\ntext' },
  { markdown: '* one\n+ two\n  - three', text: '- one\n- two\n  - three' },
  { markdown: 'run `a*b*c`', text: 'run a*b*c' },
  { markdown: '```js\nlet a = 1\n```', text: 'let a = 1\n' },
  { markdown: '\\*not\\* and [a\\]b](https://x)', text: '*not* and a]b (https://x)' },
  { markdown: '<b>html</b>', text: '<b>html</b>' },
])('$markdown', ({ markdown, text }) => {
  expect(markdownToText(markdown)).toBe(text)
})

test('no input throws, and no placeholder is left behind', () => {
  const piece = fc.constantFrom(
    '[',
    ']',
    '(',
    ')',
    '*',
    '_',
    '`',
    '\\',
    '!',
    '<',
    '>',
    '\0',
    '0',
    ' ',
    '\n',
    'https://x',
    'a',
  )
  fc.assert(
    fc.property(
      fc.array(piece).map((parts) => parts.join('')),
      (markdown) => {
        expect(markdownToText(markdown)).not.toContain('\0')
      },
    ),
  )
})

test.each(['[', '**', '*a', '_a ', '`', '](', '[a](b(', '~~a', '![', '<https://', '\\*', '# '])(
  'a hundred kilobytes of "%s" take no time',
  (unit) => {
    const start = performance.now()
    markdownToText(unit.repeat(100_000 / unit.length))
    expect(performance.now() - start).toBeLessThan(5_000) // at most 100 ms on a quiet machine; with the square of its length, minutes
  },
)
