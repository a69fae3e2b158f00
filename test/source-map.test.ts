import { expect, test } from 'vitest'
import { mappingsOf } from './source-map'

test('places of a bundle lead to their source lines', () => {
  const map = { version: 3, sources: ['a.ts', 'b.ts'], names: [], mappings: 'AAAA,gBACE;ACeA,C' }
  expect(mappingsOf(JSON.stringify(map))).toEqual([
    { line: 0, column: 0, source: 'a.ts', sourceLine: 0 },
    { line: 0, column: 16, source: 'a.ts', sourceLine: 1 },
    { line: 1, column: 0, source: 'b.ts', sourceLine: 16 },
  ])
})
