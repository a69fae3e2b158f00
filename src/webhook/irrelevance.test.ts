import { expect, test } from 'vitest'
import { readSettings } from '../settings'
import { chatDeactivated } from './on-chat-deactivated'
import { chatTransferred } from './on-chat-transferred'
import { incomingEvent } from './on-incoming-event'
import { userAddedToChat, userRemovedFromChat } from './on-user'

const SETTINGS = readSettings({
  clientId: 'client',
  organizationId: '0fb9c6ba-7b2c-4d5e-8f1a-2b3c4d5e6f70',
  webhookSecret: 'the-secret-of-the-webhook',
  agentToken: 'token',
  groupId: 0,
})
const IN_CHAT = { chat_id: 'CHAT', thread_id: 'THREAD' }
const MARIA = 'maria@acme.test'
const CUSTOMER = '3f057bea-4446-4f5b-af8a-3f2ed8bfd455'
const BOT = '0123456789abcdef0123456789abcdef'
const agent = (changes: object = {}) => ({ id: MARIA, type: 'agent', name: 'Maria', present: true, ...changes })
const event = (changes: object = {}) => ({
  id: 'T_1',
  type: 'message',
  text: 'Hello',
  author_id: MARIA,
  visibility: 'all',
  created_at: '2026-11-25T10:00:00.000000Z',
  ...changes,
})

test.each([
  { name: 'an agent joins', webhook: userAddedToChat, payload: { user: agent() }, matters: true },
  {
    name: 'a customer joins',
    webhook: userAddedToChat,
    payload: { user: { ...agent(), id: CUSTOMER, type: 'customer' } },
    matters: false,
  },
  { name: 'a bot joins', webhook: userAddedToChat, payload: { user: agent({ id: BOT }) }, matters: false },
  {
    name: 'a supervisor joins unseen',
    webhook: userAddedToChat,
    payload: { user: agent({ visibility: 'agents' }) },
    matters: false,
  },
  { name: 'nobody is named as joined', webhook: userAddedToChat, payload: {}, matters: false },
  { name: 'an agent leaves', webhook: userRemovedFromChat, payload: { user_id: MARIA }, matters: true },
  { name: 'a bot leaves', webhook: userRemovedFromChat, payload: { user_id: BOT }, matters: false },
  { name: 'nobody is named as gone', webhook: userRemovedFromChat, payload: {}, matters: false },
  {
    name: 'an agent leaves no thread',
    webhook: userRemovedFromChat,
    payload: { user_id: MARIA, thread_id: undefined },
    matters: false,
  },
  {
    name: 'a transfer to an agent',
    webhook: chatTransferred,
    payload: { transferred_to: { agent_ids: [MARIA] } },
    matters: true,
  },
  {
    name: 'a transfer to a bot',
    webhook: chatTransferred,
    payload: { transferred_to: { agent_ids: [BOT] } },
    matters: false,
  },
  {
    name: 'a transfer to a group',
    webhook: chatTransferred,
    payload: { transferred_to: { group_ids: [3] } },
    matters: false,
  },
  {
    name: 'a transfer into the queue',
    webhook: chatTransferred,
    payload: { queue: { position: 2, wait_time: 60 } },
    matters: true,
  },
  { name: 'the end of a chat', webhook: chatDeactivated, payload: {}, matters: true },
  { name: 'an agent writes', webhook: incomingEvent, payload: { event: event() }, matters: true },
  {
    name: 'an agent writes a note',
    webhook: incomingEvent,
    payload: { event: event({ visibility: 'agents' }) },
    matters: false,
  },
  {
    name: 'the customer writes',
    webhook: incomingEvent,
    payload: { event: event({ author_id: CUSTOMER }) },
    matters: false,
  },
  { name: 'a bot writes', webhook: incomingEvent, payload: { event: event({ author_id: BOT }) }, matters: false },
])('$name: matters $matters', ({ webhook, payload, matters }) => {
  const reading = webhook.read({ ...IN_CHAT, ...payload }, SETTINGS)
  expect(reading?.chatId).toBe('CHAT')
  expect(reading?.irrelevance === undefined).toBe(matters)
})

test.each([
  { name: 'no chat', webhook: chatDeactivated, payload: { thread_id: 'THREAD' } },
  { name: 'a chat that is no text', webhook: chatTransferred, payload: { chat_id: 7 } },
  { name: 'no event', webhook: incomingEvent, payload: IN_CHAT },
])('a payload with $name cannot be read', ({ webhook, payload }) => {
  expect(webhook.read(payload, SETTINGS)).toBeUndefined()
})
