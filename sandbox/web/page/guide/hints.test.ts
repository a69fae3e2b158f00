import { expect, test } from 'vitest'
import type { ChatLine, PageView, Phase } from '../../view'
import { hintFor, HINTS } from './hints'

const line = (from: ChatLine['from'], note?: boolean): ChatLine => ({
  id: '1',
  from,
  at: '2026-01-01T00:00:00Z',
  content: { kind: 'text', text: 'Hello' },
  ...(note && { note }),
})

function hintOf(phase: Phase, lines: ChatLine[] = []): string {
  const session: PageView['session'] = { phase, chatId: 'chat', handoffs: [] }
  const chat = { chatId: 'chat', threadId: 'thread', active: true, groupId: 0, agentIds: [], tags: [], lines }
  const customer = { name: 'Ada', email: '', fields: [] }
  const { step, text } = hintFor({
    session,
    desk: { agents: [], groups: [], chats: [{ ...chat, customer }], takesNotes: true },
  })
  return `${step} ${text}`
}

test.each<{ name: string; phase: Phase; lines?: ChatLine[]; hint: string }>([
  { name: 'with the bot', phase: 'bot', hint: `1 ${HINTS[0]}` },
  { name: 'while the chat is opened', phase: 'starting', hint: `2 ${HINTS[1]}` },
  { name: 'while nobody has joined', phase: 'waiting', hint: `2 ${HINTS[1]}` },
  {
    name: 'when an agent has joined',
    phase: 'agent',
    lines: [line('customer')],
    hint: '2 As the agent, write an answer.',
  },
  {
    name: 'a note is no answer',
    phase: 'agent',
    lines: [line('agent', true)],
    hint: '2 As the agent, write an answer.',
  },
  { name: 'when an agent has answered', phase: 'agent', lines: [line('agent')], hint: `3 ${HINTS[2]}` },
  {
    name: 'at the end',
    phase: 'ended',
    hint: '4 That was a whole handoff. Now see what happens when things go wrong.',
  },
])('$name', ({ phase, lines, hint }) => {
  expect(hintOf(phase, lines)).toBe(hint)
})
