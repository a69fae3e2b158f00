import { expect, test } from 'vitest'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { useSandbox } from './sandboxes'
import { eventsSent } from './sent'
import { BOT_IS_BACK, chatEvents, visibleTo } from './visible'

const sandbox = useSandbox()
const WORDS = 'This is for Maria alone'

const wordsIn = (threadId: string, chatId: string) =>
  chatEvents(sandbox(), chatId).filter(({ id, text, deleted }) => id.startsWith(threadId) && text === WORDS && !deleted)

/** The next words of a customer reach their chat that much later, in milliseconds. */
function nextWordsAreSlow(delayMs: number): void {
  sandbox().livechat.faults.add({ operation: 'customer/send_event', kind: 'slow', delayMs })
}

test("words that meet the thread of the customer's other window are taken back, and the bot knows", async () => {
  const userEmail = `user_${process.pid}@no-reply.bot-1.botpress.com`
  const first = await createHandoff(sandbox(), newCustomer(sandbox(), { name: 'Ada', email: userEmail }), { userEmail })
  nextWordsAreSlow(3_500)
  const saying = first.customer.says(WORDS)
  const other = newCustomer(sandbox(), { name: 'Ada', email: userEmail })
  const second = await createHandoff(sandbox(), other, { userEmail, title: 'Something else' })
  await saying
  await visibleTo(first.customer, BOT_IS_BACK)
  await sandbox().settled()
  expect(second.threadId).not.toBe(first.threadId)
  expect(wordsIn(second.threadId, second.chatId)).toEqual([])
  expect(eventsSent(sandbox(), 'messageNotDelivered', first.conversationId)).toMatchObject([
    { payload: { text: WORDS } },
  ])
  expect(eventsSent(sandbox(), 'hitlStopped', second.conversationId)).toEqual([])
})

test('words that meet a thread which an agent opened stay there: somebody reads them', async () => {
  const { livechat } = sandbox()
  const first = await createHandoff(sandbox())
  nextWordsAreSlow(500)
  livechat.webhooks.hold()
  const saying = first.customer.says(WORDS)
  livechat.agent(MARIA).closes(first.chatId)
  const opened = livechat.agent(MARIA).reopens(first.chatId)
  await saying
  livechat.webhooks.release()
  await sandbox().settled()
  expect(wordsIn(opened.threadId, first.chatId)).toHaveLength(1)
  expect(eventsSent(sandbox(), 'messageNotDelivered', first.conversationId)).toEqual([])
})
