import { expect, test } from 'vitest'
import { fileTimeMs } from './attach'

test.each([
  { name: 'one file may take half of the time, and 25 s at the most', leftMs: 60_000, filesToCome: 1, timeMs: 25_000 },
  {
    name: 'the time is shared among several files and the words after them',
    leftMs: 50_000,
    filesToCome: 4,
    timeMs: 10_000,
  },
  { name: 'without time there is none', leftMs: 0, filesToCome: 1, timeMs: 0 },
])('$name', ({ timeMs, ...given }) => {
  expect(fileTimeMs(given)).toBe(timeMs)
})

test('however many files take all the time that they may, some is left for the last words', () => {
  let leftMs = 50_000
  for (let filesToCome = 20; filesToCome > 0; filesToCome -= 1) leftMs -= fileTimeMs({ leftMs, filesToCome })
  expect(leftMs).toBeGreaterThan(2000)
})
