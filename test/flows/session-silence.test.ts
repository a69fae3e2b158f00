import { expect, test } from 'vitest'
import { createHandoff, MARIA } from './handoffs'
import { BOT_IS_BACK, transcriptOf, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { eventsSent } from './sent'

const sandbox = useSandbox()

test('a message that meets a closed chat ends the session, and is counted as undelivered', async () => {
  const { chatId, threadId, conversationId, customer } = await createHandoff(sandbox())
  sandbox().livechat.webhooks.disturb({ action: 'chat_deactivated', kind: 'drop' })
  sandbox().livechat.agent(MARIA).closes(chatId)
  await customer.says('Are you still there?')
  await visibleTo(customer, BOT_IS_BACK)
  await sandbox().settled()
  expect(eventsSent(sandbox(), 'chatEnded', conversationId).map(({ payload }) => payload)).toMatchObject([
    { reason: 'agent', chatId, threadId, undelivered: 1 },
  ])
  expect(chatTexts(sandbox(), chatId)).not.toContain('Are you still there?')
})

test('several messages at once that meet a closed chat end it once', async () => {
  const { chatId, conversationId, customer } = await createHandoff(sandbox())
  sandbox().livechat.webhooks.disturb({ action: 'chat_deactivated', kind: 'drop' })
  sandbox().livechat.agent(MARIA).closes(chatId)
  await Promise.all(['Are you', 'still', 'there?'].map((text) => customer.says(text)))
  await visibleTo(customer, BOT_IS_BACK)
  await sandbox().settled()
  expect(eventsSent(sandbox(), 'hitlStopped', conversationId)).toHaveLength(1)
  expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toHaveLength(1)
})

test('LiveChat’s own news of that end, when they come late, change nothing', async () => {
  const { chatId, conversationId, customer } = await createHandoff(sandbox())
  sandbox().livechat.webhooks.hold('chat_deactivated')
  sandbox().livechat.agent(MARIA).closes(chatId)
  await customer.says('Are you still there?')
  await visibleTo(customer, BOT_IS_BACK)
  sandbox().livechat.webhooks.release()
  await sandbox().settled()
  expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toHaveLength(1)
  expect(transcriptOf(customer).filter((line) => line === `bot: ${BOT_IS_BACK}`)).toHaveLength(1)
})

test('the bot’s own words after an end are no sign that somebody waits', async () => {
  const { conversationId, customer } = await createHandoff(sandbox())
  await customer.types('/end') // the plugin says so in the conversation, beside the stop
  await sandbox().settled()
  expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toEqual([])
  expect(sandbox().installation.failures).toEqual([])
})
