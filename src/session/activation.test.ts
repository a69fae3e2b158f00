import { expect, test } from 'vitest'
import type { Client } from '../bp'
import { deadlineIn, type Clock } from '../clock'
import { Activation } from './activation'
import { createMemory } from './memory'
import { Sessions } from './sessions'

const START = Date.parse('2026-11-25T10:00:00.000Z')
const CONVERSATION = {
  id: 'conv_1',
  createdAt: new Date(START).toISOString(),
  updatedAt: new Date(START).toISOString(),
  tags: { chatId: 'CHAT', threadId: 'THREAD', customerId: 'customer', userId: 'user_1' },
}

/** A clock that only waits move, and that lets something happen at a given time. */
function clockWith(at: number, act: () => unknown) {
  let now = START
  let hasHappened = false
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      now += ms
      if (hasHappened || now < at) return
      hasHappened = true
      await act()
    },
    after: () => () => undefined,
  }
  return clock
}

test('what waits for the bot goes on when a message of the customer shows this process that it listens', async () => {
  const SHOWN_AT = START + 300
  const clock = clockWith(SHOWN_AT, () => session && activation.markActive(session))
  const memory = createMemory(clock)
  const client = {
    getConversation: () => Promise.resolve({ conversation: CONVERSATION }),
    updateConversation: () => Promise.resolve({ conversation: CONVERSATION }),
  }
  const sessions = new Sessions(client as unknown as Client, memory)
  const activation = new Activation(sessions, memory, clock)
  const session = sessions.read(CONVERSATION)
  expect(session && (await activation.waitUntilActive(session, deadlineIn(7_500, clock)))).toBe(true)
  expect(clock.now() - SHOWN_AT).toBeLessThan(100)
})
