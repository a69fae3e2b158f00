import { describe, expect, test } from 'vitest'
import { MARIA, OMAR, createHandoff, newCustomer } from './handoffs'
import { useSandbox, type FlowSandboxOptions } from './sandboxes'

const NOBODY = /Nobody is available/
const refusing: FlowSandboxOptions = { configuration: { whenNobodyIsAvailable: 'refuse' } }

function everybodyLeaves({ livechat }: ReturnType<ReturnType<typeof useSandbox>>): void {
  for (const agent of [MARIA, OMAR]) livechat.agent(agent).goesOffline()
}

describe('an installation that refuses', () => {
  const sandbox = useSandbox(refusing)

  test('fails with a fixed phrase when nobody is there, and leaves no chat', async () => {
    everybodyLeaves(sandbox())
    const before = sandbox().livechat.store.chats.size
    const customer = newCustomer(sandbox())
    const failure: unknown = await sandbox()
      .installation.handOver(customer)
      .catch((error: unknown) => error)
    expect(String(failure)).toMatch(NOBODY)
    expect(sandbox().livechat.store.chats.size).toBe(before)
    expect(sandbox().botpress.isActive(customer.conversationId)).toBe(false)
  })

  test('fails too for a customer whose chat was once allowed to wait, and the old thread stays closed', async () => {
    const first = await createHandoff(sandbox(), newCustomer(sandbox()), {
      hitlSession: { whenNobodyIsAvailable: 'queue' },
    })
    sandbox().livechat.agent(MARIA).closes(first.chatId)
    await sandbox().settled()
    everybodyLeaves(sandbox())
    await first.customer.says('I have another question')
    await expect(sandbox().handOver({ customer: first.customer })).rejects.toThrow(NOBODY)
    expect(
      sandbox()
        .livechat.store.chats.get(first.chatId)
        ?.threads.map(({ active }) => active),
    ).toEqual([false])
  })

  test('hands over when somebody is there', async () => {
    await expect(createHandoff(sandbox())).resolves.toHaveProperty('chatId')
  })

  test('lets a bot author queue one handoff all the same', async () => {
    everybodyLeaves(sandbox())
    const { chatId } = await createHandoff(sandbox(), newCustomer(sandbox()), {
      hitlSession: { whenNobodyIsAvailable: 'queue' },
    })
    expect(sandbox().livechat.store.chats.get(chatId)?.properties.routing?.continuous).toBe(true)
  })
})

describe('an installation that queues', () => {
  const sandbox = useSandbox()

  test('leaves the chat for later when nobody is there', async () => {
    everybodyLeaves(sandbox())
    const { chatId, customer } = await createHandoff(sandbox())
    sandbox().livechat.agent(MARIA).goesOnline()
    sandbox().livechat.agent(MARIA).says(chatId, 'Good morning')
    await customer.waitToSee(({ text }) => text === 'Good morning')
  })

  test('lets a bot author refuse for one handoff', async () => {
    everybodyLeaves(sandbox())
    const input = { hitlSession: { whenNobodyIsAvailable: 'refuse' } }
    await expect(sandbox().handOver({ customer: newCustomer(sandbox()), input })).rejects.toThrow(NOBODY)
  })
})
