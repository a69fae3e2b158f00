import { describe, expect, test } from 'vitest'
import { startedChat, type Json } from './livechat-client'
import { useLiveChat, useReceiver } from './use-livechat'

const { livechat, calls } = await useLiveChat()
const receiver = await useReceiver()

const error = (type: string) => ({ body: { error: { type } } })
const message = { type: 'message', text: 'Is anybody there?' }

const ANSWERS = [
  { type: 'not_found', status: 404 },
  { type: 'validation', status: 400 },
  { type: 'authorization', status: 403 },
  { type: 'chat_inactive', status: 422 },
  { type: 'chat_anonymized', status: 422 },
  { type: 'license_not_found', status: 404 },
] as const

/** Every method of the Customer API that names a chat, with a body that is right but for the ids. */
const METHODS: Record<string, (ids: { chat_id: string; thread_id: string; event_id: string }) => Json> = {
  resume_chat: ({ chat_id }) => ({ chat: { id: chat_id } }),
  deactivate_chat: ({ chat_id }) => ({ id: chat_id }),
  get_chat: ({ chat_id }) => ({ chat_id }),
  list_threads: ({ chat_id }) => ({ chat_id }),
  send_event: ({ chat_id }) => ({ chat_id, event: message }),
  delete_event: (ids) => ids,
  send_rich_message_postback: (ids) => ({ ...ids, postback: { id: 'a', toggled: true } }),
  send_sneak_peek: ({ chat_id }) => ({ chat_id, sneak_peek_text: 'Is any' }),
  mark_events_as_seen: ({ chat_id }) => ({ chat_id, seen_up_to: '2026-02-03T10:11:12.000000Z' }),
  update_chat_properties: ({ chat_id }) => ({ id: chat_id, properties: {} }),
  update_thread_properties: ({ chat_id, thread_id }) => ({ chat_id, thread_id, properties: {} }),
}

describe.each(ANSWERS)('the Customer API answers $type', ({ type, status }) => {
  test.each(Object.keys(METHODS))('to %s of an unknown chat', async (method) => {
    livechat.settings.chats.unknownError = type
    const { token } = await startedChat(calls)
    const body = METHODS[method]?.({ chat_id: 'NOWHERE', thread_id: 'NOWHERE', event_id: 'NOWHERE' })
    expect(await calls.customer(token, method, body)).toMatchObject({ status, ...error(type) })
  })

  test('for an unknown thread and an unknown event', async () => {
    livechat.settings.chats.unknownError = type
    const { token, chatId, threadId } = await startedChat(calls)
    const thread = { chat_id: chatId, thread_id: 'NOWHERE' }
    expect(await calls.customer(token, 'get_chat', thread)).toMatchObject(error(type))
    const event = { chat_id: chatId, thread_id: threadId, event_id: 'NOWHERE' }
    expect(await calls.customer(token, 'delete_event', event)).toMatchObject(error(type))
  })

  test("for somebody else's chat", async () => {
    livechat.settings.chats.foreignError = type
    const { chatId } = await startedChat(calls)
    const { body } = await calls.token()
    const refused = await calls.customer(String(body.access_token), 'get_chat', { chat_id: chatId })
    expect(refused).toMatchObject({ status, ...error(type) })
  })
})

test.each([
  { type: 'not_found', status: 404 },
  { type: 'missing_access', status: 403 },
  { type: 'authorization', status: 403 },
  { type: 'validation', status: 400 },
] as const)('the Agent API answers $type for an unknown chat and an unknown thread', async ({ type, status }) => {
  livechat.settings.chats.unknownErrorForAgents = type
  const { chatId } = await startedChat(calls)
  const chat = await calls.agent('deactivate_chat', { id: 'NOWHERE', ignore_requester_presence: true })
  expect(chat).toMatchObject({ status, ...error(type) })
  const tag = await calls.agent('tag_thread', { chat_id: chatId, thread_id: 'NOWHERE', tag: 'bot' })
  expect(tag).toMatchObject({ status, ...error(type) })
})

describe('a chat that LiveChat deleted', () => {
  test('is unknown from then on, and no webhook is sent', async () => {
    const { token, chatId } = await startedChat(calls)
    for (const action of ['chat_deactivated', 'incoming_event', 'chat_transferred'])
      livechat.webhooks.registerManually({ action, url: receiver.url, secretKey: 's' })
    livechat.deletes(chatId)
    expect(livechat.webhooks.deliveries()).toEqual([])
    expect(await calls.customer(token, 'send_event', { chat_id: chatId, event: message })).toMatchObject(
      error('not_found'),
    )
    expect(await calls.agent('get_chat', { chat_id: chatId })).toMatchObject(error('not_found'))
    expect((await calls.customer(token, 'list_chats')).body).toMatchObject({ chats_summary: [], total_chats: 0 })
    expect(() => livechat.agent('maria@acme.test').says(chatId, 'Hello')).toThrow(`no chat ${chatId}`)
  })

  test('makes room for a new one', async () => {
    const { token, chatId } = await startedChat(calls)
    livechat.deletes(chatId)
    const { status, body } = await calls.customer(token, 'start_chat', { continuous: true })
    expect(status).toBe(200)
    expect(body.chat_id).not.toBe(chatId)
  })

  test('may also lose one thread only', async () => {
    const { token, chatId, threadId } = await startedChat(calls)
    await calls.customer(token, 'deactivate_chat', { id: chatId })
    const { body } = await calls.customer(token, 'resume_chat', { chat: { id: chatId } })
    livechat.deletes(chatId, threadId)
    const chat = { chat_id: chatId, thread_id: threadId }
    expect(await calls.customer(token, 'get_chat', chat)).toMatchObject(error('not_found'))
    expect((await calls.customer(token, 'get_chat', { chat_id: chatId })).body).toMatchObject({
      thread: { id: body.thread_id },
    })
  })
})
