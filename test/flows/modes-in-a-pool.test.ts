import { test } from 'vitest'
import { startSandbox } from '../../sandbox/sandbox'
import { BOTPRESS_MODES, DEFAULT_MODE, withMode } from '../modes'
import { sampled } from '../sample'
import { createHandoff, MARIA, OMAR } from './handoffs'
import { POOL } from './hosts'
import { agentsAnnounced, eventsSent } from './sent'
import { BOT_IS_BACK, transcriptOf, visibleTo } from './visible'

/** Modes in a sample. */
const SAMPLE = 2
const WITHIN_MS = 120_000

// What processes share is in Botpress, so these are the modes in which they could disagree. Each story mostly waits.
test.concurrent.for(sampled([DEFAULT_MODE, ...BOTPRESS_MODES], SAMPLE))(
  'two agents are announced once each, the last words come before the one end, and the customer may return: $name',
  { timeout: WITHIN_MS },
  async (mode, { expect }) => {
    const sandbox = await startSandbox(withMode({ ...POOL, livechat: { webhooks: { timeScale: 0.1 } } }, mode))
    try {
      const { chatId, conversationId, customer } = await createHandoff(sandbox)
      const [maria, omar] = [sandbox.livechat.agent(MARIA), sandbox.livechat.agent(OMAR)]
      maria.says(chatId, 'Maria here.')
      await visibleTo(customer, 'Maria here.', WITHIN_MS)
      await sandbox.settled()
      maria.transfersTo(chatId, { agentId: OMAR })
      omar.says(chatId, 'Omar here.')
      await visibleTo(customer, 'Omar here.', WITHIN_MS)
      await sandbox.settled()
      omar.says(chatId, 'Bye!')
      omar.closes(chatId)
      await visibleTo(customer, BOT_IS_BACK, WITHIN_MS)
      await sandbox.settled()
      expect(agentsAnnounced(sandbox, conversationId)).toEqual(['Maria', 'Omar'])
      const lines = transcriptOf(customer)
      expect(lines.filter((line) => line === 'agent: Bye!')).toHaveLength(1)
      expect(lines.indexOf('agent: Bye!')).toBeLessThan(lines.indexOf(`bot: ${BOT_IS_BACK}`))
      expect(eventsSent(sandbox, 'chatEnded', conversationId)).toHaveLength(1)
      const again = await createHandoff(sandbox, customer)
      omar.says(again.chatId, 'Welcome back.')
      await visibleTo(customer, 'Welcome back.', WITHIN_MS)
    } finally {
      await sandbox.close()
    }
  },
)
