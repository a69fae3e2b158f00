import { describe, expect, test } from 'vitest'
import { startedChat, type Json } from './livechat-client'
import { useLiveChat } from './use-livechat'

const { livechat, calls } = await useLiveChat()

const message = (text: string) => ({ type: 'message', text })
const error = (type: string) => ({ body: { error: { type } } })

describe('starting and resuming', () => {
  const resume = (token: string, id: string, body: Json = {}, chat: Json = {}) =>
    calls.customer(token, 'resume_chat', { chat: { id, access: { group_ids: [7] }, ...chat }, ...body })
  const everybodyLeaves = () => {
    for (const id of ['maria@acme.test', 'omar@acme.test']) livechat.agent(id).goesOffline()
  }

  test.each(['chat_limit_reached', 'limit_reached'] as const)('a second chat is refused as %s', async (type) => {
    livechat.settings.chats.secondChatError = type
    const { token, chatId } = await startedChat(calls)
    await calls.customer(token, 'deactivate_chat', { id: chatId })
    const refused = await calls.customer(token, 'start_chat', { continuous: true })
    expect(refused).toMatchObject({ status: 422, body: { error: { type, message: 'Customer chats limit reached' } } })
  })

  test('an active chat is not resumed', async () => {
    const { token, chatId } = await startedChat(calls)
    expect(await resume(token, chatId)).toMatchObject(error('chat_already_active'))
  })

  test('a resumed chat has a new thread that knows the one before', async () => {
    const { token, chatId, threadId } = await startedChat(calls)
    await calls.customer(token, 'deactivate_chat', { id: chatId })
    const { body } = await resume(token, chatId)
    expect(body.thread_id).not.toBe(threadId)
    const { body: chat } = await calls.customer(token, 'get_chat', { chat_id: chatId })
    expect(chat).toMatchObject({ thread: { id: body.thread_id, active: true, previous_thread_id: threadId } })
  })

  test('resuming without access opens the thread to everybody', async () => {
    const { token, chatId } = await startedChat(calls)
    await calls.customer(token, 'deactivate_chat', { id: chatId })
    await calls.customer(token, 'resume_chat', { chat: { id: chatId } })
    expect(livechat.store.chats.get(chatId)?.access).toEqual({ group_ids: [0] })
  })

  test.each([
    { continuous: undefined, type: 'groups_offline' },
    { continuous: false, type: 'groups_offline' },
    { continuous: true, type: undefined },
  ])('with nobody there, a start with continuous $continuous gives $type', async ({ continuous, type }) => {
    everybodyLeaves()
    const { started } = await startedChat(calls, { continuous })
    expect(started).toMatchObject(type ? error(type) : { status: 200 })
  })

  test('a chat once continuous stays so, unless false is said', async () => {
    const { token, chatId } = await startedChat(calls)
    everybodyLeaves()
    await calls.customer(token, 'deactivate_chat', { id: chatId })
    expect(await resume(token, chatId, { continuous: false })).toMatchObject(error('groups_offline'))
    expect(await resume(token, chatId)).toMatchObject({ status: 200 })
  })

  test('a refused resume leaves the chat as it was', async () => {
    const { token, chatId } = await startedChat(calls)
    await calls.customer(token, 'deactivate_chat', { id: chatId })
    await resume(token, chatId, {}, { thread: { events: [{ type: 'file', url: 'https://acme.test/a.png' }] } })
    expect(livechat.store.chats.get(chatId)?.threads).toHaveLength(1)
  })

  test('an unknown group is refused', async () => {
    const { body } = await calls.token()
    const chat = { access: { group_ids: [99] } }
    const refused = await calls.customer(String(body.access_token), 'start_chat', { chat, continuous: true })
    expect(refused).toMatchObject({ status: 404, ...error('group_not_found') })
  })

  test.each([
    { answer: 'accept' as const, status: 200 },
    { answer: 'validation' as const, status: 400 },
    { answer: 'authorization' as const, status: 403 },
  ])('initial thread properties: $answer', async ({ answer, status }) => {
    livechat.settings.chats.initialThreadProperties = answer
    const { body } = await calls.token()
    const chat = { thread: { properties: { routing: { ignore_bots: true } } } }
    const started = await calls.customer(String(body.access_token), 'start_chat', { chat, continuous: true })
    expect(started.status).toBe(status)
  })

  test.each([
    { answer: 'accept' as const, status: 200 },
    { answer: 'validation' as const, status: 400 },
    { answer: 'authorization' as const, status: 403 },
  ])('initial chat properties: $answer', async ({ answer, status }) => {
    livechat.settings.chats.initialChatProperties = answer
    const { body } = await calls.token()
    const chat = { properties: { routing: { email_follow_up: true } } }
    const started = await calls.customer(String(body.access_token), 'start_chat', { chat, continuous: true })
    expect(started.status).toBe(status)
    const kept = livechat.store.chats.get(String(started.body.chat_id))
    expect(kept?.properties.routing?.email_follow_up).toBe(status === 200 ? true : undefined)
  })

  test('a thread can be started as an offline message', async () => {
    const thread = { properties: { routing: { offline_message: true } } }
    const { token, chatId } = await startedChat(calls, { chat: { access: { group_ids: [7] }, thread } })
    expect((await calls.customer(token, 'get_chat', { chat_id: chatId })).body).toMatchObject({
      thread: { properties: { routing: { offline_message: true } } },
    })
  })

  test('ignore_bots keeps bots away and is never shown', async () => {
    livechat.bot().goesOnline()
    const thread = { properties: { routing: { ignore_bots: true } } }
    const { token, chatId } = await startedChat(calls, { chat: { access: { group_ids: [7] }, thread } })
    const { body } = await calls.customer(token, 'get_chat', { chat_id: chatId })
    expect(JSON.stringify(body)).not.toContain('ignore_bots')
    expect(livechat.store.chats.get(chatId)?.users).toHaveLength(1)
  })

  test('without ignore_bots an available bot gets the chat', async () => {
    const { id } = livechat.bot()
    livechat.bot().goesOnline()
    const { chatId } = await startedChat(calls)
    expect(livechat.store.chats.get(chatId)?.users).toContainEqual(expect.objectContaining({ id, present: true }))
  })

  test.each([
    { counted: false, ids: 1 },
    { counted: true, ids: 2 },
  ])('own system messages in event_ids: $counted', async ({ counted, ids }) => {
    livechat.settings.chats.systemMessagesInEventIds = counted
    const events = [
      { type: 'system_message', system_message_type: 'acme.handoff', text: 'From the bot' },
      message('Help'),
    ]
    const { started } = await startedChat(calls, { chat: { thread: { events } } })
    expect(started.body.event_ids).toHaveLength(ids)
  })

  test('without initial events no event_ids are returned', async () => {
    const { started } = await startedChat(calls, { chat: {} })
    expect(started.body).not.toHaveProperty('event_ids')
  })
})
