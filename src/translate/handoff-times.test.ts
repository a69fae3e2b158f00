import { expect, test } from 'vitest'
import type { EventId, IncomingEvent } from '../livechat/types'
import { handoffTimes } from './handoff-times'
import { openingCustomId } from './start-key'

const START = Date.parse('2026-03-01T10:00:00.000Z')
const NOW = Date.parse('2026-03-01T11:00:00.000Z')
const at = (minute: number) => `2026-03-01T10:0${minute}:00.123456Z`
const iso = (minute: number) => `2026-03-01T10:0${minute}:00.123Z`

const event = (minute: number, more: Partial<IncomingEvent> = {}): IncomingEvent => ({
  id: `e${minute}` as EventId,
  type: 'message',
  createdAt: at(minute),
  isWelcome: false,
  ...more,
})
const byAgent = (minute: number, more: Partial<IncomingEvent> = {}) =>
  event(minute, { authorId: 'maria@acme.test', ...more })
const opening = event(1, { customId: openingCustomId('0'.repeat(24), 0) })
const closed = (minute: number) => event(minute, { type: 'system_message', systemMessageType: 'manual_archived_agent' })
const settings = { handBackCommand: '/bot', handBackTags: [] }
const session = { createdAt: START }
const startedAt = '2026-03-01T10:00:00.000Z'

test.each([
  { name: 'nothing is known of the thread', events: undefined, times: { endedAt: '2026-03-01T11:00:00.000Z' } },
  { name: 'nobody answered', events: [opening, closed(5)], times: { endedAt: iso(5) } },
  {
    name: 'an agent answered twice',
    events: [opening, byAgent(2), byAgent(3), closed(5)],
    times: { firstReplyAt: iso(2), endedAt: iso(5) },
  },
  {
    name: 'a note is no answer',
    events: [opening, byAgent(2, { visibility: 'agents' }), closed(5)],
    times: { endedAt: iso(5) },
  },
  {
    name: 'a hand-back command is no answer',
    events: [opening, byAgent(2, { text: '/bot' }), closed(5)],
    times: { endedAt: iso(5) },
  },
  {
    name: 'an agent had opened the thread and written before',
    events: [byAgent(0), opening, byAgent(4), closed(5)],
    times: { firstReplyAt: iso(4), endedAt: iso(5) },
  },
  {
    name: 'a rating came after the end',
    events: [opening, closed(5), { ...closed(6), systemMessageType: 'rating.chat_rated' }],
    times: { endedAt: iso(5) },
  },
  {
    name: 'LiveChat wrote no line about the end',
    events: [opening, byAgent(2)],
    times: { firstReplyAt: iso(2), endedAt: '2026-03-01T11:00:00.000Z' },
  },
  {
    name: 'a time is none',
    events: [opening, { ...closed(5), createdAt: 'soon' }],
    times: { endedAt: new Date(NOW).toISOString() },
  },
])('$name', ({ events, times }) => {
  expect(handoffTimes(session, { events, now: NOW, settings })).toEqual({ startedAt, ...times })
})

test('an agent was announced', () => {
  expect(handoffTimes({ ...session, assignedAt: iso(3) }, { now: NOW, settings })).toHaveProperty('assignedAt', iso(3))
})
