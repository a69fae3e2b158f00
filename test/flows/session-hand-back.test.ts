import { describe, expect, test } from 'vitest'
import type { HandOver } from '../../sandbox/sandbox'
import { onEachHost } from './hosts'
import { createActiveHandoff, createHandoff, MARIA, OMAR, newCustomer } from './handoffs'
import { BOT_IS_BACK, transcriptOf, timesVisible, visibleTo, chatTexts } from './visible'
import { openSandbox, useSandbox, useFreshSandbox } from './sandboxes'
import { eventsSent } from './sent'

const SETTINGS = { handBackCommand: '/bot', handBackTag: 'refund, Back to bot' }
const NOTE = (command: string) => `[Automatic note] The bot has taken the customer back: ${command}`

onEachHost((host) => {
  const sandbox = useSandbox({ ...host, configuration: SETTINGS })
  const maria = () => sandbox().livechat.agent(MARIA)

  const tagOf = ({ conversationId }: HandOver) =>
    sandbox().botpress.store.conversations.get(conversationId)?.object.tags['livechat-hitl:command']
  const threadOf = ({ chatId }: HandOver) => sandbox().livechat.store.chats.get(chatId)?.threads.at(-1)

  /** The bot has the customer, knows the command, and the agent reads so in a chat that is closed. */
  async function expectHandedBack(handOver: HandOver, command: string, closedBy?: string) {
    const { chatId, conversationId, customer } = handOver
    await visibleTo(customer, BOT_IS_BACK)
    expect(tagOf(handOver)).toBe(command) // the flow that goes on reads it
    await sandbox().settled()
    const ends = eventsSent(sandbox(), 'chatEnded', conversationId).map(({ payload }) => payload)
    expect(ends).toEqual([expect.objectContaining({ reason: 'agent', command, ...(closedBy && { closedBy }) })])
    expect(chatTexts(sandbox(), chatId).filter((text) => text === NOTE(command))).toHaveLength(1)
    expect(threadOf(handOver)?.active).toBe(false)
    expect(timesVisible(customer, BOT_IS_BACK)).toBe(1)
  }

  describe('an agent gives the customer back', () => {
    test('by a command, which the customer never sees', async () => {
      const handOver = await createActiveHandoff(sandbox())
      maria().says(handOver.chatId, '/bot refund 4711')
      await expectHandedBack(handOver, 'refund 4711', 'Maria')
      expect(transcriptOf(handOver.customer).join()).not.toContain('refund')
    })

    test('by a command in a private note', async () => {
      sandbox().livechat.settings.desk.privateNotes = true
      const handOver = await createActiveHandoff(sandbox())
      maria().notes(handOver.chatId, '/bot')
      await expectHandedBack(handOver, '/bot', 'Maria')
    })

    test('by a tag', async () => {
      const handOver = await createActiveHandoff(sandbox())
      maria().tags(handOver.chatId, 'back to bot')
      await expectHandedBack(handOver, 'Back to bot')
    })

    test('without having been announced before', async () => {
      const handOver = await createHandoff(sandbox(), newCustomer(sandbox()))
      maria().joins(handOver.chatId)
      maria().says(handOver.chatId, '/bot')
      await expectHandedBack(handOver, '/bot', 'Maria')
    })

    test('right behind words, which the customer still gets before', async () => {
      const handOver = await createActiveHandoff(sandbox())
      maria().says(handOver.chatId, 'The bot does that for you')
      maria().says(handOver.chatId, '/bot refund')
      await expectHandedBack(handOver, 'refund')
      const lines = transcriptOf(handOver.customer)
      const [words, back] = ['agent: The bot does that for you', `bot: ${BOT_IS_BACK}`].map((line) =>
        lines.indexOf(line),
      )
      expect(words).toBeGreaterThan(-1)
      expect(words).toBeLessThan(back ?? -1)
    })
  })

  test('the same webhook again, and other commands behind it, change nothing', async () => {
    const handOver = await createActiveHandoff(sandbox())
    sandbox().livechat.webhooks.disturb({ action: 'incoming_event', kind: 'duplicate' })
    maria().says(handOver.chatId, '/bot refund')
    maria().tags(handOver.chatId, 'refund')
    await visibleTo(handOver.customer, BOT_IS_BACK)
    const delivery = sandbox().livechat.webhooks.deliveries('incoming_event').at(-1)
    if (delivery) await sandbox().livechat.webhooks.redeliver(delivery)
    await expectHandedBack(handOver, 'refund')
  })

  test('the customer can be handed over again at once', async () => {
    const handOver = await createActiveHandoff(sandbox())
    maria().says(handOver.chatId, '/bot refund')
    await visibleTo(handOver.customer, BOT_IS_BACK)
    await handOver.customer.says('I have another question')
    const again = await createHandoff(sandbox(), handOver.customer, { title: 'Again' })
    maria().says(again.chatId, 'Here I am again')
    await visibleTo(handOver.customer, 'Here I am again')
    expect(tagOf(again)).toBeUndefined()
  })
})

describe('what gives nobody back', () => {
  const sandbox = useSandbox({ configuration: SETTINGS })

  test.each([
    { name: 'a mistyped command reaches the customer', text: '/bott refund' },
    { name: 'a sentence about it', text: 'Shall I write /bot?' },
  ])('$name', async ({ text }) => {
    const { chatId, customer } = await createActiveHandoff(sandbox())
    sandbox().livechat.agent(MARIA).says(chatId, text)
    await visibleTo(customer, text)
    expect(timesVisible(customer, BOT_IS_BACK)).toBe(0)
  })

  test('an ordinary note, an ordinary tag, and a tag in an archived chat', async () => {
    const { chatId, customer, conversationId } = await createActiveHandoff(sandbox())
    const maria = sandbox().livechat.agent(MARIA)
    sandbox().livechat.settings.desk.privateNotes = true
    maria.notes(chatId, 'The customer wants /bot')
    maria.tags(chatId, 'billing')
    await sandbox().settled()
    expect(timesVisible(customer, BOT_IS_BACK)).toBe(0)
    maria.closes(chatId)
    await visibleTo(customer, BOT_IS_BACK)
    maria.tags(chatId, 'refund')
    await sandbox().settled()
    expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toHaveLength(1)
  })

  test('a tag that the bot itself wants: it is not set', async () => {
    const { chatId, customer } = await createHandoff(sandbox(), newCustomer(sandbox()), {
      hitlSession: { tags: ['refund', 'billing'] },
    })
    expect(sandbox().livechat.store.chats.get(chatId)?.threads.at(-1)?.tags).toEqual(['billing'])
    expect(timesVisible(customer, BOT_IS_BACK)).toBe(0)
  })

  test('a command edited into a message is shown to nobody', async () => {
    const { chatId, customer } = await createActiveHandoff(sandbox())
    const maria = sandbox().livechat.agent(MARIA)
    const { eventId } = maria.says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
    maria.edits(eventId, '/bot refund')
    await sandbox().settled()
    expect(transcriptOf(customer).join()).not.toContain('/bot')
  })

  test('a command whose webhook never came is not shown when the chat ends', async () => {
    const { chatId, customer } = await createActiveHandoff(sandbox())
    sandbox().livechat.webhooks.disturb({ action: 'incoming_event', kind: 'drop' })
    sandbox().livechat.agent(MARIA).says(chatId, '/bot refund')
    await sandbox().settled()
    sandbox().livechat.agent(MARIA).closes(chatId)
    await visibleTo(customer, BOT_IS_BACK)
    expect(transcriptOf(customer).join()).not.toContain('/bot')
  })

  test('an agent without a field for notes uses a message or a tag', async () => {
    sandbox().livechat.settings.desk.privateNotes = false
    const { chatId, customer } = await createActiveHandoff(sandbox())
    expect(() => sandbox().livechat.agent(MARIA).notes(chatId, '/bot')).toThrow()
    sandbox().livechat.agent(MARIA).tags(chatId, 'refund')
    await visibleTo(customer, BOT_IS_BACK)
  })
})

describe('with the webhooks that the integration registers', () => {
  const sandbox = useFreshSandbox({ configuration: SETTINGS })

  test.each([
    { name: 'notes come, and a command in one counts', notes: true },
    { name: 'LiveChat may keep notes to itself: then a tag gives the customer back', notes: false },
  ])('$name', async ({ notes }) => {
    sandbox().livechat.settings.webhooks.authorTypeAgent.notes = notes
    sandbox().livechat.settings.desk.privateNotes = true
    const { chatId, customer } = await createActiveHandoff(sandbox())
    const maria = sandbox().livechat.agent(MARIA)
    maria.notes(chatId, '/bot')
    await sandbox().settled()
    expect(timesVisible(customer, BOT_IS_BACK)).toBe(notes ? 1 : 0)
    if (notes) return
    maria.tags(chatId, 'refund')
    await visibleTo(customer, BOT_IS_BACK)
  })
})

describe('when something fails on the way', () => {
  const sandbox = useSandbox({ configuration: SETTINGS })

  test('a chat that cannot be closed does not keep the customer, and an agent who goes on writing reads so', async () => {
    const { chatId, customer, conversationId } = await createActiveHandoff(sandbox())
    const refused = { kind: 'answer', status: 403, body: { error: { type: 'authorization', message: 'no' } } } as const
    for (const operation of ['agent/deactivate_chat', 'customer/deactivate_chat', 'customer/send_event'])
      sandbox().livechat.faults.add({ operation, ...refused, times: Infinity })
    sandbox().livechat.agent(MARIA).says(chatId, '/bot refund')
    await visibleTo(customer, BOT_IS_BACK)
    await sandbox().settled()
    expect(sandbox().integration.output()).toContain('The chat may still be open in LiveChat')
    expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toHaveLength(1)
    sandbox().livechat.faults.clear()
    for (const text of ['Are you still there?', 'Hello?']) {
      sandbox().livechat.agent(MARIA).says(chatId, text)
      await sandbox().settled()
    }
    const notes = chatTexts(sandbox(), chatId).filter((text) => text.startsWith('[Automatic note]'))
    expect(notes).toEqual([expect.stringContaining('with the bot')])
  })

  test('a process that dies before the chat is closed leaves the rest to the next delivery', async () => {
    const { chatId, conversationId } = await createActiveHandoff(sandbox())
    sandbox().livechat.faults.add({ operation: 'agent/deactivate_chat', kind: 'silence' })
    const closing = begun('agent/deactivate_chat')
    sandbox().livechat.agent(MARIA).says(chatId, '/bot refund')
    await closing
    await sandbox().restartIntegration()
    sandbox().livechat.faults.clear()
    await sandbox().settled()
    expect(sandbox().livechat.store.chats.get(chatId)?.threads.at(-1)?.active).toBe(false)
    expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toHaveLength(1)
    expect(chatTexts(sandbox(), chatId).filter((text) => text === NOTE('refund'))).toHaveLength(1)
  }, 40_000) // what a dead process left half done is taken up when its lease is over

  /** Resolves when the integration makes that call to LiveChat. */
  const begun = (operation: string) =>
    new Promise<void>((resolve) => {
      const stop = sandbox().livechat.wire.subscribe((exchange) => {
        if (exchange.operation !== operation) return
        stop()
        resolve()
      })
    })
})

test.each([
  { name: 'without the settings', configuration: {} },
  { name: 'with empty ones', configuration: { handBackCommand: '', handBackTag: ' ' } },
])('$name a command is words, and no webhook tells of tags', async ({ configuration }) => {
  const sandbox = await openSandbox({ configuration })
  try {
    const { chatId, customer } = await createActiveHandoff(sandbox)
    sandbox.livechat.agent(OMAR).tags(chatId, 'refund')
    sandbox.livechat.agent(MARIA).says(chatId, '/bot refund')
    await visibleTo(customer, '/bot refund')
    expect(sandbox.livechat.webhooks.deliveries('thread_tagged')).toEqual([])
    expect(sandbox.livechat.store.chats.get(chatId)?.threads.at(-1)?.active).toBe(true)
  } finally {
    await sandbox.close()
  }
})

test('an owner who wants no notes gets none of these', async () => {
  const sandbox = await openSandbox({ configuration: { ...SETTINGS, agentNote: 'NULL' } })
  try {
    const { chatId, customer } = await createActiveHandoff(sandbox)
    sandbox.livechat.agent(MARIA).says(chatId, '/bot refund')
    await visibleTo(customer, BOT_IS_BACK)
    await sandbox.settled()
    expect(chatTexts(sandbox, chatId).join()).not.toContain('[Automatic note]')
    expect(sandbox.livechat.store.chats.get(chatId)?.threads.at(-1)?.active).toBe(false)
  } finally {
    await sandbox.close()
  }
})
