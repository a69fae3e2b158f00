import { describe, expect, test } from 'vitest'
import { MARIA, OMAR, inTouch, somebody } from './people'
import { stage, type StageOptions } from './session-stage'

const NOBODY = /Nobody is available/
const refusing: StageOptions = { configuration: { whenNobodyIsAvailable: 'refuse' } }

function everybodyLeaves({ livechat }: ReturnType<ReturnType<typeof stage>>): void {
  for (const agent of [MARIA, OMAR]) livechat.agent(agent).goesOffline()
}

describe('an installation that refuses', () => {
  const sandbox = stage(refusing)

  test('fails with a fixed phrase when nobody is there, and leaves no chat', async () => {
    everybodyLeaves(sandbox())
    const before = sandbox().livechat.store.chats.size
    const customer = somebody(sandbox())
    const failure: unknown = await sandbox()
      .installation.handOver(customer)
      .catch((error: unknown) => error)
    expect(String(failure)).toMatch(NOBODY)
    expect(sandbox().livechat.store.chats.size).toBe(before)
    expect(sandbox().botpress.isActive(customer.conversationId)).toBe(false)
  })

  test('fails too for a customer whose chat was once allowed to wait, and the old thread stays closed', async () => {
    const first = await inTouch(sandbox(), somebody(sandbox()), { hitlSession: { whenNobodyIsAvailable: 'queue' } })
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
    await expect(inTouch(sandbox())).resolves.toHaveProperty('chatId')
  })

  test('lets a bot author queue one handoff all the same', async () => {
    everybodyLeaves(sandbox())
    const { chatId } = await inTouch(sandbox(), somebody(sandbox()), {
      hitlSession: { whenNobodyIsAvailable: 'queue' },
    })
    expect(sandbox().livechat.store.chats.get(chatId)?.properties.routing?.continuous).toBe(true)
  })
})

describe('an installation that queues', () => {
  const sandbox = stage()

  test('leaves the chat for later when nobody is there', async () => {
    everybodyLeaves(sandbox())
    const { chatId, customer } = await inTouch(sandbox())
    sandbox().livechat.agent(MARIA).goesOnline()
    sandbox().livechat.agent(MARIA).says(chatId, 'Good morning')
    await customer.waitToSee(({ text }) => text === 'Good morning')
  })

  test('lets a bot author refuse for one handoff', async () => {
    everybodyLeaves(sandbox())
    const input = { hitlSession: { whenNobodyIsAvailable: 'refuse' } }
    await expect(sandbox().handOver({ customer: somebody(sandbox()), input })).rejects.toThrow(NOBODY)
  })
})
