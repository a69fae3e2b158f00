import { describe, expect, test } from 'vitest'
import type { HandOver, Sandbox } from '../../sandbox/sandbox'
import { onEachHost, POOL } from './hosts'
import { createHandoff, MARIA } from './handoffs'
import { BOT_IS_BACK, timesVisible } from './visible'
import { openSandbox, useSandbox } from './sandboxes'
import { callsNamed, eventsSent } from './sent'

const summaries = (sandbox: Sandbox, { conversationId }: HandOver) =>
  eventsSent(sandbox, 'chatSummarized', conversationId).map(({ payload }) => payload)

async function closed(sandbox: Sandbox): Promise<HandOver> {
  const handOver = await createHandoff(sandbox)
  sandbox.livechat.agent(MARIA).says(handOver.chatId, 'Goodbye')
  await sandbox.settled()
  sandbox.livechat.agent(MARIA).closes(handOver.chatId)
  await sandbox.settled()
  return handOver
}

const asked = (sandbox: Sandbox) => callsNamed(sandbox, 'agent/request_thread_summary').length

onEachHost((host) => {
  describe('summarize: ask', () => {
    const sandbox = useSandbox({ ...host, configuration: { summarize: 'ask' } })

    test.each(['text', 'content'] as const)(
      'a summary of the form "%s" reaches the bot, and getHandoff',
      async (form) => {
        sandbox().livechat.settings.chats.summaries = 'ok'
        sandbox().livechat.settings.chats.summaryForm = form
        const handOver = await closed(sandbox())
        const { chatId, threadId, conversationId } = handOver
        expect(asked(sandbox())).toBe(1)
        const text = expect.stringMatching(/• The customer asked: [^]+\n• The customer wrote/) as string
        expect(summaries(sandbox(), handOver)).toMatchObject([
          { hitlConversationId: conversationId, chatId, threadId, text },
        ])
        const input = { hitlConversationId: conversationId }
        expect(await sandbox().installation.callAction('getHandoff', input)).toMatchObject({ summary: text })
      },
    )

    test('a webhook that comes twice is one event', async () => {
      sandbox().livechat.settings.chats.summaries = 'ok'
      sandbox().livechat.webhooks.disturb({ action: 'thread_summary_set', kind: 'duplicate', copies: 3 })
      expect(summaries(sandbox(), await closed(sandbox()))).toHaveLength(1)
    })

    test.each(['error', 'never'] as const)(
      'LiveChat answers "%s": no event, and the end is as ever',
      async (outcome) => {
        sandbox().livechat.settings.chats.summaries = outcome
        const handOver = await closed(sandbox())
        expect(summaries(sandbox(), handOver)).toEqual([])
        expect(eventsSent(sandbox(), 'chatEnded', handOver.conversationId)).toHaveLength(1)
        const input = { hitlConversationId: handOver.conversationId }
        expect(await sandbox().installation.callAction('getHandoff', input)).not.toHaveProperty('summary')
      },
    )

    test('LiveChat summarizes by itself: one event, and the refusal of our request costs nothing', async () => {
      sandbox().livechat.settings.chats.summaries = 'automatic'
      const handOver = await closed(sandbox())
      expect(asked(sandbox())).toBe(1)
      expect(summaries(sandbox(), handOver)).toHaveLength(1)
    })

    test.each([
      {
        name: 'refused',
        fault: { kind: 'answer', status: 403, body: { error: { type: 'authorization', message: 'no' } } },
      },
      { name: 'cut off', fault: { kind: 'refuse' } },
    ] as const)('a request that is $name: no event, and the end is as ever', async ({ fault }) => {
      sandbox().livechat.settings.chats.summaries = 'ok'
      sandbox().livechat.faults.add({ operation: 'agent/request_thread_summary', times: Infinity, ...fault })
      const handOver = await closed(sandbox())
      expect(asked(sandbox())).toBeGreaterThan(0)
      expect(summaries(sandbox(), handOver)).toEqual([])
      expect(eventsSent(sandbox(), 'chatEnded', handOver.conversationId)).toHaveLength(1)
      expect(timesVisible(handOver.customer, BOT_IS_BACK)).toBe(1)
    })

    test('a chat that the bot ended is summarized too', async () => {
      sandbox().livechat.settings.chats.summaries = 'ok'
      const handOver = await createHandoff(sandbox())
      await handOver.customer.says('/end')
      await sandbox().settled()
      expect(summaries(sandbox(), handOver)).toHaveLength(1)
    })
  })
})

describe('summarize: whenTold', () => {
  const sandbox = useSandbox({ configuration: { summarize: 'whenTold' } })

  test('a summary that LiveChat makes reaches the bot; none is asked for', async () => {
    sandbox().livechat.settings.chats.summaries = 'automatic'
    expect(summaries(sandbox(), await closed(sandbox()))).toHaveLength(1)
    expect(asked(sandbox())).toBe(0)
  })

  test('a foreign chat is looked for once and reported to nobody', async () => {
    const { livechat, botpress } = sandbox()
    livechat.settings.chats.summaries = 'automatic'
    const { chatId } = livechat.customerArrives({ name: 'Zoe', text: 'Hi' })
    livechat.agent(MARIA).says(chatId, 'Hello Zoe')
    livechat.agent(MARIA).closes(chatId)
    await sandbox().settled()
    expect(botpress.eventsOf('chatSummarized').filter(({ payload }) => payload.chatId === chatId)).toEqual([])
  })
})

test('summarize: off registers no webhook and asks for nothing', async () => {
  const sandbox = await openSandbox({ ...POOL, livechat: { chats: { summaries: 'automatic' } } })
  try {
    expect(sandbox.livechat.webhooks.registrations().map(({ action }) => action)).not.toContain('thread_summary_set')
    const handOver = await closed(sandbox)
    expect([asked(sandbox), summaries(sandbox, handOver)]).toEqual([0, []])
  } finally {
    await sandbox.close()
  }
})
