import { describe, expect, test } from 'vitest'
import type { Sandbox } from '../../sandbox/sandbox'
import { sampled } from '../sample'
import { MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, AGENT_JOINED, transcriptOf, visibleTo } from './visible'
import { openSandbox } from './sandboxes'

const STOPPED = 'The human agent closed the conversation. I will continue assisting you.'
/** Longer than any gap with LiveChat's retries behind it. */
const LONG_MS = 40_000

/** Gaps in a sample. */
const SAMPLE = 4

type Gap = { linkDelayMs: number; activationDelayMs: number; creationTakesMs?: number }

/**
 * Milliseconds between our return from `startHitl` and the plugin's link, and between the link and its activation: all of
 * it before the link, half of it after, or at the limit of what can be waited for.
 */
const GAPS: Gap[] = [
  { linkDelayMs: 0, activationDelayMs: 0 },
  ...[500, 2000, 5000].flatMap((ms) => [
    { linkDelayMs: ms, activationDelayMs: 0 },
    { linkDelayMs: ms / 2, activationDelayMs: ms / 2 },
  ]),
  { linkDelayMs: 0, activationDelayMs: 1000 },
  { linkDelayMs: 5000, activationDelayMs: 5000 },
  { linkDelayMs: 5000, activationDelayMs: 0, creationTakesMs: 3 },
]

/** Hands somebody over and resolves as soon as LiveChat has the chat: `startHitl` has not returned yet. */
async function whileStarting(sandbox: Sandbox, title: string) {
  const customer = newCustomer(sandbox)
  const handOver = sandbox.handOver({ customer, input: { title } })
  const { responseBody } = await sandbox.livechat.wire.waitFor(
    ({ operation, requestBody }) =>
      operation === 'customer/start_chat' && JSON.stringify(requestBody).includes(`${title}"`),
  )
  return { customer, handOver, chatId: (responseBody as { chat_id: string }).chat_id }
}

const spoken = (lines: string[]) => lines.filter((line) => line.startsWith('agent') || line === `bot: ${AGENT_JOINED}`)

describe.concurrent.each(sampled(GAPS, SAMPLE))(
  'the plugin links after $linkDelayMs ms and listens $activationDelayMs ms later',
  ({ creationTakesMs = 0, ...plugin }: Gap) => {
    test('whatever LiveChat says before is delivered afterwards, once', { timeout: LONG_MS }, async () => {
      const sandbox = await openSandbox({ botpress: { plugin, creationTakesMs } })
      const { livechat } = sandbox
      try {
        const stories = {
          async joins() {
            const { customer, chatId, handOver } = await whileStarting(sandbox, 'joins')
            livechat.agent(MARIA).joins(chatId)
            await handOver
            await visibleTo(customer, AGENT_JOINED, LONG_MS)
            return customer
          },
          async speaks() {
            const { customer, chatId, handOver } = await whileStarting(sandbox, 'speaks')
            livechat.agent(MARIA).says(chatId, 'Hello Ada')
            livechat.agent(MARIA).says(chatId, 'How can I help?')
            await handOver
            await visibleTo(customer, 'How can I help?', LONG_MS)
            return customer
          },
          async closes() {
            const { customer, chatId, handOver } = await whileStarting(sandbox, 'closes')
            livechat.agent(MARIA).closes(chatId)
            await handOver
            await visibleTo(customer, BOT_IS_BACK, LONG_MS)
            return customer
          },
        }
        const [joins, speaks, closes] = await Promise.all([stories.joins(), stories.speaks(), stories.closes()])
        await sandbox.settled()
        expect(spoken(transcriptOf(joins))).toEqual([`bot: ${AGENT_JOINED}`])
        expect(spoken(transcriptOf(speaks)).sort()).toEqual([
          'agent: Hello Ada',
          'agent: How can I help?',
          `bot: ${AGENT_JOINED}`,
        ])
        expect(transcriptOf(closes).slice(-2)).toEqual([`bot: ${STOPPED}`, `bot: ${BOT_IS_BACK}`])
        expect(sandbox.botpress.eventsOf('chatEnded')).toHaveLength(1)
      } finally {
        await sandbox.close()
      }
    })
  },
)
