import { describe, expect, test } from 'vitest'
import type { HandOver } from '../../sandbox/sandbox'
import { createHandoff, MARIA } from './handoffs'
import { BOT_IS_BACK, AGENT_JOINED, transcriptOf, timesVisible, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { eventsSent } from './sent'

const sandbox = useSandbox()
const NOTE = /^\[Automatic note\] The customer is talking with the bot now/

async function ended(): Promise<HandOver> {
  const handOver = await createHandoff(sandbox())
  sandbox().livechat.agent(MARIA).closes(handOver.chatId)
  await visibleTo(handOver.customer, BOT_IS_BACK)
  await handOver.customer.says('Something for the bot')
  await sandbox().settled()
  return handOver
}

const notes = (chatId: string) => chatTexts(sandbox(), chatId).filter((text) => NOTE.test(text))

describe('an agent opens an archived chat again', () => {
  test('and writes: the agent reads once that the customer is with the bot, who gets nothing', async () => {
    const { chatId, customer } = await ended()
    const maria = sandbox().livechat.agent(MARIA)
    maria.reopens(chatId)
    for (const text of ['One thing I forgot', 'Are you there?']) {
      maria.says(chatId, text)
      await sandbox().settled()
    }
    expect(notes(chatId)).toHaveLength(1)
    expect(transcriptOf(customer).join()).not.toContain('forgot')
    expect(timesVisible(customer, AGENT_JOINED)).toBe(0)
  })

  test('the note is not repeated by a process that knows nothing of it', async () => {
    const { chatId } = await ended()
    const maria = sandbox().livechat.agent(MARIA)
    maria.reopens(chatId)
    maria.says(chatId, 'One thing I forgot')
    await sandbox().settled()
    await sandbox().restartIntegration()
    maria.says(chatId, 'Are you there?')
    await sandbox().settled()
    expect(notes(chatId)).toHaveLength(1)
  })

  test('and the customer asks for a human: they get each other', async () => {
    const first = await ended()
    const maria = sandbox().livechat.agent(MARIA)
    const opened = maria.reopens(first.chatId)
    const again = await createHandoff(sandbox(), first.customer, { title: 'Another question' })
    expect(again).toMatchObject({ chatId: first.chatId, threadId: opened.threadId })
    expect(again.conversationId).not.toBe(first.conversationId)
    expect(chatTexts(sandbox(), first.chatId).join('\n')).toContain('Another question')
    maria.says(first.chatId, 'How can I help?')
    await visibleTo(first.customer, 'How can I help?')
    await sandbox().settled()
    expect(notes(first.chatId)).toEqual([])
    maria.closes(first.chatId)
    await sandbox().settled()
    expect(eventsSent(sandbox(), 'chatEnded', again.conversationId)).toHaveLength(1)
  })

  test('and a handoff begins while the note waits for its turn: nobody reads that the customer is with the bot', async () => {
    const { chatId, customer } = await ended()
    sandbox().livechat.webhooks.hold()
    sandbox().livechat.agent(MARIA).reopens(chatId, 'One thing I forgot')
    sandbox().livechat.faults.add({ operation: 'customer/send_event', kind: 'slow', delayMs: 2_000 })
    const handOver = createHandoff(sandbox(), customer, { title: 'Another question' })
    await sandbox().livechat.wire.waitFor(({ operation }) => operation === 'customer/resume_chat')
    sandbox().livechat.webhooks.release()
    await handOver
    await sandbox().settled()
    expect(notes(chatId)).toEqual([])
  })
})
