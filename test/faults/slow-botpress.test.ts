import { expect, test, vi } from 'vitest'
import { methods } from '../../sandbox/botpress/methods'
import { startSandbox, type Sandbox } from '../../sandbox/sandbox'
import { Play } from './play'

/** Botpress' client waits 60 s, so that its silence is felt, not cut short: no time limit of ours can hasten it. */
const SILENCE_MS = 15_000
const STORIES = 8
/** LiveChat gives up after 10 s, a bot's client after 60 s. */
const WEBHOOKS_ANSWER_WITHIN_MS = 10_000
const ACTIONS_ANSWER_WITHIN_MS = 50_000
const PATIENCE = { timeout: 90_000, interval: 250 }

const inSandbox = (play: (sandbox: Sandbox) => Promise<void>) => async () => {
  const sandbox = await startSandbox({ bot: null, livechat: { webhooks: { queueInIncomingChat: false } } })
  await play(sandbox).finally(() => sandbox.close())
}

async function tellStory(sandbox: Sandbox): Promise<Play> {
  const play = new Play(sandbox)
  await play.handOver()
  await play.customer.says('Question')
  await vi.waitFor(() => expect(play.timesInLiveChat('Question')).toBe(1), PATIENCE)
  play.agent.says(play.ids.chatId, 'Answer')
  await vi.waitFor(() => expect(play.timesVisible('Answer')).toBe(1), PATIENCE)
  play.agent.closes(play.ids.chatId)
  await vi.waitFor(() => expect(play.session?.phase).toBe('ended'), PATIENCE)
  return play
}

test.concurrent(
  'stories in which each call to Botpress is silent for 15 s once end whole, and nobody waits too long for us',
  inSandbox(async (sandbox) => {
    for (const operation of Object.keys(methods)) {
      sandbox.botpress.faults.add({ operation, kind: 'slow', delayMs: SILENCE_MS })
    }
    const plays = await Promise.all(Array.from({ length: STORIES }, () => tellStory(sandbox)))
    await sandbox.livechat.deliveriesSettled()
    expect(
      plays.map((play) => [play.timesInLiveChat('Question'), play.timesVisible('Answer'), play.openThreads]),
    ).toEqual(plays.map(() => [1, 1, 0]))
    expect(slowest(sandbox, 'webhook/')).toBeLessThan(WEBHOOKS_ANSWER_WITHIN_MS)
    expect(slowest(sandbox, 'action/')).toBeLessThan(ACTIONS_ANSWER_WITHIN_MS)
  }),
  180_000,
)

test.concurrent(
  'a Botpress that never answers keeps nobody waiting for too long, and no chat open',
  inSandbox(async (sandbox) => {
    const [stopped, writing, starting] = [new Play(sandbox), new Play(sandbox), new Play(sandbox)]
    await Promise.all([stopped.handOver(), writing.handOver()])
    const { conversationId } = stopped.ids
    for (const operation of ['getConversation', 'getOrCreateConversation', 'updateMessage']) {
      sandbox.botpress.faults.add({ operation, kind: 'silence' })
    }
    const [taken, handed] = await Promise.allSettled([
      sandbox.botpress.callAction('stopHitl', { conversationId }),
      starting.handOver(),
      writing.customer.says('Question'),
    ])
    await vi.waitFor(() => expect(slowest(sandbox, 'message/')).toBeLessThan(ACTIONS_ANSWER_WITHIN_MS), PATIENCE)
    expect([taken.status, handed.status]).toEqual(['fulfilled', 'rejected'])
    expect([stopped.openThreads, starting.openThreads, writing.timesInLiveChat('Question')]).toEqual([0, 0, 1])
    expect(slowest(sandbox, 'action/')).toBeLessThan(ACTIONS_ANSWER_WITHIN_MS)
  }),
  90_000,
)

/** The longest time that we took for an answer, in milliseconds. */
function slowest(sandbox: Sandbox, prefix: string): number {
  const asked = sandbox.botpress.wire.exchanges.filter(({ operation }) => operation.startsWith(prefix))
  return Math.max(...asked.map(({ startedAt, endedAt = Infinity }) => endedAt - startedAt))
}
