import { describe, expect, test } from 'vitest'
import type { Sandbox } from '../../sandbox/sandbox'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, transcriptOf, visibleTo, chatTexts } from './visible'
import { openSandbox, useSandbox, type FlowSandboxOptions } from './sandboxes'
import { callsNamed, eventsSent } from './sent'

const ALREADY = /Already in a handoff/

describe('two sessions of one e-mail address', () => {
  const sandbox = useSandbox()

  test('the second is refused, and nothing of it reaches the first one’s agent', async () => {
    const ada = newCustomer(sandbox(), { email: 'family.one@customer.test' })
    const eve = newCustomer(sandbox(), { name: 'Eve', email: 'family.one@customer.test' })
    const first = await sandbox().handOver({ customer: ada, input: { userEmail: 'family.one@customer.test' } })
    const words = chatTexts(sandbox(), first.chatId)
    const input = { title: 'Another matter', userEmail: 'family.one@customer.test' }
    await eve.says('I need somebody too')
    await expect(sandbox().handOver({ customer: eve, input })).rejects.toThrow(ALREADY)
    expect(chatTexts(sandbox(), first.chatId)).toEqual(words)
    sandbox().livechat.agent(MARIA).says(first.chatId, 'Only for Ada')
    await visibleTo(ada, 'Only for Ada')
    expect(transcriptOf(eve).join()).not.toContain('Only for Ada')
  })

  test('it may begin when the first is over', async () => {
    const input = { userEmail: 'family.two@customer.test' }
    const ada = newCustomer(sandbox(), { email: input.userEmail })
    const eve = newCustomer(sandbox(), { name: 'Eve', email: input.userEmail })
    const first = await sandbox().handOver({ customer: ada, input })
    await ada.types('/end')
    await sandbox().settled()
    const second = await sandbox().handOver({ customer: eve, input: { ...input, title: 'Eve' } })
    expect(second.chatId).toBe(first.chatId)
    expect(second.conversationId).not.toBe(first.conversationId)
  })
})

describe('two windows of one person, whose bot takes its time to listen', () => {
  const sandbox = useSandbox({ botpress: { plugin: { linkDelayMs: 1_000 } } })

  /** Resolves when the integration has answered a start. */
  const started = (title: string) =>
    sandbox().botpress.wire.waitFor(
      ({ operation, requestBody, endedAt }) =>
        operation === 'action/startHitl' && endedAt !== undefined && JSON.stringify(requestBody).includes(title),
    )

  test.each([
    { name: 'while its chat is open', isClosed: false },
    { name: 'and the chat of it is closed at once', isClosed: true },
  ])('the first window is with the bot again when the second asks before that, $name', async ({ isClosed }) => {
    const [first, second] = [newCustomer(sandbox()), newCustomer(sandbox())]
    const userEmail = `${first.userId}@customer.test`
    const input = { userEmail, hitlSession: { upstreamUserId: first.userId } }
    const title = `From the first window of ${first.userId}`
    sandbox().livechat.webhooks.hold()
    const before = sandbox().handOver({ customer: first, input: { ...input, title } })
    await started(title)
    if (isClosed) sandbox().livechat.agent(MARIA).closes(chatIdOf(sandbox()))
    const next = await sandbox().handOver({ customer: second, input: { ...input, title: 'From the second' } })
    sandbox().livechat.webhooks.release()
    await before.catch(() => undefined)
    await sandbox().settled()
    expect(sandbox().botpress.isActive(first.conversationId)).toBe(false)
    expect(sandbox().botpress.isActive(second.conversationId)).toBe(true)
    sandbox().livechat.agent(MARIA).says(next.chatId, 'Hello')
    await visibleTo(second, 'Hello')
    expect(transcriptOf(first).join()).not.toContain('Hello')
  })
})

const chatIdOf = ({ livechat }: Sandbox) => [...livechat.store.chats.keys()].at(-1) ?? ''

/** Where nothing shows whether the plugin has its answer, the same words are no proof that a start is the same. */
const TRACES: FlowSandboxOptions = { botpress: { movesUpdatedAt: { integrationTags: true, pluginTags: true } } }

describe('the same start again', () => {
  const sandbox = useSandbox({ ...TRACES, webhooks: false })
  const withTwo = useSandbox({ ...TRACES, webhooks: false, processes: 2 })

  async function knownUser(world = sandbox()) {
    const { userId } = await world.installation.callAction('createUser', {
      name: 'Ada',
      email: `ada.${Math.random().toString(36).slice(2)}@customer.test`,
    })
    return { userId: String(userId), title: 'Order 4711', messageHistory: [] }
  }

  test.each([
    { where: 'one process', world: sandbox },
    { where: 'two processes', world: withTwo },
  ])('at once in $where: one chat, one conversation', async ({ world }) => {
    const input = await knownUser(world())
    const chats = world().livechat.store.chats.size
    const start = () => world().installation.callAction('startHitl', input)
    const results = await Promise.allSettled([start(), start(), start()])
    const conversations = new Set(
      results.flatMap((each) => (each.status === 'fulfilled' ? [each.value.conversationId] : [])),
    )
    expect(conversations.size).toBe(1)
    expect(world().livechat.store.chats.size).toBe(chats + 1)
    const [chat] = [...world().livechat.store.chats.values()].slice(-1)
    expect(chat?.threads).toHaveLength(1)
  })

  test('after a crash between the chat and the conversation: the thread that nobody knows is closed', async () => {
    const input = await knownUser()
    const chats = sandbox().livechat.store.chats.size
    sandbox().botpress.faults.add({ operation: 'getOrCreateConversation', kind: 'silence' })
    const lost = sandbox()
      .installation.callAction('startHitl', input)
      .catch(() => undefined)
    await sandbox().livechat.wire.waitFor(({ operation }) => operation === 'customer/start_chat')
    await sandbox().restartIntegration()
    sandbox().botpress.faults.clear()
    const { conversationId } = await sandbox().installation.callAction('startHitl', input)
    expect(conversationId).toEqual(expect.any(String))
    expect(sandbox().livechat.store.chats.size).toBe(chats + 1)
    const [chat] = [...sandbox().livechat.store.chats.values()].slice(-1)
    expect(chat?.threads.map(({ active }) => active)).toEqual([false, true])
    await lost
  })

  test('with another wish while the first is alive: refused', async () => {
    const input = await knownUser()
    await sandbox().installation.callAction('startHitl', input)
    await expect(sandbox().installation.callAction('startHitl', { ...input, title: 'Something else' })).rejects.toThrow(
      ALREADY,
    )
  })

  test('after its end: a new thread and a new conversation', async () => {
    const input = await knownUser()
    const first = await sandbox().installation.callAction('startHitl', input)
    await sandbox().installation.callAction('stopHitl', first)
    const second = await sandbox().installation.callAction('startHitl', input)
    expect(second.conversationId).not.toBe(first.conversationId)
    const [chat] = [...sandbox().livechat.store.chats.values()].slice(-1)
    expect(chat?.threads.map(({ active }) => active)).toEqual([false, true])
  })

  test('after half of the opening in a thread that an agent had opened: the rest follows, once', async () => {
    const input = await knownUser()
    const first = await sandbox().installation.callAction('startHitl', input)
    await sandbox().installation.callAction('stopHitl', first)
    const [chat] = [...sandbox().livechat.store.chats.values()].slice(-1)
    const chatId = chat?.id ?? ''
    sandbox().livechat.agent(MARIA).reopens(chatId)
    const body = { error: { type: 'validation', message: 'no' } }
    sandbox().livechat.faults.add({ operation: 'customer/send_event', kind: 'answer', status: 400, body, after: 1 })
    const words = { source: { type: 'user', userId: input.userId }, type: 'text', payload: { text: 'Help' } }
    const again = { ...input, title: 'Order 4712', messageHistory: [words] }
    const start = () => sandbox().installation.callAction('startHitl', again)
    await expect(start()).rejects.toThrow('LiveChat refused')
    const second = await start()
    expect(await start()).toEqual(second)
    expect(chatTexts(sandbox(), chatId).slice(-2)).toEqual(['[Handed over by the bot]\nOrder 4712', 'Help'])
  })

  test.each([
    { name: 'is repeated', fault: { headers: { 'retry-after': '2' } } },
    { name: 'is left to the customer’s token', fault: { headers: { 'retry-after': '60' }, delayMs: 2000 } },
  ])('a close that comes late, since it $name, does not end the next handoff', async ({ fault }) => {
    const input = await knownUser()
    const first = await sandbox().installation.callAction('startHitl', input)
    const body = { error: { type: 'too_many_requests', message: 'later' } }
    sandbox().livechat.faults.add({ operation: 'agent/deactivate_chat', kind: 'answer', status: 429, body, ...fault })
    const closing = begun('agent/deactivate_chat')
    const stopping = sandbox().installation.callAction('stopHitl', first)
    await closing
    await sandbox().installation.callAction('startHitl', { ...input, title: 'Something else' })
    await stopping
    const [chat] = [...sandbox().livechat.store.chats.values()].slice(-1)
    expect(chat?.threads.map(({ active }) => active)).toEqual([false, true])
  })

  /** Resolves when the integration makes that call to LiveChat. */
  function begun(operation: string): Promise<void> {
    return new Promise((resolve) => {
      const stop = sandbox().livechat.wire.subscribe((exchange) => {
        if (exchange.operation !== operation) return
        stop()
        resolve()
      })
    })
  }
})

describe('an answer is lost', () => {
  const sandbox = useSandbox(TRACES)

  test('ours: the same conversation', async () => {
    const customer = newCustomer(sandbox())
    const chats = sandbox().livechat.store.chats.size
    sandbox().botpress.faults.add({ operation: 'action/startHitl', kind: 'reset-after' })
    const { chatId, conversationId } = await createHandoff(sandbox(), customer)
    expect(callsNamed(sandbox(), 'action/startHitl')).toHaveLength(2)
    expect(sandbox().livechat.store.chats.size).toBe(chats + 1)
    expect(sandbox().livechat.store.chats.get(chatId)?.threads).toHaveLength(1)
    sandbox().livechat.agent(MARIA).says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
    expect(sandbox().botpress.messagesIn(conversationId).length).toBeGreaterThan(0)
  })

  test('LiveChat’s: one chat', async () => {
    const customer = newCustomer(sandbox())
    const chats = sandbox().livechat.store.chats.size
    sandbox().livechat.faults.add({ operation: 'customer/start_chat', kind: 'reset-after' })
    const { chatId } = await createHandoff(sandbox(), customer)
    expect(sandbox().livechat.store.chats.size).toBe(chats + 1)
    expect(sandbox().livechat.store.chats.get(chatId)?.threads).toHaveLength(1)
  })
})

test('where no tag shows what the plugin does, a lost answer costs a second thread, and nobody their agent', async () => {
  const botpress = { movesUpdatedAt: { integrationTags: false, pluginTags: false } }
  const sandbox = await openSandbox({ botpress })
  try {
    sandbox.botpress.faults.add({ operation: 'action/startHitl', kind: 'reset-after' })
    const { chatId, customer } = await createHandoff(sandbox)
    expect(sandbox.livechat.store.chats.get(chatId)?.threads.filter(({ active }) => active)).toHaveLength(1)
    sandbox.livechat.agent(MARIA).says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
  } finally {
    await sandbox.close()
  }
})

describe('a half-made handoff is undone', () => {
  const sandbox = useSandbox()

  test('when Botpress takes no conversation the chat is closed again, and the next try works', async () => {
    const customer = newCustomer(sandbox())
    // LiveChat would tell of a thread that nobody knows, for a minute: nothing that this story is about.
    sandbox().livechat.webhooks.disturb({ kind: 'drop', times: Infinity })
    const body = { code: 400, type: 'InvalidPayload', message: 'no', id: 'err' }
    sandbox().botpress.faults.add({ operation: 'getOrCreateConversation', kind: 'answer', status: 400, body })
    await expect(sandbox().handOver({ customer })).rejects.toThrow(/Handoff undone/)
    const [chat] = [...sandbox().livechat.store.chats.values()].slice(-1)
    expect(chat?.threads.map(({ active }) => active)).toEqual([false])
    sandbox().livechat.webhooks.undisturb()
    const { chatId, conversationId } = await createHandoff(sandbox(), customer)
    sandbox().livechat.agent(MARIA).closes(chatId)
    await visibleTo(customer, BOT_IS_BACK)
    await sandbox().settled()
    expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toHaveLength(1)
  })
})

describe('a start whose answer the bot never got', () => {
  const sandbox = useSandbox({ ...TRACES, webhooks: false })

  test('does not stand in the way of the next one after a minute, whatever that tells of the customer', async () => {
    const { userId } = await sandbox().installation.callAction('createUser', {
      name: 'Ada',
      email: 'orphan@customer.test',
    })
    const input = { userId, title: 'Order 4711', messageHistory: [] }
    const first = await sandbox().installation.callAction('startHitl', input)
    const lost = sandbox().botpress.store.conversations.get(String(first.conversationId))?.object
    if (lost) lost.createdAt = lost.updatedAt = new Date(Date.now() - 61_000).toISOString()
    await sandbox().restartIntegration()
    const hitlSession = { sessionFields: { order: '4711' } }
    const second = await sandbox().installation.callAction('startHitl', {
      ...input,
      title: 'Where is it?',
      hitlSession,
    })
    expect(second.conversationId).not.toBe(first.conversationId)
    const [chat] = [...sandbox().livechat.store.chats.values()].slice(-1)
    expect(chat?.threads.map(({ active }) => active)).toEqual([false, true])
  })
})

describe('a start that cannot begin', () => {
  const sandbox = useSandbox({ webhooks: false })

  test('since Botpress does not tell who the customer is, speaks of no chat that was closed', async () => {
    const { userId } = await sandbox().installation.callAction('createUser', { name: 'Ada' })
    const body = { code: 403, type: 'Forbidden', message: 'no', id: 'err' }
    sandbox().botpress.faults.add({ operation: 'getState', kind: 'answer', status: 403, body })
    const start = sandbox().installation.callAction('startHitl', { userId, title: 'Hello', messageHistory: [] })
    await expect(start).rejects.toThrow(/Botpress did not answer: nothing was started/)
  })
})
