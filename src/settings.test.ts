import { expect, test } from 'vitest'
import { readSettings } from './settings'

test('what was left empty in a form counts as left out', () => {
  const given = { groupId: 0, whenNobodyIsAvailable: '' } as unknown as Parameters<typeof readSettings>[0]
  expect(readSettings(given)).toMatchObject({ groupId: 0, whenNobodyIsAvailable: 'queue' })
})
