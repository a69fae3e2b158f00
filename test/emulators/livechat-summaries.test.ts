import { describe, expect, test } from 'vitest'
import { callsTo, startedChat, type Json } from './livechat-client'
import { useLiveChat, useReceiver } from './use-livechat'

const MARIA = 'maria@acme.test'
const OWNER = 'owner@acme.test'

const { livechat, calls } = await useLiveChat()
const receiver = await useReceiver()

const error = (type: string) => ({ body: { error: { type } } })
const ask = (chat: { chatId: string; threadId: string }) =>
  calls.agent('request_thread_summary', { chat_id: chat.chatId, thread_id: chat.threadId })
const told = () => livechat.webhooks.deliveries('thread_summary_set').map(({ envelope }) => envelope.payload)

/** A chat with words of both sides, closed by the agent; summaries are heard. */
async function closedChat() {
  livechat.webhooks.registerManually({ action: 'thread_summary_set', url: receiver.url, secretKey: 's' })
  const chat = await startedChat(calls)
  livechat.agent(MARIA).says(chat.chatId, 'Hello')
  livechat.agent(MARIA).closes(chat.chatId)
  return chat
}

/** The thread as each reading method of the Agent API shows it. */
async function readings({ chatId, threadId }: { chatId: string; threadId: string }) {
  const [chat, threads, archives] = await Promise.all([
    calls.agent('get_chat', { chat_id: chatId, thread_id: threadId }),
    calls.agent('list_threads', { chat_id: chatId }),
    calls.agent('list_archives', { filters: { thread_ids: [threadId] } }),
  ])
  const [archived] = archives.body.chats as { thread: Json }[]
  return [chat.body.thread as Json, (threads.body.threads as Json[])[0], archived?.thread]
}

describe('the summary of a closed thread', () => {
  test('is reported, and read from then on', async () => {
    const chat = await closedChat()
    for (const thread of await readings(chat)) expect(thread).not.toHaveProperty('summary')
    expect(await ask(chat)).toMatchObject({ status: 200, body: {} })
    const summary = { status: 'ok', text: expect.stringMatching(/^• .+ {2}\n• /), updated_at: expect.any(String) }
    expect(told()).toEqual([{ chat_id: chat.chatId, thread_id: chat.threadId, summary }])
    for (const thread of await readings(chat)) expect(thread?.summary).toEqual(summary)
  })

  test('names the first question, not a report that a machine wrote before it', async () => {
    livechat.webhooks.registerManually({ action: 'thread_summary_set', url: receiver.url, secretKey: 's' })
    const report = { type: 'message', text: '[Handed over by the bot]\nSummary: a lamp is broken', custom_id: 'bp-1' }
    const thread = { events: [report] }
    const chat = await startedChat(calls, { chat: { access: { group_ids: [7] }, thread } })
    const says = (text: string) =>
      calls.customer(chat.token, 'send_event', { chat_id: chat.chatId, event: { type: 'message', text } })
    await says('Is it under warranty?')
    livechat.agent(MARIA).closes(chat.chatId)
    await ask(chat)
    const text = '• The customer asked: Is it under warranty?  \n• The customer wrote 2 messages, the agents 0 messages'
    expect(told()).toMatchObject([{ summary: { text } }])
  })

  test('is made once', async () => {
    const chat = await closedChat()
    await ask(chat)
    expect(await ask(chat)).toMatchObject({ status: 409, ...error('already_exists') })
    expect(told()).toHaveLength(1)
  })

  test('may have another form where it is read', async () => {
    livechat.settings.chats.summaryForm = 'content'
    const chat = await closedChat()
    await ask(chat)
    for (const thread of await readings(chat))
      expect(thread?.summary).toEqual({
        status: 'ok',
        version: expect.any(Number),
        updated_at: expect.any(String),
        content: { title: expect.any(String), summary_bullets: [expect.stringContaining('Hello'), expect.any(String)] },
      })
    expect(told()).toMatchObject([{ summary: { text: expect.any(String) } }])
  })

  test('is not for the customer, and not on 3.5', async () => {
    const chat = await closedChat()
    await ask(chat)
    const { body } = await calls.customer(chat.token, 'get_chat', { chat_id: chat.chatId })
    expect(body.thread).not.toHaveProperty('summary')
    const old = callsTo(livechat, '3.5')
    expect((await old.agent('get_chat', { chat_id: chat.chatId })).body.thread).not.toHaveProperty('summary')
    const ids = { chat_id: chat.chatId, thread_id: chat.threadId }
    expect(await old.agent('request_thread_summary', ids)).toMatchObject(error('not_found'))
  })

  test('needs words that the customer said to everybody', async () => {
    const chat = await startedChat(calls, { chat: {} })
    livechat.agent(MARIA).says(chat.chatId, 'Is anybody there?')
    livechat.agent(MARIA).closes(chat.chatId)
    expect(await ask(chat)).toMatchObject({ status: 400, ...error('validation') })
  })

  test('needs the scope and the thread', async () => {
    const chat = await closedChat()
    const reader = livechat.issueToken({ agentId: OWNER, scopes: ['chats--all:ro'] })
    const ids = { chat_id: chat.chatId, thread_id: chat.threadId }
    expect(await calls.agent('request_thread_summary', ids, reader)).toMatchObject(error('authorization'))
    expect(await ask({ ...chat, threadId: 'NOWHERE' })).toMatchObject(error('not_found'))
    expect(await calls.agent('request_thread_summary', { chat_id: chat.chatId })).toMatchObject(error('validation'))
  })
})

describe('the account decides what becomes of summaries', () => {
  test('error: they come with that status', async () => {
    livechat.settings.chats.summaries = 'error'
    const chat = await closedChat()
    await ask(chat)
    expect(told()).toMatchObject([{ summary: { status: 'error', text: '' } }])
    for (const thread of await readings(chat)) expect(thread?.summary).toMatchObject({ status: 'error' })
    livechat.settings.chats.summaryForm = 'content'
    for (const thread of await readings(chat)) expect(thread?.summary).not.toHaveProperty('content')
  })

  test('never: the request is accepted and nothing follows', async () => {
    livechat.settings.chats.summaries = 'never'
    const chat = await closedChat()
    expect(await ask(chat)).toMatchObject({ status: 200, body: {} })
    await livechat.deliveriesSettled()
    expect(told()).toEqual([])
    for (const thread of await readings(chat)) expect(thread).not.toHaveProperty('summary')
  })

  test('automatic: they come at the end of every chat in which the customer said something', async () => {
    livechat.settings.chats.summaries = 'automatic'
    const chat = await closedChat()
    expect(told()).toMatchObject([{ thread_id: chat.threadId, summary: { status: 'ok' } }])
    expect(await ask(chat)).toMatchObject(error('already_exists'))
    const silent = await startedChat(calls, { chat: {} })
    livechat.agent(MARIA).closes(silent.chatId)
    expect(told()).toHaveLength(1)
  })

  test('they take their time, and a reset cancels them', async () => {
    livechat.settings.chats.summaryDelayMs = 80
    const chat = await closedChat()
    await ask(chat)
    expect(told()).toEqual([])
    await livechat.deliveriesSettled()
    expect(told()).toHaveLength(1)
    expect(receiver.received).toHaveLength(1)
    livechat.settings.chats.summaryDelayMs = 60_000
    await ask(await closedChat())
    livechat.reset()
    await livechat.deliveriesSettled()
    expect(livechat.webhooks.deliveries()).toEqual([])
  })
})

describe('the summary of an active thread', () => {
  test.each([
    { summaries: 'ok' as const, status: 'ok', text: expect.stringContaining('Hello') },
    { summaries: 'error' as const, status: 'error', text: '' },
  ])('is a system event in it, as often as asked for: $summaries', async ({ summaries, status, text }) => {
    livechat.settings.chats.summaries = summaries
    livechat.webhooks.registerManually({ action: 'incoming_event', url: receiver.url, secretKey: 's' })
    const chat = await startedChat(calls)
    for (let times = 0; times < 2; times += 1) expect((await ask(chat)).status).toBe(200)
    const events = livechat.store.eventsIn(chat.chatId).filter(({ type }) => type === 'system')
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({ source: 'messaging', subtype: 'summary', version: 1 })
    expect(JSON.parse(String(events[0]?.details))).toEqual({ summary: { status, text }, requested_by: OWNER })
    expect(livechat.webhooks.deliveries('incoming_event')).toHaveLength(2)
    expect(told()).toEqual([])
  })
})

describe('threads and archives', () => {
  /** A chat of three threads, the last one active. */
  async function threeThreads() {
    const { token, chatId, customerId, threadId } = await startedChat(calls)
    const ids = [threadId]
    for (let times = 0; times < 2; times += 1) {
      await calls.customer(token, 'deactivate_chat', { id: chatId })
      const { body } = await calls.customer(token, 'resume_chat', { chat: { id: chatId, access: { group_ids: [7] } } })
      ids.push(String(body.thread_id))
    }
    return { chatId, customerId, ids }
  }
  const idsIn = (threads: unknown) => (threads as { id: string }[]).map(({ id }) => id)

  test('list_threads: the newest three, or as many as hold enough events', async () => {
    const { chatId, ids } = await threeThreads()
    const list = async (body: Json) => calls.agent('list_threads', { chat_id: chatId, ...body })
    expect(idsIn((await list({})).body.threads)).toEqual([...ids].reverse())
    expect((await list({ limit: 1 })).body).toMatchObject({ threads: [{ id: ids[2] }], found_threads: 3 })
    expect(idsIn((await list({ sort_order: 'asc', limit: 2 })).body.threads)).toEqual(ids.slice(0, 2))
    expect(idsIn((await list({ min_events_count: 1 })).body.threads)).toEqual([ids[2], ids[1]])
    expect(await list({ min_events_count: 1, limit: 2 })).toMatchObject(error('validation'))
    expect(await list({ page_id: 'x', limit: 2 })).toMatchObject(error('validation'))
  })

  test('list_archives: closed threads, each with its chat', async () => {
    const { chatId, customerId, ids } = await threeThreads()
    const list = async (filters: Json) => {
      const { body } = await calls.agent('list_archives', { filters })
      return (body.chats as { id: string; thread: { id: string } }[]).map(({ thread }) => thread.id)
    }
    const closed = [ids[1], ids[0]]
    expect(await list({})).toEqual(closed)
    expect(await list({ customer_id: customerId })).toEqual(closed)
    expect(await list({ chat_ids: ['NOWHERE'] })).toEqual([])
    expect(await list({ group_ids: [0] })).toEqual([])
    expect(await list({ thread_ids: [ids[0]] })).toEqual([ids[0]])
    expect(await list({ to: '2020-01-01T00:00:00.000000Z' })).toEqual([])
    expect(await calls.agent('list_archives', { filters: { tags: {} } })).toMatchObject(error('validation'))
    const both = { thread_ids: ids, chat_ids: [chatId] }
    expect(await calls.agent('list_archives', { filters: both })).toMatchObject(error('validation'))
    const old = callsTo(livechat, '3.5')
    expect(await old.agent('list_archives', { filters: { chat_ids: [chatId] } })).toMatchObject(error('validation'))
  })
})
