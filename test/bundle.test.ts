import { readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { buildBundle, OUR_BUNDLE } from '../bench/bundles/build'

/** With error reporting; every byte is read at every cold start. */
const MOST_OF_AN_EMPTY_ONE = 1.1

test('the bundle is hardly heavier than an integration that does nothing', async () => {
  const empty = await buildBundle('empty')
  expect(statSync(OUR_BUNDLE).size / statSync(empty).size).toBeLessThan(MOST_OF_AN_EMPTY_ONE)
})

test('the table of MIME types that only an unused package needs stays out of the bundle', () => {
  expect(readFileSync(OUR_BUNDLE, 'utf8')).not.toContain('application/vnd.lotus-wordpro')
})
