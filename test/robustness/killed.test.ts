import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox'
import { Play } from '../faults/play'
import { POOL } from '../flows/hosts'
import { sampled, sized } from '../sample'
import { whatBothSaw } from './both-sides'
import { Killer } from './killer'

/** Calls in a sample. In a pool, where a session takes longer, it is always one. */
const SAMPLE = { alone: 2, pool: sized(2, 12) }
/** So many sessions side by side. */
const SANDBOXES = 3

const HOSTS = [
  { host: 'one process', options: {}, chosen: (calls: number[]) => sampled(calls, SAMPLE.alone) },
  {
    host: 'a pool of frozen processes',
    options: POOL,
    chosen: (calls: number[]) => sampled(calls, SAMPLE.pool, { all: false }),
  },
]

/** LiveChat sends again after 1.5, 4.5 and 9 s: what a killed process held is free within that time, as in a real minute. */
const open = (options: SandboxOptions): Promise<Sandbox> =>
  startSandbox({ bot: null, livechat: { webhooks: { timeScale: 0.3, queueInIncomingChat: false } }, ...options })

/** A whole session. Whoever was cut off while asking the integration asks once more. */
async function playSession(sandbox: Sandbox, killer: Killer): Promise<Play> {
  const play = new Play(sandbox)
  await handOver(play, killer)
  await say(play, killer, 'First question')
  await killer.survive(() => Promise.resolve(play.agent.joins(play.ids.chatId)))
  await killer.survive(() => Promise.resolve(play.agent.says(play.ids.chatId, 'First answer')))
  await say(play, killer, 'Second question')
  await killer.survive(() => Promise.resolve(play.agent.says(play.ids.chatId, 'Second answer')))
  await killer.survive(() => Promise.resolve(play.agent.closes(play.ids.chatId)))
  return play
}

async function handOver(play: Play, killer: Killer): Promise<void> {
  const attempt = () => play.handOver().catch(() => undefined)
  const wasKilled = await killer.survive(attempt)
  if (!wasKilled || play.session?.phase === 'active') return
  play.ageStart() // the customer asks again a minute later
  await killer.survive(() => play.handOver())
}

async function say(play: Play, killer: Killer, text: string): Promise<void> {
  const wasKilled = await killer.survive(() => play.customer.says(text))
  play.keepMessage()
  if (wasKilled) await killer.survive(() => play.deliverAgainLater())
}

/** What has to be true at the end, whatever happened on the way. */
function outcome(play: Play) {
  return {
    ...whatBothSaw(play),
    phase: play.session?.phase,
    openThreads: play.openThreads,
  }
}

const WHOLE = {
  questions: [1, 1],
  answers: [1, 1],
  announcements: 1,
  ends: 1,
  phase: 'ended',
  openThreads: 0,
}

describe.each(HOSTS)('on $host', ({ options, chosen }) => {
  const sandboxes: Sandbox[] = []
  beforeAll(async () => {
    for (let count = 0; count < SANDBOXES; count += 1) sandboxes.push(await open(options))
  }, 60_000)
  afterAll(() => Promise.all(sandboxes.map((sandbox) => sandbox.close())))

  test('a session whose process is killed at any of its remote calls ends whole', async () => {
    const [first] = sandboxes
    if (!first) throw new Error('no sandbox was started')
    const unharmed = new Killer(first)
    expect(outcome(await playSession(first, unharmed))).toEqual(WHOLE)
    const all = Array.from({ length: unharmed.calls }, (_, index) => index + 1)
    expect(all.length).toBeGreaterThan(20)
    const calls = chosen(all)

    const outcomes = new Map<number, unknown>()
    const work = async (sandbox: Sandbox) => {
      for (let call = calls.shift(); call !== undefined; call = calls.shift()) {
        const killer = new Killer(sandbox, call)
        outcomes.set(call, outcome(await playSession(sandbox, killer)))
        killer.stop()
      }
    }
    await Promise.all(sandboxes.map(work))
    expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries([...outcomes.keys()].map((call) => [call, WHOLE])))
  }, 600_000)
})
