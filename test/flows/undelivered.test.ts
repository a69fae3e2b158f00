import { describe, expect, test } from 'vitest'
import type { Fault } from '../../sandbox/http/faults'
import type { HandOver, Sandbox } from '../../sandbox/sandbox'
import { sampled } from '../sample'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { seenUpstream, eventsSent } from './sent'

/** A fifth of the pauses towards LiveChat, and of the 48 s for which Botpress waits for a message. */
const sandbox = useSandbox({ env: { LIVECHAT_TIME_SCALE: '0.2', MESSAGE_TIME_SCALE: '0.2' } })

const refusal = (type: string, message = 'no') => ({ error: { type, message } })
const undelivered = (world: Sandbox, { conversationId }: HandOver) =>
  eventsSent(world, 'messageNotDelivered', conversationId).map(({ payload }) => payload)

const tagsOfMessage = (text: string) =>
  [...sandbox().botpress.store.messages.values()].findLast(
    ({ object }) => object.payload.text === text && object.direction === 'outgoing',
  )?.object.tags

function trouble(times: number): void {
  const { faults } = sandbox().livechat
  for (let count = 0; count < times; count += 1) {
    const status = count % 2 === 0 ? 429 : 503
    const body = refusal(status === 429 ? 'too_many_requests' : 'service_unavailable')
    faults.add({ operation: 'customer/send_event', kind: 'answer', status, body })
  }
}

/** A handoff whose chat an agent has closed, of which no webhook told. */
async function closedUnheard(world = sandbox()): Promise<HandOver> {
  const handOver = await createHandoff(world)
  world.livechat.webhooks.disturb({ action: 'chat_deactivated', kind: 'drop' })
  world.livechat.agent(MARIA).closes(handOver.chatId)
  return handOver
}

describe('a LiveChat in trouble', () => {
  test('for long: the message is tried again until it arrives, and later ones come behind it', async () => {
    const { chatId, customer } = await createHandoff(sandbox())
    trouble(7)
    await Promise.all(['first', 'second', 'third'].map((text) => customer.says(text)))
    await sandbox().settled()
    expect(chatTexts(sandbox(), chatId).slice(-3)).toEqual(['first', 'second', 'third'])
    expect(eventsSent(sandbox(), 'messageNotDelivered', chatId)).toEqual([])
  })

  test('for longer than anybody waits: the message is marked, and the bot notified once, with what happened', async () => {
    const handOver = await createHandoff(sandbox())
    trouble(60)
    await handOver.customer.says('Is anybody there?')
    await sandbox().settled()
    const { chatId, threadId, conversationId, customer } = handOver
    expect(undelivered(sandbox(), handOver)).toEqual([
      {
        userId: expect.any(String) as string,
        hitlConversationId: conversationId,
        ...seenUpstream(sandbox(), customer),
        chatId,
        threadId,
        messageId: expect.any(String) as string,
        text: 'Is anybody there?',
        reason: 'noAnswer',
        sentence: expect.stringContaining('LiveChat answered with an error') as string,
      },
    ])
    expect(tagsOfMessage('Is anybody there?')).toMatchObject({ 'livechat-hitl:undelivered': 'noAnswer' })
    sandbox().livechat.faults.clear()
    await customer.says('Hello again')
    await sandbox().settled()
    expect(chatTexts(sandbox(), chatId)).toContain('Hello again')
  })
})

test('words that LiveChat refuses for their own sake are reported, and the handoff goes on', async () => {
  const handOver = await createHandoff(sandbox())
  const body = refusal('validation', 'text is not allowed')
  sandbox().livechat.faults.add({ operation: 'customer/send_event', kind: 'answer', status: 400, body })
  await handOver.customer.says('Odd words')
  await handOver.customer.says('Good words')
  await sandbox().settled()
  expect(undelivered(sandbox(), handOver)).toMatchObject([{ text: 'Odd words', reason: 'refused' }])
  expect(chatTexts(sandbox(), handOver.chatId)).toContain('Good words')
  expect(sandbox().botpress.isActive(handOver.conversationId)).toBe(true)
})

test('words that may have arrived are reported as uncertain', async () => {
  const handOver = await createHandoff(sandbox())
  sandbox().livechat.faults.add({ operation: 'customer/send_event', kind: 'reset-after', times: Infinity })
  sandbox().livechat.faults.add({ operation: 'customer/get_chat', kind: 'refuse', times: Infinity })
  await handOver.customer.says('Did you get this?')
  await sandbox().settled()
  expect(undelivered(sandbox(), handOver)).toMatchObject([{ text: 'Did you get this?', reason: 'uncertain' }])
})

test("words that meet a closed chat are reported, the bot's own are not", async () => {
  const handOver = await closedUnheard()
  await handOver.customer.says('One more thing')
  await visibleTo(handOver.customer, BOT_IS_BACK)
  await sandbox().settled()
  expect(undelivered(sandbox(), handOver)).toMatchObject([{ text: 'One more thing', reason: 'refused' }])
  expect(eventsSent(sandbox(), 'chatEnded', handOver.conversationId)).toHaveLength(1)
})

const LOCKED = { code: 409, type: 'ResourceLockedConflict', message: 'no', id: 'err_1' }
const DOWN = { status: 503, body: { code: 500, type: 'Internal', message: 'no', id: 'err_1' } }
// The two events of the end come before the report.
const REPORT = { operation: 'createEvent', ...DOWN, after: 2 } as const
const NO_LIST = { operation: 'listEvents', kind: 'answer', status: 409, body: LOCKED, times: 2 } as const

describe('words are reported once although Botpress', () => {
  const sandbox = useSandbox() // nothing is hastened: some of these take 9 s of a message's time

  test.each<{ how: string; faults: Fault[] }>([
    {
      how: 'does not let them be marked',
      faults: [{ operation: 'updateMessage', kind: 'answer', status: 409, body: LOCKED, times: Infinity }],
    },
    { how: 'never answers the mark', faults: [{ operation: 'updateMessage', kind: 'silence' }] },
    { how: 'fails four times to take the report', faults: [{ ...REPORT, kind: 'answer', times: 4 }] },
    {
      how: 'takes the report, says it failed, and lists no events',
      faults: [{ ...REPORT, kind: 'answer-after' }, NO_LIST],
    },
  ])('$how', async ({ faults }) => {
    const handOver = await closedUnheard(sandbox())
    for (const fault of faults) sandbox().botpress.faults.add(fault)
    await handOver.customer.says('One more thing')
    await visibleTo(handOver.customer, BOT_IS_BACK)
    await sandbox().settled()
    expect(undelivered(sandbox(), handOver)).toMatchObject([{ text: 'One more thing', reason: 'refused' }])
  })
})

test('words that meet a closed chat are reported once, also when the end itself cannot be made', async () => {
  const handOver = await closedUnheard()
  const body = { code: 403, type: 'Forbidden', message: 'no', id: 'err_1' }
  sandbox().botpress.faults.add({ operation: 'getOrSetState', kind: 'answer', status: 403, body, times: Infinity })
  await handOver.customer.says('One more thing')
  await sandbox().settled()
  sandbox().botpress.faults.clear()
  expect(undelivered(sandbox(), handOver)).toMatchObject([{ text: 'One more thing', reason: 'refused' }])
})

describe('a chat that LiveChat does not know any more', () => {
  // How LiveChat answers for it is not documented.
  const answers = [
    'validation',
    'authorization',
    'chat_inactive',
    'license_not_found',
    'not_found',
    'chat_anonymized',
    'gone',
  ]
  const statusOf = (type: string) => (type === 'gone' ? 410 : 400)

  test.each(sampled(answers, 2))(
    '%s in a running handoff: the bot takes over, and the message is reported',
    async (type) => {
      const handOver = await createHandoff(sandbox())
      const gone = { kind: 'answer', status: statusOf(type), body: refusal(type), times: Infinity } as const
      for (const operation of ['customer/send_event', 'customer/get_chat', 'agent/get_chat', 'agent/deactivate_chat'])
        sandbox().livechat.faults.add({ operation, ...gone })
      await handOver.customer.says('Hello?')
      await visibleTo(handOver.customer, BOT_IS_BACK)
      await sandbox().settled()
      expect(undelivered(sandbox(), handOver)).toMatchObject([{ text: 'Hello?', reason: 'refused' }])
    },
  )

  test.each(sampled(answers, 2))('%s at the next handoff: a new chat', async (type) => {
    const customer = newCustomer(sandbox())
    const first = await createHandoff(sandbox(), customer)
    await customer.types('/end')
    await sandbox().settled()
    const chat = sandbox().livechat.store.chats.get(first.chatId)
    sandbox().livechat.store.chats.delete(first.chatId)
    const gone = { kind: 'answer', status: statusOf(type), body: refusal(type) } as const
    sandbox().livechat.faults.add({ operation: 'customer/resume_chat', ...gone })
    const again = await createHandoff(sandbox(), customer)
    expect(again.chatId).not.toBe(first.chatId)
    expect(chat?.threads.at(-1)?.active).toBe(false)
  })
})

test.each([
  { type: 'QuotaExceeded', status: 403, agentNote: undefined },
  { type: 'PaymentRequired', status: 402, agentNote: undefined },
  { type: 'PayloadTooLarge', status: 413, agentNote: 'NULL' }, // no other notes are wanted
])(
  'an agent whose words Botpress refuses ($type) is notified once for the thread',
  async ({ type, status, agentNote }) => {
    const { chatId } = await createHandoff(sandbox(), newCustomer(sandbox()), { hitlSession: { agentNote } })
    const maria = sandbox().livechat.agent(MARIA)
    maria.says(chatId, 'Hello')
    await sandbox().settled()
    const body = { id: 'err_1', code: status, type, message: 'no' }
    sandbox().botpress.faults.add({ operation: 'getOrCreateMessage', kind: 'answer', status, body, times: Infinity })
    for (const text of ['one', 'two']) {
      maria.says(chatId, text)
      await sandbox().settled()
    }
    await sandbox().restartIntegration()
    maria.says(chatId, 'three')
    await sandbox().settled()
    const notes = chatTexts(sandbox(), chatId).filter((text) => text.includes('does not receive your messages'))
    expect(notes).toHaveLength(1)
  },
)

test("an agent's words sent with the reopening of a chat are answered by a note", async () => {
  const { chatId, customer } = await createHandoff(sandbox())
  await customer.types('/end')
  await sandbox().settled()
  sandbox().livechat.agent(MARIA).reopens(chatId, 'One thing I forgot')
  await sandbox().settled()
  expect(chatTexts(sandbox(), chatId).filter((text) => text.startsWith('[Automatic note]'))).toHaveLength(1)
})
