import { describe, expect, test, vi } from 'vitest'
import type { Customer, StartHitlInput } from '../../sandbox/botpress'
import type { HandOver, Sandbox } from '../../sandbox/sandbox'
import { onEachHost } from './hosts'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, transcriptOf, timesVisible, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { callsNamed, eventsSent } from './sent'

const ALREADY = /Already in a handoff/
const WORDS = 'return please'
const FOR_ADA = 'Thanks Ada, I noted DE00'

let families = 0
const newAddress = () => `family.${process.pid}.${(families += 1)}@customer.test`

/** Without any address but the one that the plugin makes up, so that both windows are one person's. */
const ofTwoWindows = () => ({
  title: 'Return',
  userEmail: `user_${process.pid}${(families += 1)}@no-reply.bot-1.botpress.com`,
})

/** Another start with the words of the first, which either is refused, or ends the first for both sides. Never is it shared. */
async function startsToo(sandbox: Sandbox, first: HandOver, customer: Customer, input: StartHitlInput) {
  await customer.says(WORDS)
  const start = await sandbox.handOver({ customer, input }).catch((error: unknown) => String(error))
  sandbox.livechat.agent(MARIA).says(first.chatId, FOR_ADA)
  await sandbox.settled()
  if (typeof start === 'string') {
    expect(start).toMatch(ALREADY)
    await visibleTo(first.customer, FOR_ADA)
  } else {
    expect(start.conversationId).not.toBe(first.conversationId)
    await visibleTo(first.customer, BOT_IS_BACK)
    expect(eventsSent(sandbox, 'hitlStopped', first.conversationId)).toHaveLength(1)
  }
  return start
}

/** Moves all that the platforms remember of a handoff into the past. */
function isLongAgo({ livechat, botpress }: Sandbox, { chatId, conversationId }: HandOver, ms: number): void {
  const earlier = (time: string) => new Date(Date.parse(time) - ms).toISOString()
  for (const thread of livechat.store.chats.get(chatId)?.threads ?? []) {
    thread.created_at = earlier(thread.created_at)
    for (const event of thread.events) event.created_at = earlier(event.created_at)
  }
  const row = botpress.store.conversations.get(conversationId)
  if (row)
    row.object = { ...row.object, createdAt: earlier(row.object.createdAt), updatedAt: earlier(row.object.updatedAt) }
}

onEachHost((host) => {
  const sandbox = useSandbox(host)

  /** The first of two who give one address, and say the same. */
  async function ada(input: StartHitlInput, isHeard = true): Promise<HandOver> {
    const customer = newCustomer(sandbox(), { name: 'Ada', email: input.userEmail })
    await customer.says(WORDS)
    if (isHeard) return createHandoff(sandbox(), customer, input)
    const handOver = await sandbox().handOver({ customer, input })
    await sandbox().settled()
    return handOver
  }

  const input = (): StartHitlInput & { userEmail: string } => ({ title: 'Return', userEmail: newAddress() })

  test.each([
    { who: 'another person, on another channel', name: 'Grace', channel: 'telegram' },
    { who: 'another person of the same name', name: 'Ada' },
    { who: 'somebody without a name', name: undefined },
  ])('$who with the same address and first words gets nothing of the first', async ({ name, channel }) => {
    const start = input()
    const first = await ada(start)
    const second = sandbox().installation.customer({ name, email: start.userEmail, ...(channel && { channel }) })
    const outcome = await startsToo(sandbox(), first, second, start)
    expect(typeof outcome === 'string' && transcriptOf(second).join().includes(FOR_ADA)).toBe(false)
  })

  test('nor while the first waits, before a word of theirs', async () => {
    const start = input()
    const first = await ada(start, false)
    await startsToo(sandbox(), first, newCustomer(sandbox(), { name: 'Grace', email: start.userEmail }), start)
  })

  test('nor after a restart', async () => {
    const start = input()
    const first = await ada(start)
    await sandbox().restartIntegration()
    await startsToo(sandbox(), first, newCustomer(sandbox(), { name: 'Grace', email: start.userEmail }), start)
  })

  test('an hour later', async () => {
    const start = input()
    const first = await ada(start)
    isLongAgo(sandbox(), first, 3_600_000)
    await sandbox().restartIntegration()
    await startsToo(sandbox(), first, newCustomer(sandbox(), { name: 'Grace', email: start.userEmail }), start)
  })

  test('a second window, without any address but the one that the plugin makes up', async () => {
    const start = ofTwoWindows()
    const first = await ada(start)
    await startsToo(sandbox(), first, newCustomer(sandbox(), { name: 'Ada', email: start.userEmail }), start)
  })

  test('a first window that is stopped while the second starts ends once, and not by its agent', async () => {
    const { livechat } = sandbox()
    const start = ofTwoWindows()
    const first = await ada(start)
    livechat.faults.add({ operation: 'customer/get_chat', kind: 'slow', delayMs: 2_000 })
    const second = sandbox().handOver({ customer: newCustomer(sandbox(), { email: start.userEmail }), input: start })
    await vi.waitFor(() => expect(livechat.faults.list()).toEqual([]), { timeout: 20_000 })
    await first.customer.types('/end')
    expect((await second).threadId).not.toBe(first.threadId)
    await sandbox().settled()
    expect(eventsSent(sandbox(), 'chatEnded', first.conversationId)).toEqual([])
    expect(eventsSent(sandbox(), 'hitlStopped', first.conversationId)).toEqual([])
  })

  test('what the agent said just before a second window takes over is shown in the first', async () => {
    const { livechat } = sandbox()
    const start = ofTwoWindows()
    const first = await ada(start)
    livechat.webhooks.hold('incoming_event')
    livechat.agent(MARIA).says(first.chatId, FOR_ADA)
    const customer = newCustomer(sandbox(), { email: start.userEmail })
    await sandbox().handOver({ customer, input: start })
    await visibleTo(first.customer, BOT_IS_BACK)
    livechat.webhooks.release()
    await sandbox().settled()
    expect(timesVisible(first.customer, FOR_ADA)).toBe(1)
    expect(timesVisible(customer, FOR_ADA)).toBe(0)
  })

  test('a second window takes over although Botpress never answers the mark of the first end', async () => {
    const start = ofTwoWindows()
    const first = await ada(start)
    sandbox().botpress.faults.add({ operation: 'updateConversation', kind: 'silence' })
    const second = await sandbox().handOver({
      customer: newCustomer(sandbox(), { email: start.userEmail }),
      input: start,
    })
    await sandbox().settled()
    expect(second.threadId).not.toBe(first.threadId)
    expect(eventsSent(sandbox(), 'hitlStopped', first.conversationId)).toHaveLength(1)
    expect(sandbox().botpress.store.conversations.get(first.conversationId)?.object.tags).toMatchObject({
      'livechat-hitl:ended': 'newer',
    })
  })

  test('an end that a start has reported and could not mark is not reported again', async () => {
    const { livechat, botpress } = sandbox()
    const start = ofTwoWindows()
    const first = await ada(start)
    livechat.webhooks.hold('chat_deactivated')
    livechat.agent(MARIA).closes(first.chatId)
    const body = { code: 409, type: 'ResourceLockedConflict', message: 'no', id: 'err_1' }
    botpress.faults.add({ operation: 'updateConversation', kind: 'answer', status: 409, body, times: 2 })
    const second = sandbox().handOver({ customer: newCustomer(sandbox(), { email: start.userEmail }), input: start })
    await expect(second).rejects.toThrow()
    livechat.webhooks.release()
    await sandbox().settled()
    expect(eventsSent(sandbox(), 'chatEnded', first.conversationId)).toHaveLength(1)
  })

  test('nothing of a refused start shows in the chat of the first', async () => {
    const start = input()
    const first = await ada(start)
    const { customerId = '' } = sandbox().livechat.store.chats.get(first.chatId) ?? {}
    const before = callsNamed(sandbox(), 'customer/update_customer').length
    const second = sandbox().handOver({
      customer: newCustomer(sandbox(), { name: 'Grace', email: start.userEmail }),
      input: { ...start, title: 'Mine', hitlSession: { sessionFields: { secret: 'of Grace' } } },
    })
    await expect(second).rejects.toThrow(ALREADY)
    expect(callsNamed(sandbox(), 'customer/update_customer')).toHaveLength(before)
    expect(sandbox().livechat.store.customers.get(customerId)?.name).toBe('Ada')
  })
})

describe('a typed address is no proof', () => {
  const sandbox = useSandbox()

  /** Victoria was handed over, and is with the bot again. */
  async function victoria(email: string): Promise<HandOver> {
    const first = await createHandoff(sandbox(), newCustomer(sandbox(), { name: 'Victoria', email }), {
      userEmail: email,
    })
    sandbox().livechat.agent(MARIA).closes(first.chatId)
    await visibleTo(first.customer, BOT_IS_BACK)
    return first
  }

  /** For what users were given: a name that came a moment ago counts for the start that follows. */
  function someMinutesPass(): void {
    for (const { object } of sandbox().botpress.store.users.values()) {
      const given = object.tags['livechat-hitl:given']
      if (!given) continue
      const [time = '', ...rest] = given.split(' ')
      object.tags['livechat-hitl:given'] = [(parseInt(time, 36) - 180_000).toString(36), ...rest].join(' ')
    }
  }

  test('whoever types it under another name is not renamed at the desk; the agent reads both names', async () => {
    const email = newAddress()
    const { chatId } = await victoria(email)
    const mallory = newCustomer(sandbox(), { name: 'Mallory', email })
    const second = await createHandoff(sandbox(), mallory, { userEmail: email })
    const { customerId = '' } = sandbox().livechat.store.chats.get(chatId) ?? {}
    expect(sandbox().livechat.store.customers.get(customerId)?.name).toBe('Victoria')
    const opening = chatTexts(sandbox(), second.chatId).join('\n')
    expect(opening).toContain('[Gives the name Mallory; known here as Victoria.]')
  })

  test('an address that was given as the other name stays away from LiveChat where addresses do', async () => {
    const email = newAddress()
    await victoria(email)
    const mallory = newCustomer(sandbox(), { name: 'mallory@home.example', email })
    const input = { userEmail: email, hitlSession: { sendEmail: false } }
    const { chatId } = await createHandoff(sandbox(), mallory, input)
    expect(chatTexts(sandbox(), chatId).join('\n')).not.toContain('mallory@home')
  })

  test('and gets nothing that an agent writes to the one who is known', async () => {
    const email = newAddress()
    const { chatId, customer } = await victoria(email)
    const maria = sandbox().livechat.agent(MARIA)
    maria.reopens(chatId)
    maria.says(chatId, 'Victoria, your card is in the post')
    await sandbox().settled()
    const mallory = newCustomer(sandbox(), { name: 'Mallory', email })
    await expect(sandbox().handOver({ customer: mallory, input: { userEmail: email } })).rejects.toThrow(ALREADY)
    maria.says(chatId, 'Still there?')
    await sandbox().settled()
    expect(transcriptOf(mallory).join()).not.toMatch(/card|Still/)
    someMinutesPass()
    // Which of the two comes now the plugin does not tell: a thread of its own, and the agent reads of both.
    const again = await createHandoff(sandbox(), customer, { userEmail: email, title: 'Here I am' })
    maria.says(again.chatId, 'Good to see you, Victoria')
    await visibleTo(customer, 'Good to see you, Victoria')
    expect(chatTexts(sandbox(), chatId).join('\n')).toMatch(/Mallory/)
  })

  test('whoever asks while the one who is known ends their own handoff is not refused for it', async () => {
    const { botpress } = sandbox()
    const email = newAddress()
    const first = await createHandoff(sandbox(), newCustomer(sandbox(), { name: 'Victoria', email }), {
      userEmail: email,
    })
    // The start finds the live handoff, looks at its chat, and reads it again: that takes so long that the end comes first.
    botpress.faults.add({ operation: 'getConversation', kind: 'slow', delayMs: 2_500, after: 1 })
    const start = { customer: newCustomer(sandbox(), { name: 'Mallory', email }), input: { userEmail: email } }
    const second = sandbox().handOver(start)
    await vi.waitFor(() => expect(botpress.faults.list()).toEqual([]), { timeout: 20_000 })
    await first.customer.types('/end')
    expect((await second).threadId).not.toBe(first.threadId)
  })

  test('switched off, two who type the same address are two customers with chats of their own', async () => {
    const stranger = newAddress()
    await sandbox().installation.configure({ ...sandbox().configuration, recognizeByEmail: false })
    const [one, other] = [
      await createHandoff(sandbox(), newCustomer(sandbox(), { name: 'Ada', email: stranger }), { userEmail: stranger }),
      await createHandoff(sandbox(), newCustomer(sandbox(), { name: 'Grace', email: stranger }), {
        userEmail: stranger,
      }),
    ]
    await sandbox().installation.configure({ ...sandbox().configuration })
    expect(one.chatId).not.toBe(other.chatId)
    const emails = [one, other].map(({ chatId }) => {
      const { customerId = '' } = sandbox().livechat.store.chats.get(chatId) ?? {}
      return sandbox().livechat.store.customers.get(customerId)?.email
    })
    expect(emails).toEqual([stranger, stranger])
    expect([one, other].map(({ customer }) => timesVisible(customer, BOT_IS_BACK))).toEqual([0, 0])
  })
})
