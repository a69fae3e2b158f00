import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PageView } from '../../view'
import { Player, readingMs, type Beat, type PlayerState } from './player'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const view = (round: number) => ({ round }) as PageView
const isRound = (wanted: number) => (seen: PageView) => seen.round === wanted

/** Plays; what is done with the hands is noted in `done`. */
function playing(beats: Beat<string[]>[]) {
  const [states, done]: [PlayerState[], string[]] = [[], []]
  const player = new Player(beats, (state) => states.push(state))
  const over = player.start(done)
  const last = () => states.at(-1)
  return { player, done, over, last, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

const first: Beat<string[]> = { caption: 'One', spot: 'customer', act: (done) => done.push('first'), holdMs: 100 }
const second: Beat<string[]> = { caption: 'Two', spot: 'desk', act: (done) => done.push('second'), holdMs: 100 }

test('one beat follows the other, and beats of one caption are one step', async () => {
  const { done, over, last, pass } = playing([first, { ...second, caption: 'One' }, second])
  await pass(99)
  expect([done, last()?.step, last()?.steps, last()?.spot]).toEqual([['first'], 1, 2, 'customer'])
  await pass(1)
  expect([done, last()?.step]).toEqual([['first', 'second'], 1])
  await pass(200)
  await over
  expect([last()?.status, last()?.step, last()?.rested]).toEqual(['done', 2, 3])
})

test('a caption without a time of its own is shown as long as it takes to read', async () => {
  const { last, pass } = playing([{ caption: 'Five words to be read', spot: 'wire' }])
  await pass(readingMs('Five words to be read') - 1)
  expect(last()?.status).toBe('playing')
  await pass(1)
  expect(last()?.status).toBe('done')
})

test('a paused story goes on only on request, step by step or by itself', async () => {
  const { player, done, last, pass } = playing([first, second, { ...first, caption: 'Three' }])
  player.pause()
  await pass(10_000)
  expect(done).toEqual(['first'])
  player.next()
  await pass(10_000)
  expect([done, last()?.status]).toEqual([['first', 'second'], 'paused'])
  player.resume()
  await pass(100)
  expect([done, last()?.status]).toEqual([['first', 'second', 'first'], 'done'])
})

test('a beat waits for what it needs; after a while it says so, and it can be skipped', async () => {
  const { player, done, last, pass } = playing([
    { ...first, until: isRound(2) },
    { ...second, until: isRound(3) },
  ])
  player.watch(view(1))
  await pass(7_000)
  expect([done, last()?.rested, last()?.isStuck]).toEqual([['first'], 0, false])
  player.watch(view(2))
  await pass(100)
  await pass(8_000)
  expect([done, last()?.isStuck]).toEqual([['first', 'second'], true])
  player.next()
  await pass(100)
  expect([last()?.status, last()?.isStuck]).toEqual(['done', false])
})

test.each<{ name: string; at: Beat<string[]> }>([
  { name: 'while it is looked at', at: first },
  { name: 'while it waits', at: { ...first, until: isRound(9) } },
])('a story that is ended $name does nothing more', async ({ at }) => {
  const { player, done, over, last, pass } = playing([at, second])
  await pass(50)
  player.end()
  await over
  await pass(10_000)
  expect([done, last()?.status, player.isOn]).toEqual([['first'], 'idle', false])
})

test('whoever takes over pauses it once', async () => {
  const { player, last, pass } = playing([first, second])
  await pass(50)
  player.pause('taken-over')
  player.pause()
  expect(last()?.status).toBe('taken-over')
})
