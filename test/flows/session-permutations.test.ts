import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED, sized } from '../sample'
import { createHandoff, MARIA, OMAR } from './handoffs'
import { BOT_IS_BACK, AGENT_JOINED, transcriptOf, timesVisible, visibleTo } from './visible'
import { openSandbox } from './sandboxes'
import { agentsAnnounced, eventsSent } from './sent'
import type { Delivery } from '../../sandbox/livechat'
import type { Sandbox } from '../../sandbox/sandbox'

const RUNS = sized(2, 12)

/** A whole session at LiveChat while no webhook is let through: two agents, four messages, and the end. */
function wholeSession({ livechat }: Sandbox, chatId: string): void {
  const [maria, omar] = [livechat.agent(MARIA), livechat.agent(OMAR)]
  maria.joins(chatId)
  maria.says(chatId, 'Maria one')
  maria.says(chatId, 'Maria two')
  maria.transfersTo(chatId, { agentId: OMAR })
  omar.says(chatId, 'Omar one')
  omar.says(chatId, 'Omar two')
}

/** Puts the held deliveries in the order of the given keys. */
function byKeys(keys: number[]): (held: Delivery[]) => Delivery[] {
  return (held) =>
    held
      .map((delivery, index) => ({ delivery, key: keys[index % keys.length] ?? 0, index }))
      .sort((a, b) => a.key - b.key || a.index - b.index)
      .map(({ delivery }) => delivery)
}

const keys = fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 })
const twice = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 })

/** Releases in the given order, some of it twice, and waits until LiveChat has nothing left to tell. */
async function tell(sandbox: Sandbox, order: number[], repeated: boolean[]): Promise<void> {
  const { webhooks } = sandbox.livechat
  const held = webhooks.deliveries().filter(({ outcome }) => outcome === 'held')
  webhooks.release(byKeys(order))
  await Promise.all(held.filter((_, index) => repeated[index]).map((delivery) => webhooks.redeliver(delivery)))
  await sandbox.settled()
}

test(
  'in whatever order the webhooks of a session come, and twice: one assignment per agent, every message once, one end',
  { timeout: 120_000 },
  async () => {
    const sandbox = await openSandbox()
    try {
      const property = fc.asyncProperty(keys, twice, keys, async (order, repeated, endOrder) => {
        const { chatId, conversationId, customer } = await createHandoff(sandbox)
        sandbox.livechat.webhooks.hold()
        wholeSession(sandbox, chatId)
        await tell(sandbox, order, repeated)
        sandbox.livechat.webhooks.hold()
        sandbox.livechat.agent(OMAR).closes(chatId)
        await tell(sandbox, endOrder, repeated)
        await visibleTo(customer, BOT_IS_BACK)
        const words = customer.sees().filter(({ from }) => from === 'agent')
        expect(words.map(({ name, text }) => `${name}: ${text}`).sort()).toEqual([
          'Maria: Maria one',
          'Maria: Maria two',
          'Omar: Omar one',
          'Omar: Omar two',
        ])
        expect(timesVisible(customer, AGENT_JOINED)).toBe(2)
        const names = agentsAnnounced(sandbox, conversationId)
        expect(names).toEqual([...new Set(names)])
        expect(transcriptOf(customer).filter((line) => line === `bot: ${BOT_IS_BACK}`)).toHaveLength(1)
        expect(eventsSent(sandbox, 'chatEnded', conversationId)).toHaveLength(1)
      })
      await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true })
    } finally {
      await sandbox.close()
    }
  },
)

test(
  'when even the end overtakes words, no message is shown twice, and there is one end',
  { timeout: 120_000 },
  async () => {
    const sandbox = await openSandbox()
    try {
      const property = fc.asyncProperty(keys, twice, async (order, repeated) => {
        const { chatId, conversationId, customer } = await createHandoff(sandbox)
        sandbox.livechat.webhooks.hold()
        wholeSession(sandbox, chatId)
        sandbox.livechat.agent(OMAR).closes(chatId)
        await tell(sandbox, order, repeated)
        await visibleTo(customer, BOT_IS_BACK)
        const words = customer.sees().filter(({ from }) => from === 'agent')
        expect(words.length).toBe(new Set(words.map(({ text }) => text)).size)
        // What LiveChat told too late is kept where an owner can find it.
        const kept = sandbox.botpress.messagesIn(conversationId).map(({ payload }) => payload.text)
        for (const text of ['Maria one', 'Maria two', 'Omar one', 'Omar two'])
          expect(kept.filter((each) => each === text)).toHaveLength(1)
        expect(timesVisible(customer, AGENT_JOINED)).toBeLessThanOrEqual(2)
        expect(eventsSent(sandbox, 'chatEnded', conversationId)).toHaveLength(1)
      })
      await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true })
    } finally {
      await sandbox.close()
    }
  },
)
