import { expect, test } from 'vitest'
import { EventId } from '../livechat/ids'
import type { IncomingEvent } from '../livechat/types'
import { authorKind, relayable as judged } from './relayable'

const AGENT = 'ada@example.com'
const BOT = '0123456789abcdef0123456789abcdef'
const CUSTOMER = 'b7eff798-f8df-4364-8059-649c35c9ed0c'

const relayable = (event: IncomingEvent) => judged(event, { handBackCommand: '/bot', handBackTags: [] })

const event = (fields: Partial<IncomingEvent>): IncomingEvent => ({
  id: EventId.parse('T1_1'),
  type: 'message',
  authorId: AGENT,
  text: 'Hello',
  isWelcome: false,
  ...fields,
})

test.each(['message', 'file', 'rich_message'])("an agent's %s is relayed", (type) => {
  expect(relayable(event({ type }))).toEqual({ relay: true })
})

test.each([undefined, '', 'all'])('visibility %s is for everybody', (visibility) => {
  expect(relayable(event({ visibility }))).toEqual({ relay: true })
})

test.each([
  { name: 'a private note', fields: { visibility: 'agents' }, reason: 'note' },
  { name: 'a visibility of the future', fields: { visibility: 'supervisors' }, reason: 'note' },
  { name: 'a private event of an unknown type', fields: { visibility: 'agents', type: 'poll' }, reason: 'note' },
  { name: 'our own event', fields: { customId: 'hitl-1-2' }, reason: 'echo' },
  { name: 'a welcome message', fields: { isWelcome: true }, reason: 'welcome' },
  { name: "a bot's words", fields: { authorId: BOT }, reason: 'bot' },
  { name: "the customer's words", fields: { authorId: CUSTOMER }, reason: 'customer' },
  { name: 'words of nobody', fields: { authorId: undefined }, reason: 'system' },
  { name: 'a system message', fields: { type: 'system_message', authorId: undefined }, reason: 'system' },
  { name: 'a system event', fields: { type: 'system', authorId: undefined }, reason: 'system' },
  { name: 'a form', fields: { type: 'form' }, reason: 'not-a-message' },
  { name: 'a filled form', fields: { type: 'filled_form' }, reason: 'not-a-message' },
  { name: 'a custom event', fields: { type: 'custom' }, reason: 'not-a-message' },
  { name: 'an annotation', fields: { type: 'annotation' }, reason: 'not-a-message' },
  { name: 'a deleted message', fields: { deleted: true }, reason: 'not-a-message' },
  { name: "a bot's command", fields: { authorId: BOT, text: '/bot' }, reason: 'bot' },
  { name: "the customer's command", fields: { authorId: CUSTOMER, text: '/bot' }, reason: 'customer' },
  { name: 'a deleted command', fields: { deleted: true, text: '/bot' }, reason: 'not-a-message' },
  { name: 'a type of the future', fields: { type: 'poll' }, reason: 'unknown-type' },
])('$name is not relayed: $reason', ({ fields, reason }) => {
  expect(relayable(event(fields))).toEqual({ relay: false, reason })
})

test.each([undefined, 'all', 'agents', 'supervisors'])('a command of visibility %s is for the bot', (visibility) => {
  const command = relayable(event({ visibility, text: '/bot refund' }))
  expect(command).toEqual({ relay: false, reason: 'command', command: 'refund' })
})

test("another program's custom id is no echo", () => {
  expect(relayable(event({ customId: 'crm-hitl-1' }))).toEqual({ relay: true })
})

test.each([
  { id: undefined, kind: 'system' },
  { id: '', kind: 'system' },
  { id: CUSTOMER, kind: 'customer' },
  { id: CUSTOMER.toUpperCase(), kind: 'customer' },
  { id: BOT, kind: 'bot' },
  { id: AGENT, kind: 'human' },
  { id: `${BOT}@example.com`, kind: 'human' },
])('the author $id is of kind $kind', ({ id, kind }) => {
  expect(authorKind(id)).toBe(kind)
})
