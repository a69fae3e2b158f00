import { describe, expect, test } from 'vitest'
import { createHandoff, MARIA } from './handoffs'
import { BOT_IS_BACK, visibleTo } from './visible'
import { useSandbox } from './sandboxes'
import { callsNamed, eventsSent } from './sent'

const sandbox = useSandbox()

async function ended() {
  const handOver = await createHandoff(sandbox())
  sandbox().livechat.agent(MARIA).closes(handOver.chatId)
  await visibleTo(handOver.customer, BOT_IS_BACK)
  await sandbox().settled()
  return handOver
}

const ratingOf = (chatId: string) => sandbox().livechat.store.chats.get(chatId)?.threads.at(-1)?.properties.rating

describe('the bot asks, and LiveChat’s own reports get the answer', () => {
  test.each([
    { score: 'good', comment: ' Quick and kind ', rating: { score: 1, comment: 'Quick and kind' } },
    { score: 'bad', comment: undefined, rating: { score: 0 } },
    { score: 'bad', comment: ' \u200b', rating: { score: 0 } },
  ])('$score', async ({ score, comment, rating }) => {
    const { conversationId, chatId } = await ended()
    const end = eventsSent(sandbox(), 'chatEnded', conversationId)[0]?.payload
    const input = { chatId: end?.chatId, threadId: end?.threadId, score, ...(comment && { comment }) }
    await sandbox().installation.callAction('rateChat', input)
    expect(ratingOf(chatId)).toEqual(rating)
  })

  test('with a token that has ended meanwhile', async () => {
    const { chatId, threadId } = await ended()
    const customerId = sandbox().livechat.store.chats.get(chatId)?.customerId ?? ''
    sandbox().livechat.customer(customerId).losesTokens()
    await sandbox().installation.callAction('rateChat', { chatId, threadId, score: 'good' })
    expect(ratingOf(chatId)).toEqual({ score: 1 })
  })
})

test('a chat that no handoff of this bot stands for is refused with a sentence', async () => {
  const website = sandbox().livechat.customerArrives({ text: 'Hi' })
  const input = { chatId: website.chatId, threadId: website.threadId, score: 'good' }
  await expect(sandbox().installation.callAction('rateChat', input)).rejects.toThrow(/Unknown chat/)
  expect(callsNamed(sandbox(), 'customer/update_thread_properties')).toEqual([])
})

test.each(['', null, 'excellent'])('the score %j is refused, and nothing is written', async (score) => {
  const { chatId, threadId } = await ended()
  const rating = sandbox().installation.callAction('rateChat', { chatId, threadId, score })
  await expect(rating).rejects.toThrow(/Invalid score/)
  expect(ratingOf(chatId)).toBeUndefined()
})

test('a refusal of LiveChat is reported', async () => {
  const { chatId, threadId } = await ended()
  const body = { error: { type: 'validation', message: 'no' } }
  sandbox().livechat.faults.add({
    operation: 'customer/update_thread_properties',
    kind: 'answer',
    status: 422,
    body,
    times: Infinity,
  })
  const rating = sandbox().installation.callAction('rateChat', { chatId, threadId, score: 'good' })
  await expect(rating).rejects.toThrow(/Rating not written/)
})
