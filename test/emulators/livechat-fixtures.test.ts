import { readdirSync, readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { SENT_ACTIONS } from '../../sandbox/livechat'
import { useLiveChat, useReceiver } from './use-livechat'

const FIXTURES = new URL('../fixtures/webhooks/', import.meta.url)
const MARIA = 'maria@acme.test'
const OMAR = 'omar@acme.test'

const { livechat, calls } = await useLiveChat({ settings: { routing: { autoAssign: true } } })
const receiver = await useReceiver()
beforeEach(() => livechat.agent(OMAR).goesOffline())

/** A customer with a profile and session fields, in a chat that Maria got at once. */
async function chatWithMaria() {
  const { body } = await calls.token()
  const token = String(body.access_token)
  const profile = { name: 'Ada', email: 'ada@acme.test', session_fields: [{ conversation: 'conv_01' }] }
  await calls.customer(token, 'update_customer', profile)
  const events = [{ type: 'message', text: 'I need a person, please', custom_id: 'bp-0001' }]
  const chat = { access: { group_ids: [7] }, thread: { events } }
  const started = await calls.customer(token, 'start_chat', { chat, continuous: true })
  const [chatId, threadId] = [String(started.body.chat_id), String(started.body.thread_id)]
  return { token, chatId, threadId, maria: livechat.agent(MARIA) }
}

type Scene = Awaited<ReturnType<typeof chatWithMaria>>

const CAUSES: Record<string, (scene: Scene) => unknown> = {
  incoming_chat: () => undefined,
  incoming_event: ({ maria, chatId }) => maria.says(chatId, 'Hello, I am Maria', { customId: '31-0C-1C' }),
  event_updated: ({ maria, chatId }) =>
    maria.edits(maria.says(chatId, 'Hello', { customId: '31-0C-1C' }).eventId, 'Hello, I am Maria from Support'),
  event_deleted: ({ maria, chatId }) => maria.deletes(maria.says(chatId, 'Hello').eventId),
  chat_deactivated: ({ maria, chatId }) => maria.closes(chatId),
  chat_transferred: ({ maria, chatId }) => maria.transfersTo(chatId, { groupId: 0 }),
  chat_access_updated: ({ maria, chatId }) => maria.transfersTo(chatId, { groupId: 0 }),
  user_added_to_chat: ({ chatId }) => {
    livechat.settings.chats.severalPublicAgents = true
    livechat.agent(OMAR).joins(chatId)
  },
  user_removed_from_chat: ({ maria, chatId }) => maria.leaves(chatId),
  thread_properties_updated: ({ token, chatId, threadId }) =>
    calls.customer(token, 'update_thread_properties', {
      chat_id: chatId,
      thread_id: threadId,
      properties: { rating: { score: 1, comment: 'Quick and kind' } },
    }),
  thread_tagged: ({ maria, chatId }) => maria.tags(chatId, 'bot'),
  thread_untagged: ({ maria, chatId }) => maria.untags(chatId, 'bot'),
  thread_summary_set: ({ maria, chatId, threadId }) => {
    maria.closes(chatId)
    return calls.agent('request_thread_summary', { chat_id: chatId, thread_id: threadId })
  },
  events_marked_as_seen: ({ maria, chatId }) => maria.reads(chatId),
  incoming_rich_message_postback: ({ token, maria, chatId, threadId }) => {
    const buttons = [{ text: 'Yes', postback_id: 'action_yes', type: 'message', value: 'yes' }]
    const { eventId } = maria.sendsRichMessage(chatId, { elements: [{ title: 'Done?', buttons }] })
    const postback = { id: 'action_yes', toggled: true }
    const body = { chat_id: chatId, thread_id: threadId, event_id: eventId, postback }
    return calls.customer(token, 'send_rich_message_postback', body)
  },
  routing_status_set: ({ maria }) => maria.goesOnline(),
}

/** Names and kinds, without values: a list stands for its first item, free-form maps only for being maps. */
function shape(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shape(value[0])] : []
  if (typeof value !== 'object' || value === null) return typeof value
  if (/properties|session_fields/.test(name)) return 'map'
  const entries = Object.entries(value).map(([key, inner]) => [key, shape(inner, key)])
  return Object.fromEntries(entries.sort(([a], [b]) => String(a).localeCompare(String(b))))
}

function fixture(action: string): unknown {
  return JSON.parse(readFileSync(new URL(`${action}.json`, FIXTURES), 'utf8'))
}

test.each(Object.keys(CAUSES))('the emulated %s has the fields of its fixture', async (action) => {
  const additionalData: ('chat_properties' | 'chat_presence_user_ids')[] =
    action === 'routing_status_set' ? [] : ['chat_properties', 'chat_presence_user_ids']
  const registration = { action, url: receiver.url, secretKey: 'the-secret-given-at-registration' }
  livechat.webhooks.registerManually({ ...registration, additionalData })
  await CAUSES[action]?.(await chatWithMaria())
  await livechat.deliveriesSettled()
  const last = action === 'incoming_event' ? receiver.received[0] : receiver.received.at(-1)
  expect(shape(last?.envelope)).toEqual(shape(fixture(action)))
})

test('every action that the emulator sends in a conversation has a fixture and a cause', () => {
  const written = readdirSync(FIXTURES).map((file) => file.replace('.json', ''))
  const sent = SENT_ACTIONS.filter((action) => action !== 'chat_properties_updated')
  expect(written.sort()).toEqual([...sent].sort())
  expect(Object.keys(CAUSES).sort()).toEqual([...sent].sort())
})
