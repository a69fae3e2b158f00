import { expect, test } from 'vitest'
import type { CustomerIdentity } from '../session/identities'
import type { Deps } from '../wiring'
import { fileTimeMs, uploadMedia } from './attach'

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

test('of an error that nobody foresaw the log has its name and place, and never its words', async () => {
  const lines: string[] = []
  const deps = {
    log: { info: (line: string) => lines.push(line) },
    get mediaOrigins(): string[] {
      throw new Error('https://ada:secret@acme.test')
    },
  } as unknown as Deps
  const media = { kind: 'media', media: 'image', url: 'https://acme.test/a.png' } as const
  const time = { leftMs: () => 1000, at: 0 } as never
  expect(await uploadMedia({} as CustomerIdentity, { media, mask: (text) => text }, time, deps)).toEqual({})
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^A file of kind image goes as a link: Error at /)
  expect(lines[0]).not.toContain('secret')
})
