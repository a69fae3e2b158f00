import { expect, test } from 'vitest'
import { sampled } from './sample'

const cells = Array.from({ length: 100 }, (_, index) => index)
const some = (seed: number, count = 10) => sampled(cells, count, { all: false, seed })

test('a sample has the size that was asked for, and keeps the order', () => {
  expect(some(7)).toHaveLength(10)
  expect(some(7)).toEqual([...some(7)].sort((a, b) => a - b))
  expect(some(7, 1000)).toEqual(cells)
})

test('the same seed draws the same cells, another seed draws others', () => {
  expect(some(7)).toEqual(some(7))
  expect(some(8)).not.toEqual(some(7))
})

test('each cell is drawn about as often as the others', () => {
  const drawn = Array.from({ length: 1000 }, (_, seed) => some(seed)).flat()
  const counts = cells.map((cell) => drawn.filter((each) => each === cell).length)
  expect(Math.min(...counts)).toBeGreaterThan(50)
  expect(Math.max(...counts)).toBeLessThan(170)
})

test('a whole run draws nothing: every cell is played', () => {
  expect(sampled(cells, 10, { all: true, seed: 7 })).toEqual(cells)
})
