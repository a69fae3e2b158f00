import { test } from 'vitest'
import { startSandbox } from '../../sandbox/sandbox'
import { MODES, withMode } from '../modes'
import { sampled } from '../sample'
import { createHandoff, MARIA } from './handoffs'
import { eventsSent } from './sent'
import { AGENT_JOINED, BOT_IS_BACK, chatTexts, transcriptOf, visibleTo } from './visible'

/** Modes in a sample. */
const SAMPLE = 5

// Each mostly waits, and has a sandbox of its own: some are played side by side.
test.concurrent.for(sampled(MODES, SAMPLE))(
  'a handoff begins, both people read each other once, and the bot takes over again: $name',
  async (mode, { expect }) => {
    const sandbox = await startSandbox(withMode({ livechat: { webhooks: { timeScale: 0.1 } } }, mode))
    try {
      const { chatId, conversationId, customer } = await createHandoff(sandbox)
      const maria = sandbox.livechat.agent(MARIA)
      maria.says(chatId, 'How can I help?')
      await visibleTo(customer, 'How can I help?')
      await customer.says('My lamp is broken.')
      await sandbox.settled()
      maria.closes(chatId)
      await visibleTo(customer, BOT_IS_BACK)
      await sandbox.settled()
      expect(chatTexts(sandbox, chatId).filter((text) => text === 'My lamp is broken.')).toHaveLength(1)
      const lines = transcriptOf(customer)
      expect(lines.filter((line) => line === `bot: ${AGENT_JOINED}`)).toHaveLength(1)
      expect(lines.filter((line) => line === 'agent: How can I help?')).toHaveLength(1)
      expect(eventsSent(sandbox, 'chatEnded', conversationId)).toHaveLength(1)
    } finally {
      await sandbox.close()
    }
  },
)
