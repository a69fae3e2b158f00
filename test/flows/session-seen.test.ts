import { describe, expect, test } from 'vitest'
import { createHandoff, MARIA } from './handoffs'
import { visibleTo } from './visible'
import { useSandbox } from './sandboxes'
import { callsNamed } from './sent'

describe('switched on', () => {
  const sandbox = useSandbox({ configuration: { markAsSeen: true } })

  test('the agent sees that the customer has the message, with one call for many messages', async () => {
    const { chatId, customer } = await createHandoff(sandbox())
    const said = ['one', 'two', 'three'].map((text) => sandbox().livechat.agent(MARIA).says(chatId, text))
    await visibleTo(customer, 'three')
    await sandbox().settled()
    expect(callsNamed(sandbox(), 'customer/mark_events_as_seen')).toHaveLength(1)
    const chat = sandbox().livechat.store.chats.get(chatId)
    const seenUpTo = chat?.users.find(({ type }) => type === 'customer')?.events_seen_up_to ?? ''
    const times = said.map(({ eventId }) => sandbox().livechat.store.locate(eventId)?.event.created_at)
    expect(times).toContain(seenUpTo)
  })

  test('each chat has a call of its own', async () => {
    const two = [await createHandoff(sandbox()), await createHandoff(sandbox())]
    for (const { chatId, customer } of two) {
      sandbox().livechat.agent(MARIA).says(chatId, 'Hello')
      await visibleTo(customer, 'Hello')
    }
    await sandbox().settled()
    expect(callsNamed(sandbox(), 'customer/mark_events_as_seen')).toHaveLength(2)
  })

  test('its failure loses no message', async () => {
    sandbox().livechat.faults.add({ operation: 'customer/mark_events_as_seen', kind: 'answer', status: 400 })
    const { chatId, customer } = await createHandoff(sandbox())
    sandbox().livechat.agent(MARIA).says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
    await sandbox().settled()
    expect(customer.sees().filter(({ from }) => from === 'agent')).toHaveLength(1)
  })
})

describe('by default', () => {
  const sandbox = useSandbox()

  test('nothing is marked', async () => {
    const { chatId, customer } = await createHandoff(sandbox())
    sandbox().livechat.agent(MARIA).says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
    await sandbox().settled()
    expect(callsNamed(sandbox(), 'customer/mark_events_as_seen')).toEqual([])
  })
})
