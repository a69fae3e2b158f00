import { expect, test } from 'vitest'
import { createHandoff, MARIA } from './handoffs'
import { BOT_IS_BACK, timesVisible, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { agentsAnnounced, eventsSent } from './sent'

// Webhooks registered long ago, or by hand, keep the shape of the version that they were registered with.

const sandbox = useSandbox({ livechat: { webhooks: { payloadVersion: '3.5' } } })

test('a handoff is played to its end with webhooks shaped as in 3.5', async () => {
  const { chatId, conversationId, customer } = await createHandoff(sandbox())
  const maria = sandbox().livechat.agent(MARIA)
  maria.joins(chatId)
  await sandbox().settled()
  maria.says(chatId, 'Hello Ada')
  await visibleTo(customer, 'Hello Ada')
  await customer.says('Hello Maria')
  await sandbox().settled()
  maria.closes(chatId)
  await visibleTo(customer, BOT_IS_BACK)
  await sandbox().settled()
  expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria'])
  expect(timesVisible(customer, 'Hello Ada')).toBe(1)
  expect(chatTexts(sandbox(), chatId)).toContain('Hello Maria')
  expect(eventsSent(sandbox(), 'queueChanged', conversationId)).toHaveLength(1)
  expect(eventsSent(sandbox(), 'chatEnded', conversationId).map(({ payload }) => payload['reason'])).toEqual(['agent'])
})
