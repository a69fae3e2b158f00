import { describe, expect, test } from 'vitest'
import type { HandOver } from '../../sandbox/sandbox'
import { executeCode, type Workflow } from './execute-code'
import { onEachHost } from './hosts'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { callsNamed } from './sent'
import { useSandbox } from './sandboxes'

onEachHost((host) => {
  let behindStart: Record<string, unknown> = {}
  const sandbox = useSandbox({
    ...host,
    configuration: { handBackCommand: '/bot' },
    bot: {
      afterHitl: async (card, event) => {
        const workflow: Workflow = {}
        await executeCode('// Behind Start HITL: which handoff', { event, card, workflow })
        behindStart = await card.callAction('getHandoff', {
          hitlConversationId: workflow.handoff,
          withTranscript: true,
        })
      },
    },
  })
  const get = (input: Record<string, unknown>) => sandbox().installation.callAction('getHandoff', input)
  const maria = () => sandbox().livechat.agent(MARIA)

  /** A talk of Ada with Maria, who also wrote a note to her colleagues. */
  async function talk(): Promise<HandOver> {
    const customer = newCustomer(sandbox())
    const hitlSession = { upstreamConversationId: customer.conversationId, upstreamUserId: customer.userId }
    const handOver = await createHandoff(sandbox(), customer, { title: 'Help', hitlSession })
    maria().says(handOver.chatId, 'How can I help?')
    await sandbox().settled()
    maria().notes(handOver.chatId, 'A difficult one')
    await handOver.customer.says('My lamp is broken')
    await sandbox().settled()
    return handOver
  }

  describe('getHandoff', () => {
    test('says how a handoff stands, from its start to its end', async () => {
      const { customer, conversationId, chatId, threadId } = await createHandoff(sandbox())
      const ids = { hitlConversationId: conversationId, chatId, threadId, upstreamUserId: customer.userId }
      expect(await get({ hitlConversationId: conversationId })).toMatchObject({ ...ids, status: 'waiting', agents: [] })
      maria().says(chatId, 'How can I help?')
      await sandbox().settled()
      const talking = await get({ chatId, threadId })
      expect(talking).toMatchObject({ ...ids, status: 'talking', agents: ['Maria'], tags: [] })
      for (const key of ['reason', 'endedAt', 'transcript', 'transcriptCut']) expect(talking).not.toHaveProperty(key)
      maria().tags(chatId, 'billing')
      await sandbox().installation.callAction('rateChat', { chatId, threadId, score: 'bad' })
      maria().closes(chatId)
      await sandbox().settled()
      expect(await get({ hitlConversationId: conversationId })).toMatchObject({
        ...ids,
        status: 'ended',
        reason: 'agent',
        closedBy: 'Maria',
        tags: ['billing'],
        rating: { score: 'bad' },
        startedAt: expect.any(String) as string,
        firstReplyAt: expect.any(String) as string,
        endedAt: expect.any(String) as string,
      })
    })

    test('behind Start HITL: the conversation without notes and without what the bot knows already', async () => {
      behindStart = {}
      const { chatId, conversationId } = await talk()
      maria().closes(chatId)
      await sandbox().settled()
      expect(behindStart).toMatchObject({
        hitlConversationId: conversationId,
        status: 'ended',
        reason: 'agent',
        transcript: 'Ada: Hello?\nMaria: How can I help?\nAda: My lamp is broken',
        transcriptCut: false,
      })
    })

    test('the newest words are kept when there is too much', async () => {
      const { conversationId } = await talk()
      const cut = await get({ hitlConversationId: conversationId, withTranscript: true, maxCharacters: 30 })
      expect(cut).toMatchObject({ transcript: 'Ada: My lamp is broken', transcriptCut: true })
    })

    test('a hand-back names its command, and no agent as the one who closed', async () => {
      behindStart = {}
      const { chatId } = await talk()
      maria().says(chatId, '/bot refund')
      await sandbox().settled()
      expect(behindStart).toMatchObject({ status: 'ended', reason: 'agent', command: 'refund' })
      expect(behindStart).not.toHaveProperty('closedBy')
      expect(String(behindStart.transcript)).not.toContain('/bot')
    })

    test('what the bot ended, and what it is not', async () => {
      const { conversationId } = await talk()
      await sandbox().installation.callAction('stopHitl', { conversationId })
      expect(await get({ hitlConversationId: conversationId })).toMatchObject({ status: 'ended', reason: 'us' })
      for (const input of [{}, { hitlConversationId: '' }, { hitlConversationId: 'nothing' }, { chatId: 'X1' }])
        await expect(get(input)).rejects.toThrow(/^Unknown handoff: /)
      await expect(get({ chatId: 'X1', threadId: 'Y1' })).rejects.toThrow(/^Unknown handoff: /)
    })

    test('the customer reads a chat that the agent token may not see', async () => {
      const { conversationId } = await talk()
      const body = { error: { type: 'authorization', message: 'no access' } }
      sandbox().livechat.faults.add({ operation: 'agent/get_chat', kind: 'answer', status: 403, body, times: 3 })
      expect(await get({ hitlConversationId: conversationId, withTranscript: true })).toMatchObject({
        status: 'talking',
        transcript: 'Ada: Hello?\nMaria: How can I help?\nAda: My lamp is broken',
      })
      expect(callsNamed(sandbox(), 'customer/get_chat').length).toBeGreaterThan(0)
    })

    test('a LiveChat that does not answer costs what only LiveChat knows', async () => {
      const { conversationId } = await talk()
      const body = { error: { type: 'internal', message: 'no' } }
      for (const operation of ['agent/get_chat', 'customer/get_chat'])
        sandbox().livechat.faults.add({ operation, kind: 'answer', status: 500, body, times: 9 })
      const known = await get({ hitlConversationId: conversationId, withTranscript: true })
      expect(known).toMatchObject({ status: 'talking', agents: ['Maria'], tags: [] })
      expect(known).not.toHaveProperty('transcript')
    })
  })
})
