import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(path, 'utf8')

test('the oldest Node.js is the same wherever it is named', () => {
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
  const oldest = read('.nvmrc').trim()
  expect(engines.node).toBe(`>=${oldest}`)
  expect(read('.ci/run')).toContain(`Node.js ${oldest} or newer`)
  expect(read('.github/workflows/ci.yml')).toMatch(new RegExp(`node: \\[${oldest}, `))
})

test('the hosted workflow runs .ci/run and nothing beside it', () => {
  const commands = Array.from(read('.github/workflows/ci.yml').matchAll(/\brun: (.*)/g), ([, command]) => command)
  expect(commands).toEqual(['bash .ci/run'])
})
