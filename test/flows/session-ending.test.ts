import { describe, expect, test } from 'vitest'
import type { Customer } from '../../sandbox/botpress'
import type { LiveChat } from '../../sandbox/livechat'
import type { Sandbox } from '../../sandbox/sandbox'
import { onEachHost, POOL } from './hosts'
import { createHandoff, MARIA, OMAR, newCustomer } from './handoffs'
import { BOT_IS_BACK, AGENT_JOINED, transcriptOf, timesVisible, visibleTo } from './visible'
import { openSandbox, useSandbox } from './sandboxes'
import { agentsAnnounced, callsNamed, seenUpstream, eventsSent } from './sent'

const STOPPED = 'The human agent closed the conversation. I will continue assisting you.'

const customerOf = (livechat: LiveChat, chatId: string) =>
  livechat.customer(livechat.store.chats.get(chatId)?.customerId ?? '')

const onlyEnd = (sandbox: Sandbox, conversationId: string) => {
  const ends = eventsSent(sandbox, 'chatEnded', conversationId)
  expect(ends).toHaveLength(1)
  return ends[0]?.payload
}

/** The times of a handoff as the two platforms keep them. LiveChat counts microseconds. */
function timesOf(
  { livechat, botpress }: Sandbox,
  { chatId, conversationId }: { chatId: string; conversationId: string },
  { firstReply }: { firstReply: string },
) {
  const events = livechat.store.eventsIn(chatId)
  const iso = (time: string | undefined) => new Date(time ?? NaN).toISOString()
  const conversation = botpress.store.conversations.get(conversationId)?.object
  return {
    startedAt: conversation?.createdAt,
    assignedAt: conversation?.tags['livechat-hitl:assignedAt'],
    firstReplyAt: iso(events.find(({ text }) => text === firstReply)?.created_at),
    endedAt: iso(events.at(-1)?.created_at),
  }
}

onEachHost((host) => {
  describe('LiveChat ends the chat', () => {
    const sandbox = useSandbox(host)

    test('the bot takes over, then is notified who closed the chat, with tags and rating', async () => {
      const { chatId, threadId, conversationId, customer } = await createHandoff(sandbox())
      const maria = sandbox().livechat.agent(MARIA)
      maria.says(chatId, 'Goodbye')
      maria.tags(chatId, 'billing')
      await sandbox().installation.callAction('rateChat', { chatId, threadId, score: 'good', comment: 'Quick!' })
      maria.closes(chatId)
      await visibleTo(customer, BOT_IS_BACK)
      await sandbox().settled()
      expect(transcriptOf(customer).slice(-2)).toEqual([`bot: ${STOPPED}`, `bot: ${BOT_IS_BACK}`])
      expect(onlyEnd(sandbox(), conversationId)).toEqual({
        userId: expect.any(String) as string,
        hitlConversationId: conversationId,
        ...seenUpstream(sandbox(), customer),
        chatId,
        threadId,
        reason: 'agent',
        closedBy: 'Maria',
        tags: ['billing'],
        rating: { score: 'good', comment: 'Quick!' },
        undelivered: 0,
        ...timesOf(sandbox(), { chatId, conversationId }, { firstReply: 'Goodbye' }),
        groupId: sandbox().configuration.groupId,
        language: 'en',
      })
      expect(sandbox().installation.botEvents.map(({ type }) => type)).toContain('livechat-hitl:chatEnded')
    })

    test('last words whose webhook is lost are shown before the bot takes over', async () => {
      const { chatId, customer } = await createHandoff(sandbox())
      sandbox().livechat.agent(MARIA).says(chatId, 'Goodbye')
      await visibleTo(customer, 'Goodbye')
      sandbox().livechat.webhooks.disturb({ action: 'incoming_event', kind: 'drop', times: 2 })
      sandbox().livechat.agent(MARIA).says(chatId, 'Or rather')
      sandbox().livechat.agent(MARIA).says(chatId, 'see you')
      sandbox().livechat.agent(MARIA).closes(chatId)
      await visibleTo(customer, BOT_IS_BACK)
      expect(transcriptOf(customer).slice(-4)).toEqual([
        'agent: Or rather',
        'agent: see you',
        `bot: ${STOPPED}`,
        `bot: ${BOT_IS_BACK}`,
      ])
    })

    const busy = { kind: 'answer', status: 503, body: 'Service Unavailable' } as const
    const chat = { at: 'livechat', operation: 'agent/get_chat' } as const
    test.each([
      { what: 'LiveChat shows the chat only at the third try', ...chat, ...busy, times: 2 },
      { what: 'LiveChat never answers the first look', ...chat, kind: 'silence' as const },
      {
        what: 'Botpress does not list the messages',
        at: 'botpress',
        operation: 'listMessages',
        ...busy,
        times: Infinity,
      },
    ] as const)('the same while $what', async ({ at, ...fault }) => {
      const { chatId, customer } = await createHandoff(sandbox())
      sandbox().livechat.agent(MARIA).says(chatId, 'Goodbye')
      await visibleTo(customer, 'Goodbye')
      await sandbox().settled()
      sandbox()[at].faults.add(fault)
      sandbox().livechat.webhooks.disturb({ action: 'incoming_event', kind: 'drop' })
      sandbox().livechat.agent(MARIA).says(chatId, 'See you')
      sandbox().livechat.agent(MARIA).closes(chatId)
      await visibleTo(customer, BOT_IS_BACK)
      expect(transcriptOf(customer).slice(-4)).toEqual([
        'agent: Goodbye',
        'agent: See you',
        `bot: ${STOPPED}`,
        `bot: ${BOT_IS_BACK}`,
      ])
    })

    test('words of an agent whom nothing announced, and the close right after them, are shown in order', async () => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      sandbox().livechat.webhooks.disturb({ action: 'incoming_event', kind: 'drop' })
      sandbox().livechat.agent(MARIA).joins(chatId, { announce: 'none' })
      sandbox().livechat.agent(MARIA).says(chatId, 'Sorry, we are closed')
      sandbox().livechat.agent(MARIA).closes(chatId)
      await visibleTo(customer, BOT_IS_BACK)
      expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria'])
      expect(transcriptOf(customer).slice(-4)).toEqual([
        `bot: ${AGENT_JOINED}`,
        'agent: Sorry, we are closed',
        `bot: ${STOPPED}`,
        `bot: ${BOT_IS_BACK}`,
      ])
    })

    const router = ({ livechat }: Sandbox) => livechat.router
    test.each<{ reason: string; ends: (sandbox: Sandbox, chatId: string) => void }>([
      { reason: 'customer', ends: ({ livechat }, chatId) => customerOf(livechat, chatId).closes(chatId) },
      { reason: 'idle', ends: (all, chatId) => router(all).closesIdle(chatId) },
      { reason: 'nobody', ends: (all, chatId) => router(all).closesNobody(chatId) },
      { reason: 'disconnected', ends: (all, chatId) => router(all).closesOther(chatId) },
      { reason: 'disconnected', ends: ({ livechat }, chatId) => customerOf(livechat, chatId).disconnects(chatId) },
      { reason: 'other', ends: (all, chatId) => router(all).closesOther(chatId, 'routing.archived_some_new_way') },
    ])('the reason "$reason" is reported', async ({ reason, ends }) => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      ends(sandbox(), chatId)
      await visibleTo(customer, BOT_IS_BACK)
      await sandbox().settled()
      const end = onlyEnd(sandbox(), conversationId)
      expect(end).toMatchObject({ reason, undelivered: 0 })
      expect(end).not.toHaveProperty('closedBy')
      expect(sandbox().botpress.store.conversations.get(conversationId)?.object.tags).toMatchObject({
        'livechat-hitl:ended': reason,
      })
    })

    test('an end that is delivered twice is one end', async () => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      sandbox().livechat.webhooks.disturb({ action: 'chat_deactivated', kind: 'duplicate', copies: 3 })
      sandbox().livechat.agent(MARIA).closes(chatId)
      await sandbox().settled()
      expect(timesVisible(customer, STOPPED)).toBe(1)
      onlyEnd(sandbox(), conversationId)
    })

    test('an end without its thread is asked for again while LiveChat does not tell which one it was', async () => {
      const { chatId, customer } = await createHandoff(sandbox())
      const { livechat, configuration } = sandbox()
      livechat.webhooks.disturb({ action: 'chat_deactivated', kind: 'drop' })
      livechat.agent(MARIA).closes(chatId)
      const { webhookSecret: secret_key, organizationId: organization_id } = configuration
      const envelope = { webhook_id: 'w', secret_key, organization_id, action: 'chat_deactivated' }
      const body = { error: { type: 'authorization', message: 'no' } }
      for (const operation of ['agent/get_chat', 'customer/get_chat'])
        livechat.faults.add({ operation, kind: 'answer', status: 403, body, times: Infinity })
      const tell = async () => (await livechat.webhooks.post({ ...envelope, payload: { chat_id: chatId } })).status
      expect(await tell()).toBe(503)
      livechat.faults.clear()
      expect(await tell()).toBe(200)
      await visibleTo(customer, BOT_IS_BACK)
    })

    test('when LiveChat does not say why, the bot takes over all the same', async () => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      const body = { error: { type: 'authorization', message: 'no' } }
      sandbox().livechat.faults.add({ operation: 'agent/get_chat', kind: 'answer', status: 403, body, times: Infinity })
      sandbox().livechat.agent(OMAR).closes(chatId)
      await visibleTo(customer, BOT_IS_BACK)
      await sandbox().settled()
      expect(onlyEnd(sandbox(), conversationId)).toMatchObject({ reason: 'agent', tags: [], undelivered: 0 })
    })
  })
})

const LOCKED = { code: 409, type: 'ResourceLockedConflict', message: 'no', id: 'err_1' }

async function stopWhileLocked({ sandbox, customer }: { sandbox: Sandbox; customer: Customer }): Promise<void> {
  sandbox.botpress.faults.add({ operation: 'updateConversation', kind: 'answer', status: 409, body: LOCKED, times: 2 })
  await sandbox.installation.stopHitl(customer)
  expect(
    callsNamed(sandbox, 'updateConversation')
      .map(({ status }) => status)
      .slice(-3),
  ).toEqual([409, 409, 200])
}

describe('our own close is no news to the bot', () => {
  const sandbox = useSandbox()
  const pool = useSandbox(POOL)

  describe.each([
    { where: 'in one process', world: sandbox },
    { where: 'in a pool of frozen processes', world: pool },
  ])('$where', ({ world }) => {
    test.each<{ name: string; close: (at: { sandbox: Sandbox; customer: Customer }) => Promise<unknown> }>([
      { name: 'the customer types /end', close: ({ customer }) => customer.types('/end') },
      { name: 'the bot stops the handoff', close: ({ sandbox: all, customer }) => all.installation.stopHitl(customer) },
      { name: 'the bot stops a handoff that Botpress has locked for a moment', close: stopWhileLocked },
    ])('$name', async ({ close }) => {
      const { chatId, conversationId, customer } = await createHandoff(world())
      await close({ sandbox: world(), customer })
      await world().settled()
      expect(world().livechat.store.chats.get(chatId)?.threads.at(-1)?.active).toBe(false)
      expect(callsNamed(world(), 'webhook/chat_deactivated').map(({ status }) => status)).toContain(200)
      expect(eventsSent(world(), 'chatEnded', conversationId)).toEqual([])
      expect(timesVisible(customer, STOPPED)).toBe(0)
    })
  })

  test('nor is the plugin’s limit for an assignment', async () => {
    const customer = newCustomer(sandbox())
    const input = { configurationOverrides: { agentAssignedTimeoutSeconds: 1 } }
    const { chatId, conversationId } = await sandbox().handOver({ customer, input })
    await customer.waitToSee(({ text }) => text?.startsWith('No human agent is available') === true)
    await sandbox().settled()
    expect(sandbox().livechat.store.chats.get(chatId)?.threads.at(-1)?.active).toBe(false)
    expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toEqual([])
  })

  test('nor is a stop of what is over already, which succeeds', async () => {
    const { chatId, conversationId, customer } = await createHandoff(sandbox())
    sandbox().livechat.agent(MARIA).closes(chatId)
    await visibleTo(customer, BOT_IS_BACK)
    await sandbox().settled()
    await sandbox().installation.callAction('stopHitl', { conversationId })
    expect(callsNamed(sandbox(), 'agent/deactivate_chat')).toEqual([])
  })
})

test('an owner may do without the report', async () => {
  const sandbox = await openSandbox({ configuration: { reportChatEnd: false } })
  try {
    const { chatId, conversationId, customer } = await createHandoff(sandbox)
    sandbox.livechat.agent(MARIA).says(chatId, 'Goodbye')
    sandbox.livechat.wire.clear()
    await visibleTo(customer, 'Goodbye')
    sandbox.livechat.wire.clear()
    sandbox.livechat.agent(MARIA).closes(chatId)
    await visibleTo(customer, BOT_IS_BACK)
    await sandbox.settled()
    expect(eventsSent(sandbox, 'chatEnded', conversationId)).toEqual([])
  } finally {
    await sandbox.close()
  }
})
