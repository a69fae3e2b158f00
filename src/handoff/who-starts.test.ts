import { expect, test } from 'vitest'
import type { Deps } from '../wiring'
import { whoStarts } from './who-starts'

const NOW = Date.parse('2026-11-25T10:00:00Z')
const deps = { clock: { now: () => NOW } } as Deps

test.each([
  { title: 'no name is known', known: undefined, given: 'Grace', secondsAgo: 1, who: 'known' },
  { title: 'no other name was given', known: 'Ada', given: undefined, secondsAgo: 1, who: 'known' },
  { title: 'another name came with this start', known: 'Ada', given: 'Grace', secondsAgo: 59, who: 'another' },
  { title: 'another name came long before', known: 'Ada', given: 'Grace', secondsAgo: 60, who: 'either' },
])('$title: $who', ({ known, given, secondsAgo, who }) => {
  const at = NOW - secondsAgo * 1000
  expect(whoStarts({ name: known, given: { name: given, at }, pointers: {} }, deps)).toBe(who)
})
