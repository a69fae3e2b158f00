import { setTimeout as sleep } from 'node:timers/promises'
import { endAll } from './epilogue'
import { gather } from './evidence'
import { judge } from './oracle/judge'
import { violation, type Violation } from './oracle/violation'
import { Pace } from './pace'
import { play } from './play'
import { Session } from './session'
import type { Story } from './story'
import { openWorld, type World, type WorldOptions } from './world'

/** What became of one story. Times are milliseconds since 1970. */
export type Played = { session: Session; violations: Violation[]; startedAt: number; endedAt: number }

export type Progress = { done: number; all: number; playing: number; violations: number; pace: Pace }

export type RunOptions = WorldOptions & { atOnce: number }

/** `name`: what chance goes by in this playing. */
export type Casting = { story: Story; name: string }

export type Outcome = { played: Played[]; faults: number; kills: number; stalls: Pace['stalls']; failures: string[] }

/** Plays these stories in one world, several at a time, and judges each when everything is over. */
export async function playAll(
  castings: readonly Casting[],
  options: RunOptions,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Outcome> {
  const world = await openWorld(options)
  const pace = new Pace(options.atOnce, () => world.sandbox.pool?.waiting ?? 0)
  try {
    const played = await playSeveral(castings, world, pace, onProgress)
    await Promise.race([world.sandbox.settled().catch(() => undefined), sleep(SETTLED_WITHIN_MS)])
    for (const each of played) each.violations.push(...news(each))
    const { faults, kills } = world.trouble
    return { played, faults, kills, stalls: pace.stalls, failures: [...world.sandbox.installation.failures] }
  } finally {
    pace.stop()
    await world.close()
  }
}

/** Where a call was made to be silent, all is never quiet. In milliseconds. */
const SETTLED_WITHIN_MS = 30_000

async function playSeveral(
  castings: readonly Casting[],
  world: World,
  pace: Pace,
  onProgress: (progress: Progress) => void,
): Promise<Played[]> {
  const waiting = [...castings]
  const played: Played[] = []
  const playing = new Set<Promise<void>>()
  const tellProgress = () => {
    const violations = played.reduce((sum, each) => sum + each.violations.length, 0)
    onProgress({ done: played.length, all: castings.length, playing: playing.size, violations, pace })
  }
  while (waiting.length > 0 || playing.size > 0) {
    const next = playing.size < pace.atOnce ? waiting.shift() : undefined
    if (!next) {
      await Promise.race([...playing, sleep(TICK_MS)])
      tellProgress()
      continue
    }
    const work = playOne(next, world).then((each) => void played.push(each))
    const tracked = work.finally(() => playing.delete(tracked))
    playing.add(tracked)
    await sleep(APART_MS)
  }
  tellProgress()
  return played
}

/** Between two looks, and between the beginnings of two stories, in milliseconds. */
const TICK_MS = 500
const APART_MS = 120

async function playOne({ story, name }: Casting, world: World): Promise<Played> {
  const startedAt = Date.now()
  const session = new Session(world, story, name)
  try {
    await play(session)
    const found = await endAll(session)
    return { session, violations: [...found, ...judge(gather(session))], startedAt, endedAt: Date.now() }
  } catch (thrown) {
    const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    return { session, violations: [violation('neverQuiet', detail)], startedAt, endedAt: Date.now() }
  }
}

/** What showed only after the session was judged: late copies of something. */
function news({ session, violations }: Played): Violation[] {
  const known = new Set(violations.map(({ kind, detail }) => `${kind} ${detail}`))
  return judge(gather(session)).filter(({ kind, detail }) => !known.has(`${kind} ${detail}`))
}
