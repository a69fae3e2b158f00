import { expect, test } from 'vitest'
import { seeded } from './random'

const draw = (seed: number, count = 1000) => {
  const random = seeded(seed)
  return Array.from({ length: count }, random)
}

test('a seed gives the same numbers again, another seed gives others', () => {
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)[0]).not.toBe(draw(8)[0])
})

test('the numbers are spread evenly from 0 up to 1', () => {
  const numbers = draw(7)
  expect(numbers.filter((number) => number < 0 || number >= 1)).toEqual([])
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const within = numbers.filter((number) => Math.floor(number * 10) === tenth)
    expect(within.length).toBeGreaterThan(60)
  }
})
