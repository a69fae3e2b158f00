import { expect, test } from 'vitest'
import { openingCustomId } from '../translate/start-key'
import { CUSTOM_ID_PREFIX } from '../translate/custom-id'
import { isOpenedByUs } from './own-events'

const OPENING = openingCustomId('0123456789abcdef01234567', 0)
const MESSAGE = `${CUSTOM_ID_PREFIX}msg_01M8AZ4F7MNZMZ4CYFA22993AT`

test.each([
  { name: 'an opening', customIds: [OPENING], isOurs: true },
  { name: 'an opening after other events', customIds: [MESSAGE, OPENING], isOurs: true },
  { name: 'a message of ours in a thread of an agent', customIds: [MESSAGE], isOurs: false },
  { name: 'nothing of ours', customIds: [], isOurs: false },
])('a thread with $name: opened by us $isOurs', ({ customIds, isOurs }) => {
  expect(isOpenedByUs({ customIds, active: true })).toBe(isOurs)
})
