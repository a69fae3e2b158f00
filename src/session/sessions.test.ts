import { expect, test } from 'vitest'
import type { Client } from '../bp'
import { systemClock } from '../clock'
import type { ChatId, ThreadId } from '../livechat/types'
import { COPY_COUNTS_MS } from '../timing'
import { createMemory } from './memory'
import { Sessions } from './sessions'

const KEY = { chatId: 'CHAT' as ChatId, threadId: 'THREAD' as ThreadId }
const CONVERSATION = {
  id: 'conv_1',
  createdAt: '2026-11-25T10:00:00.000Z',
  updatedAt: '2026-11-25T10:05:00.000Z',
  tags: { ...KEY, customerId: 'customer', userId: 'user_1' },
}

test('a copy shows who is in the chat for some seconds only, and which conversation it is for longer', () => {
  let now = 1_795_000_000_000
  const sessions = new Sessions({} as Client, createMemory({ ...systemClock, now: () => now }))
  expect(sessions.readLately(KEY)).toBeUndefined()
  sessions.read(CONVERSATION)
  now += COPY_COUNTS_MS - 1
  expect(sessions.readLately(KEY)?.conversationId).toBe('conv_1')
  now += 1
  expect(sessions.readLately(KEY)).toBeUndefined()
  expect(sessions.remembered(KEY)?.conversationId).toBe('conv_1')
  sessions.read(CONVERSATION)
  expect(sessions.readLately(KEY)?.conversationId).toBe('conv_1')
})
