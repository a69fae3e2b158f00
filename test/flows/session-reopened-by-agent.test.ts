import { describe, expect, test } from 'vitest'
import type { HandOver } from '../../sandbox/sandbox'
import { inTouch, MARIA } from './people'
import { BACK, JOINED, story, times, toSee, wordsIn } from './seen'
import { stage } from './session-stage'
import { told } from './told'

const sandbox = stage()
const NOTE = /^\[Automatic note\] The customer is talking with the bot now/

async function ended(): Promise<HandOver> {
  const handOver = await inTouch(sandbox())
  sandbox().livechat.agent(MARIA).closes(handOver.chatId)
  await toSee(handOver.customer, BACK)
  await handOver.customer.says('Something for the bot')
  await sandbox().settled()
  return handOver
}

const notes = (chatId: string) => wordsIn(sandbox(), chatId).filter((text) => NOTE.test(text))

describe('an agent opens an archived chat again', () => {
  test('and writes: told once that the customer is with the bot, who hears nothing', async () => {
    const { chatId, customer } = await ended()
    const maria = sandbox().livechat.agent(MARIA)
    maria.reopens(chatId)
    for (const text of ['One thing I forgot', 'Are you there?']) {
      maria.says(chatId, text)
      await sandbox().settled()
    }
    expect(notes(chatId)).toHaveLength(1)
    expect(story(customer).join()).not.toContain('forgot')
    expect(times(customer, JOINED)).toBe(0)
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
    const again = await inTouch(sandbox(), first.customer, { title: 'Another question' })
    expect(again).toMatchObject({ chatId: first.chatId, threadId: opened.threadId })
    expect(again.conversationId).not.toBe(first.conversationId)
    expect(wordsIn(sandbox(), first.chatId).join('\n')).toContain('Another question')
    maria.says(first.chatId, 'How can I help?')
    await toSee(first.customer, 'How can I help?')
    await sandbox().settled()
    expect(notes(first.chatId)).toEqual([])
    maria.closes(first.chatId)
    await sandbox().settled()
    expect(told(sandbox(), 'chatEnded', again.conversationId)).toHaveLength(1)
  })

  test('and a handoff begins while the note waits for its turn: nobody reads that the customer is with the bot', async () => {
    const { chatId, customer } = await ended()
    sandbox().livechat.webhooks.hold()
    sandbox().livechat.agent(MARIA).reopens(chatId, 'One thing I forgot')
    sandbox().livechat.faults.add({ operation: 'customer/send_event', kind: 'slow', delayMs: 2_000 })
    const handOver = inTouch(sandbox(), customer, { title: 'Another question' })
    await sandbox().livechat.wire.waitFor(({ operation }) => operation === 'customer/resume_chat')
    sandbox().livechat.webhooks.release()
    await handOver
    await sandbox().settled()
    expect(notes(chatId)).toEqual([])
  })
})
