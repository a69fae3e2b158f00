import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Exchange } from '../../sandbox/http/wire'
import { startSandbox, type Sandbox } from '../../sandbox/sandbox'
import { Play } from '../faults/play'
import { POOL } from '../flows/hosts'
import { sampled } from '../sample'
import { whatBothSaw } from './both-sides'

/**
 * LiveChat sends again after 5 s at the earliest [livechat.md: Webhook delivery], and Botpress after a timeout of a
 * minute.
 */
const REPEATED_AFTER_MS = 5_000

/** Botpress repeats a message only after its answer has failed to come; all at once they can only meet in one process. */
const HOSTS = [
  { name: 'two processes', host: { processes: 2 }, messagesAtOnce: 4 },
  { name: 'a pool of frozen processes', host: POOL, messagesAtOnce: 1 },
]

describe.each(sampled(HOSTS, 1))('on $name', ({ host, messagesAtOnce }) => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox({ bot: null, ...host })
  }, 30_000)
  beforeEach(async () => {
    await sandbox.settled()
    sandbox.livechat.webhooks.undisturb()
    sandbox.botpress.settings.messageDeliveries = 1
    sandbox.botpress.settings.messageOrder = 'in-order'
  })
  afterAll(() => sandbox.close())

  const urls = () => sandbox.urls
  /** All calls go to one process, or to both in turn. */
  const serveBy = (processes: number) => sandbox.installation.moveTo(urls().slice(0, processes))

  /** What both people have seen of a session in which each said two things. */
  function outcome(play: Play) {
    return {
      ...whatBothSaw(play),
      reports: sandbox.botpress.eventsOf('chatEnded').filter(({ payload }) => payload['threadId'] === play.ids.threadId)
        .length,
    }
  }
  const ONCE = { questions: [1, 1], answers: [1, 1], announcements: 1, ends: 1, reports: 1 }

  async function talk(play: Play): Promise<void> {
    await play.handOver()
    await play.customer.says('First question')
    await play.settled()
    play.agent.joins(play.ids.chatId)
    await play.settled()
    play.agent.says(play.ids.chatId, 'First answer')
    await play.customer.says('Second question')
    await play.settled()
    play.agent.says(play.ids.chatId, 'Second answer')
    await play.settled()
  }

  async function close(play: Play): Promise<void> {
    play.agent.closes(play.ids.chatId)
    await play.settled()
  }

  test('each webhook and each message delivered four times at once has one effect', async () => {
    serveBy(1)
    sandbox.livechat.webhooks.disturb({ kind: 'duplicate', copies: 4, times: Infinity })
    sandbox.botpress.settings.messageDeliveries = messagesAtOnce
    const play = new Play(sandbox)
    await talk(play)
    await close(play)
    expect(outcome(play)).toEqual(ONCE)
  })

  test('the same start asked for again when the plugin listens is somebody else, who is refused', async () => {
    serveBy(1)
    const play = new Play(sandbox)
    await play.handOver()
    const { requestBody } = lastCall('action/startHitl')
    const { input } = requestBody as { input: Record<string, unknown> }
    const answers = await Promise.allSettled(
      [1, 2, 3, 4].map(() => sandbox.installation.callAction('startHitl', input)),
    )
    const reasons = answers.map((answer) => (answer.status === 'rejected' ? String(answer.reason) : answer.value))
    expect(reasons).toEqual(Array(4).fill(expect.stringContaining('Already in a handoff')))
    expect(play.openThreads).toBe(1)
  })

  test('the same first start asked of two processes at once opens one chat', async () => {
    serveBy(2)
    // No plugin stands behind this start, so nobody would ever listen to what comes of it.
    sandbox.livechat.webhooks.disturb({ action: 'incoming_chat', kind: 'drop', times: Infinity })
    const { userId } = await sandbox.installation.callAction('createUser', {
      name: 'Twice',
      email: 'twice@example.test',
    })
    const input = { userId, title: 'Asked for twice', messageHistory: [] }
    const answers = await Promise.allSettled([1, 2].map(() => sandbox.installation.callAction('startHitl', input)))
    const begun = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value['conversationId']] : []))
    expect(new Set(begun).size).toBe(1)
    const chats = [...sandbox.livechat.store.chats.values()].filter(({ threads }) =>
      JSON.stringify(threads).includes('Asked for twice'),
    )
    expect(chats.flatMap(({ threads }) => threads).filter(({ active }) => active)).toHaveLength(1)
  })

  test("an agent's words that reach two processes at the same moment are shown once", async () => {
    serveBy(2)
    const play = new Play(sandbox)
    await talk(play)
    sandbox.livechat.webhooks.disturb({ action: 'incoming_event', kind: 'duplicate', copies: 4, times: Infinity })
    play.agent.says(play.ids.chatId, 'Third answer')
    play.agent.says(play.ids.chatId, 'Fourth answer')
    await play.settled()
    expect([play.timesVisible('Third answer'), play.timesVisible('Fourth answer')]).toEqual([1, 1])
  })

  test('a whole session that is delivered again to another process five seconds later changes nothing', async () => {
    serveBy(1)
    const play = new Play(sandbox)
    const since = sandbox.livechat.webhooks.deliveries().length
    const from = performance.now()
    await talk(play)
    const [talked, deliveries] = [messagesSince(from), sandbox.livechat.webhooks.deliveries().slice(since)]
    await sleep(REPEATED_AFTER_MS) // the time is what is tested
    await again(talked, deliveries)
    expect(outcome(play)).toEqual({ ...ONCE, ends: 0, reports: 0 })
    await close(play)
    await sleep(REPEATED_AFTER_MS)
    await again(talked, sandbox.livechat.webhooks.deliveries().slice(since, since + deliveries.length + 1))
    expect(outcome(play)).toEqual(ONCE)
  }, 40_000)

  const lastCall = (operation: string): Exchange => {
    const found = sandbox.botpress.wire.exchanges.findLast((exchange) => exchange.operation === operation)
    if (!found) throw new Error(`${operation} was never called`)
    return found
  }

  const messagesSince = (time: number): Exchange[] =>
    sandbox.botpress.wire.exchanges.filter(
      ({ operation, startedAt }) => operation.startsWith('message/') && startedAt >= time,
    )

  /** Everything once more, all at the same time, to the process that has not seen it. */
  async function again(
    messages: Exchange[],
    deliveries: readonly Parameters<Sandbox['livechat']['webhooks']['redeliver']>[0][],
  ) {
    const other = urls().at(-1) ?? '' // of a pool the only one
    sandbox.installation.moveTo([other])
    const posts = messages.map(({ requestHeaders: headers, requestBody }) =>
      fetch(other, { method: 'POST', headers, body: JSON.stringify(requestBody) }),
    )
    await Promise.all([...posts, ...deliveries.map((delivery) => sandbox.livechat.webhooks.redeliver(delivery))])
    await sandbox.settled()
    serveBy(1)
  }
})
