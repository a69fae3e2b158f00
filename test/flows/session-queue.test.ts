import { describe, expect, test } from 'vitest'
import { SUPPORT_GROUP } from '../../sandbox/livechat/world/defaults'
import { envelope } from './deliveries'
import { onEachHost } from './hosts'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { AGENT_JOINED, transcriptOf, timesVisible, visibleTo } from './visible'
import { openSandbox, useSandbox } from './sandboxes'
import { callsNamed, seenUpstream, eventsSent } from './sent'

const WAITING = 'You are number 1 in the queue. Estimated waiting time in minutes: 1.'

onEachHost((host) => {
  describe('while nobody is assigned', () => {
    const sandbox = useSandbox(host)

    test('the bot gets one queue event that its triggers receive', async () => {
      const customer = newCustomer(sandbox())
      sandbox().livechat.webhooks.disturb({ action: 'incoming_chat', kind: 'duplicate' })
      const { chatId, threadId, conversationId } = await sandbox().handOver({ customer })
      await sandbox().settled()
      const [event, ...more] = eventsSent(sandbox(), 'queueChanged', conversationId)
      expect(more).toEqual([])
      expect(event?.payload).toEqual({
        userId: expect.any(String) as string,
        hitlConversationId: conversationId,
        ...seenUpstream(sandbox(), customer),
        chatId,
        threadId,
        position: 1,
        waitTimeSeconds: 45,
      })
      expect(sandbox().installation.botEvents.map(({ type }) => type)).toContain(event?.type)
      expect(transcriptOf(customer).filter((line) => line.startsWith('agent') || line.includes('queue'))).toEqual([])
    })

    test('each new place sends an event, the same place does not', async () => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      const { router } = sandbox().livechat
      for (const position of [2, 2, 3]) {
        router.queues(chatId, { position, waitTime: position * 60 })
        router.unassigns(chatId, { queued: false }) // no webhook tells of the move alone
        await sandbox().settled()
      }
      const places = eventsSent(sandbox(), 'queueChanged', conversationId).map(({ payload }) => payload.position)
      expect(places).toEqual([1, 2, 3])
      expect(timesVisible(customer, AGENT_JOINED)).toBe(0)
    })

    test('an old place that is delivered again after a newer one sends nothing', async () => {
      const { chatId, threadId, conversationId } = await createHandoff(sandbox())
      const { webhooks } = sandbox().livechat
      const toQueue = (position: number, queued_at: string) => {
        const payload = { chat_id: chatId, thread_id: threadId, queue: { position, wait_time: 60, queued_at } }
        return webhooks.post(envelope(sandbox(), 'chat_transferred', payload))
      }
      const inAMinute = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
      const [first, second] = [inAMinute(1), inAMinute(2)]
      await toQueue(4, first)
      await toQueue(2, second)
      await toQueue(4, first)
      const start = webhooks.deliveries('incoming_chat').find((each) => JSON.stringify(each.envelope).includes(chatId))
      if (!start) throw new Error('the start was never told')
      await webhooks.redeliver(start)
      const places = eventsSent(sandbox(), 'queueChanged', conversationId).map(({ payload }) => payload.position)
      expect(places).toEqual([1, 4, 2])
    })
  })

  describe('after an assignment', () => {
    const sandbox = useSandbox(host)

    test('a customer who waits again reads a sentence each time, at the same place too', async () => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      const maria = sandbox().livechat.agent(MARIA)
      for (const text of ['Hello', 'Hello again']) {
        maria.says(chatId, text)
        await sandbox().settled()
        sandbox().livechat.webhooks.disturb({ action: 'chat_transferred', kind: 'duplicate' })
        maria.transfersTo(chatId, { groupId: SUPPORT_GROUP })
        await sandbox().settled()
      }
      expect(transcriptOf(customer).filter((line) => line.startsWith('agent'))).toEqual([
        'agent: Hello',
        `agent: ${WAITING}`,
        'agent: Hello again',
        `agent: ${WAITING}`,
      ])
      expect(eventsSent(sandbox(), 'queueChanged', conversationId)).toHaveLength(1)
    })

    test('a place in the queue sends nothing when an agent has joined since', async () => {
      const { chatId, customer } = await createHandoff(sandbox())
      const maria = sandbox().livechat.agent(MARIA)
      maria.says(chatId, 'Hello')
      await visibleTo(customer, 'Hello')
      sandbox().livechat.webhooks.hold('chat_transferred')
      maria.transfersTo(chatId, { groupId: SUPPORT_GROUP })
      maria.joins(chatId)
      sandbox().livechat.webhooks.release('reversed')
      await sandbox().settled()
      expect(timesVisible(customer, WAITING)).toBe(0)
    })
  })
})

test('a place in the queue does not make the plugin announce the agent once more who has just left', async () => {
  const sandbox = await openSandbox({
    botpress: { plugin: { callMs: PLUGIN_CALL_MS }, processing: { concurrent: true } },
  })
  try {
    const { chatId, conversationId, customer } = await createHandoff(sandbox)
    const maria = sandbox.livechat.agent(MARIA)
    maria.joins(chatId)
    maria.transfersTo(chatId, { groupId: SUPPORT_GROUP })
    await visibleTo(customer, WAITING)
    await sandbox.settled()
    const announced = eventsSent(sandbox, 'hitlAssigned', conversationId).length
    expect(timesVisible(customer, AGENT_JOINED)).toBe(announced)
  } finally {
    await sandbox.close()
  }
})

/** Enough for a message to meet an announcement that the plugin is still processing. */
const PLUGIN_CALL_MS = 150

test.each([
  {
    name: 'the owner’s own sentence is said',
    queueMessage: 'Place {position}, please wait',
    said: 'Place 1, please wait',
  },
  { name: 'a field that was left empty means the usual sentence', queueMessage: '', said: WAITING },
  { name: 'the word NULL says nothing', queueMessage: 'NULL', said: undefined },
])('$name', async ({ queueMessage, said }) => {
  const sandbox = await openSandbox({ configuration: { queueMessage } })
  try {
    const { chatId, customer } = await createHandoff(sandbox)
    sandbox.livechat.agent(MARIA).says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
    sandbox.livechat.agent(MARIA).transfersTo(chatId, { groupId: SUPPORT_GROUP })
    await sandbox.settled()
    const words = customer.sees().filter(({ from }) => from === 'agent')
    expect(words.map(({ text }) => text)).toEqual(said === undefined ? ['Hello'] : ['Hello', said])
    expect(callsNamed(sandbox, 'webhook/chat_transferred').at(-1)?.status).toBe(200)
  } finally {
    await sandbox.close()
  }
})
