import { expect, test } from 'vitest'
import type { Client } from '../bp'
import { Messages } from './messages'

const at = (second: number) => `2026-11-25T10:00:${String(second).padStart(2, '0')}.000Z`

/** A Botpress that holds these messages. */
const holding = (messages: object[]) =>
  ({ listMessages: () => Promise.resolve({ messages, meta: {} }) }) as unknown as Client

test('the last words for the customer are those that were written for them, not their own', async () => {
  const messages = [
    { createdAt: at(30), direction: 'outgoing', tags: {} },
    { createdAt: at(20), direction: 'incoming', tags: { eventId: 'EVENT' } },
    { createdAt: at(10), direction: 'outgoing', tags: {} },
  ]
  expect(await new Messages(holding(messages)).newest('conv_1')).toEqual({
    eventIds: new Set(['EVENT']),
    writtenAt: Date.parse(at(20)),
    oldestAt: Date.parse(at(10)),
    isAll: true,
  })
  expect(await new Messages(holding(messages.slice(0, 1))).newest('conv_1')).toMatchObject({ writtenAt: 0 })
})
