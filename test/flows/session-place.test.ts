import { expect, test } from 'vitest'
import { SUPPORT_GROUP } from '../../sandbox/livechat/world/defaults'
import { onEachHost } from './hosts'
import { createActiveHandoff, createHandoff, MARIA, newCustomer } from './handoffs'
import { AGENT_JOINED, timesVisible, visibleTo, chatTexts } from './visible'
import { openSandbox, useSandbox } from './sandboxes'
import { callsNamed, eventsSent } from './sent'

onEachHost((host) => {
  const sandbox = useSandbox({ ...host, configuration: { askForPlace: true } })

  const asked = (conversationId: string) =>
    eventsSent(sandbox(), 'queueChanged', conversationId)
      .map(({ payload }) => payload)
      .filter((payload) => payload.asked === true)

  test('the bot hears of the place when the waiting customer writes, the same place too', async () => {
    const { chatId, threadId, conversationId } = await createHandoff(sandbox(), newCustomer(sandbox()))
    expect(asked(conversationId)).toEqual([
      expect.objectContaining({
        hitlConversationId: conversationId,
        chatId,
        threadId,
        position: 1,
        waitTimeSeconds: 45,
      }),
    ])
    expect(chatTexts(sandbox(), chatId)).toContain('Hello?')
  })

  test('a place to which nobody was moved by a webhook', async () => {
    const handOver = await sandbox().handOver({ customer: newCustomer(sandbox()) })
    sandbox().livechat.router.queues(handOver.chatId, { position: 4, waitTime: 240 })
    await handOver.customer.says('Hello?')
    await sandbox().settled()
    expect(asked(handOver.conversationId)).toEqual([expect.objectContaining({ position: 4, waitTimeSeconds: 240 })])
  })

  test('who waits again after an agent hears of it too', async () => {
    const { chatId, conversationId, customer } = await createHandoff(sandbox(), newCustomer(sandbox()))
    sandbox().livechat.agent(MARIA).says(chatId, 'One moment')
    await visibleTo(customer, 'One moment')
    sandbox().livechat.agent(MARIA).transfersTo(chatId, { groupId: SUPPORT_GROUP })
    await sandbox().settled()
    await sandbox().forget() // a minute later, in another process
    const before = asked(conversationId).length
    await customer.says('Hello?')
    await sandbox().settled()
    expect(asked(conversationId)).toHaveLength(before + 1)
  })

  test('an agent who is there, and of whom no webhook told, is announced', async () => {
    const { chatId, conversationId, customer } = await sandbox().handOver({ customer: newCustomer(sandbox()) })
    await sandbox().settled()
    sandbox().livechat.webhooks.disturb({ kind: 'drop', times: 2 })
    sandbox().livechat.agent(MARIA).joins(chatId)
    await customer.says('Hello?')
    await visibleTo(customer, AGENT_JOINED)
    await sandbox().settled()
    expect(asked(conversationId)).toEqual([])
    expect(timesVisible(customer, AGENT_JOINED)).toBe(1)
  })

  test('with an agent nobody is asked', async () => {
    const { conversationId, customer } = await createActiveHandoff(sandbox(), 'Ada')
    await sandbox().forget()
    const before = asked(conversationId).length
    await customer.says('Thank you')
    await sandbox().settled()
    expect(asked(conversationId)).toHaveLength(before)
  })

  test.each(['agent', 'customer'])('a look that the %s’s token may not have costs no message', async (api) => {
    const body = { error: { type: 'authorization', message: 'no' } }
    const refused = { kind: 'answer', status: 403, body, times: Infinity } as const
    sandbox().livechat.faults.add({ operation: `${api}/get_chat`, ...refused })
    const { chatId, conversationId } = await createHandoff(sandbox(), newCustomer(sandbox()))
    expect(asked(conversationId)).toHaveLength(1)
    expect(chatTexts(sandbox(), chatId)).toContain('Hello?')
  })
})

test.each([{ askForPlace: true }, { askForPlace: false }])(
  'ten messages in a minute: $askForPlace',
  async (configuration) => {
    const sandbox = await openSandbox({ configuration })
    try {
      const { customer, conversationId } = await sandbox.handOver({ customer: newCustomer(sandbox) })
      await sandbox.settled()
      const before = callsNamed(sandbox, 'agent/get_chat').length
      for (let count = 1; count <= 10; count += 1) await customer.says(`Message ${count}`)
      await sandbox.settled()
      const expected = configuration.askForPlace ? 1 : 0
      expect(callsNamed(sandbox, 'agent/get_chat').length - before).toBe(expected)
      expect(eventsSent(sandbox, 'queueChanged', conversationId).filter(({ payload }) => payload.asked)).toHaveLength(
        expected,
      )
    } finally {
      await sandbox.close()
    }
  },
)
