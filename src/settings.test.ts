import { expect, test } from 'vitest'
import { readSettings } from './settings'

const GIVEN = {
  clientId: ' 4f1d2c3b5a697887a6b5c4d3e2f10987\n',
  organizationId: ' 7B0F3C52-1D8E-4A3F-9C65-0E4B2A7D1F88 ',
  webhookSecret: 'a-long-random-text',
  agentToken: 'abc=',
  groupId: 7,
}
/** What Studio stores is not sure to fit the schema: an installation can be older than a rule. */
const withGroup = (groupId: unknown) => readSettings({ ...GIVEN, groupId: groupId as number })

test('spaces around pasted values go, and a UUID is in lower case as in webhooks', () => {
  expect(readSettings(GIVEN)).toMatchObject({
    clientId: '4f1d2c3b5a697887a6b5c4d3e2f10987',
    organizationId: '7b0f3c52-1d8e-4a3f-9c65-0e4b2a7d1f88',
  })
})

test.each([
  { groupId: 0, read: 0 },
  { groupId: '0', read: 0 },
  { groupId: ' 12 ', read: 12 },
  { groupId: null, read: NaN },
  { groupId: undefined, read: NaN },
  { groupId: '', read: NaN },
  { groupId: ' ', read: NaN },
  { groupId: false, read: NaN },
  { groupId: [], read: NaN },
])('$groupId as Group ID is read as $read', ({ groupId, read }) => {
  expect(withGroup(groupId).groupId).toBe(read)
})
