import { expect, test } from 'vitest'
import { inTouch, MARIA } from './people'
import { BACK, times, toSee, wordsIn } from './seen'
import { stage } from './session-stage'
import { announced, told } from './told'

// Webhooks registered long ago, or by hand, keep the shape of the version that they were registered with.

const sandbox = stage({ livechat: { webhooks: { payloadVersion: '3.5' } } })

test('a handoff is played to its end with webhooks shaped as in 3.5', async () => {
  const { chatId, conversationId, customer } = await inTouch(sandbox())
  const maria = sandbox().livechat.agent(MARIA)
  maria.joins(chatId)
  await sandbox().settled()
  maria.says(chatId, 'Hello Ada')
  await toSee(customer, 'Hello Ada')
  await customer.says('Hello Maria')
  await sandbox().settled()
  maria.closes(chatId)
  await toSee(customer, BACK)
  await sandbox().settled()
  expect(announced(sandbox(), conversationId)).toEqual(['Maria'])
  expect(times(customer, 'Hello Ada')).toBe(1)
  expect(wordsIn(sandbox(), chatId)).toContain('Hello Maria')
  expect(told(sandbox(), 'queueChanged', conversationId)).toHaveLength(1)
  expect(told(sandbox(), 'chatEnded', conversationId).map(({ payload }) => payload['reason'])).toEqual(['agent'])
})
