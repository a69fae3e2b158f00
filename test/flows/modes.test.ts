import { describe, expect, test } from 'vitest'
import { startSandbox } from '../../sandbox/sandbox'
import { MODES, withMode } from '../modes'
import { sampled } from '../sample'
import { inTouch, MARIA } from './people'
import { BACK, JOINED, story, toSee, wordsIn } from './seen'
import { told } from './told'

/** Modes in a sample. */
const SAMPLE = 8

describe.each(sampled(MODES, SAMPLE))('where the platforms answer as in "$name"', (mode) => {
  test('a handoff begins, both people read each other once, and the bot takes over again', async () => {
    const sandbox = await startSandbox(withMode({ livechat: { webhooks: { timeScale: 0.1 } } }, mode))
    try {
      const { chatId, conversationId, customer } = await inTouch(sandbox)
      const maria = sandbox.livechat.agent(MARIA)
      maria.says(chatId, 'How can I help?')
      await toSee(customer, 'How can I help?')
      await customer.says('My lamp is broken.')
      await sandbox.settled()
      maria.closes(chatId)
      await toSee(customer, BACK)
      await sandbox.settled()
      expect(wordsIn(sandbox, chatId).filter((text) => text === 'My lamp is broken.')).toHaveLength(1)
      const lines = story(customer)
      expect(lines.filter((line) => line === `bot: ${JOINED}`)).toHaveLength(1)
      expect(lines.filter((line) => line === 'agent: How can I help?')).toHaveLength(1)
      expect(told(sandbox, 'chatEnded', conversationId)).toHaveLength(1)
    } finally {
      await sandbox.close()
    }
  })
})
