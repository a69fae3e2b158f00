import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordScenes, type RecordedScene } from './calls'
import { documentedCells, generalCells, playAll, type PlayedCell } from './matrix'
import { outcomeKey, outcomesIn, report, reportTypes } from './report'
import { remoteCallsInSource } from './source-calls'
import type { Cell } from './cell'
import { secretsOf } from './secrets'
import { Stage, type RemoteCall } from './stage'
import { PLAYS_ALL, sampled, sized } from '../sample'
import { METHODS } from '../../sandbox/livechat'
import { methods as BOTPRESS_METHODS } from '../../sandbox/botpress/methods'

/** Calls to LiveChat are given up after 0.8 s instead of 8 s, and repeated after 0.1 s; a message takes a tenth of its time. */
const HASTE = { LIVECHAT_TIME_SCALE: '0.1', MESSAGE_TIME_SCALE: '0.1' }
const STAGES = sized(4, 8)
const TIMEOUT_MS = 900_000

/** Cells of each platform and kind of fault in a sample. */
const SAMPLE = 6
/** The same in a pool of frozen processes, which cost more: a sample always. */
const IN_POOL = { stages: 2, cells: sized(1, 25) }
const PAGE = 'docs/faults.md'
const WRITES = process.env['KEEP'] === 'yes'

const stages: Stage[] = []
const pooled: Stage[] = []
let recorded: RecordedScene[]
let cells: Cell[]
let general: PlayedCell[]
let documented: PlayedCell[]
let inPool: PlayedCell[]

type Group = { to: RemoteCall['to']; alone: boolean }
const GROUPS = (['livechat', 'botpress'] as const).flatMap((to): Group[] => [
  { to, alone: false },
  { to, alone: true },
])
const isOf = (group: Group) => (cell: Cell) => cell.call.to === group.to && (cell.alone === true) === group.alone

/** On a busy machine the hastened time may run out: a cell is broken when it is so again with nothing beside it. */
async function playedTwiceIfBroken(chosen: Cell[], on: Stage[]): Promise<PlayedCell[]> {
  const played = await playAll(on, chosen)
  const isBroken = ({ verdict }: PlayedCell) => verdict.outcome === 'broken'
  const suspects = played.filter(isBroken).map(({ cell }) => cell)
  const again = await playAll(on.slice(0, 1), suspects)
  return played.map((each) => (isBroken(each) ? (again.shift() ?? each) : each))
}

/** All in one queue: most cells wait most of the time, and then others have the processor. */
beforeAll(async () => {
  const options = { configuration: { markAsSeen: true }, env: HASTE }
  while (stages.length < STAGES) stages.push(...(await Promise.all([Stage.open(options), Stage.open(options)])))
  recorded = await recordScenes(stages)
  cells = [...generalCells(recorded), ...documentedCells(recorded)]
  const chosen = GROUPS.flatMap((group) => sampled(cells.filter(isOf(group)), SAMPLE))
  const played = await playedTwiceIfBroken(chosen, stages)
  general = played.filter(({ cell }) => !cell.alone)
  documented = played.filter(({ cell }) => cell.alone)
  const pool = { processes: { pool: { size: 2, max: 6 } } }
  while (pooled.length < IN_POOL.stages) pooled.push(await Stage.open({ ...options, ...pool }))
  const again = GROUPS.flatMap((group) => sampled(cells.filter(isOf(group)), IN_POOL.cells, { all: false }))
  inPool = await playedTwiceIfBroken(again, pooled)
}, TIMEOUT_MS)
afterAll(() => Promise.all([...stages, ...pooled].map((stage) => stage.close())))

const goingTo = (to: RemoteCall['to'], cells: PlayedCell[]) => cells.filter(({ cell }) => cell.call.to === to)

const broken = (cells: PlayedCell[]) =>
  cells
    .filter(({ verdict }) => verdict.outcome === 'broken')
    .map(({ cell, verdict }) => `${cell.scene.name} | ${cell.call.operation} | ${cell.kind.name}: ${verdict.detail}`)

const nameOf = ({ to, operation }: RemoteCall) => `${to} ${operation}`

/** Calls that only an owner's wish makes; summaries.test.ts and forget.test.ts play their refusals. */
const ELSEWHERE = new Set(['livechat agent/request_thread_summary', 'botpress deleteConversation'])

test('the scenes make every remote call that stands in the source, and the emulators know each of them', () => {
  const made = new Set(recorded.flatMap(({ calls }) => calls).map(nameOf))
  expect(
    remoteCallsInSource()
      .map(nameOf)
      .filter((call) => !made.has(call) && !ELSEWHERE.has(call)),
  ).toEqual([])
  const livechat = METHODS.map(({ api, method }) => `livechat ${api}/${method}`)
  const known = new Set([...livechat, ...Object.keys(BOTPRESS_METHODS).map((name) => `botpress ${name}`)])
  const emulated = [...made].filter((call) => !call.startsWith('livechat accounts/'))
  expect(emulated.filter((call) => !known.has(call))).toEqual([])
})

test.each(['livechat', 'botpress'] as const)(
  'whatever goes wrong on the way to %s, a step is done once or refused, and the next one works',
  (to) => {
    expect(cells.filter(isOf({ to, alone: false })).length).toBeGreaterThan(150)
    expect(broken(goingTo(to, general))).toEqual([])
  },
)

test.each(['livechat', 'botpress'] as const)(
  'every documented refusal of %s is understood or refused with a clear sentence',
  (to) => {
    expect(cells.filter(isOf({ to, alone: true })).length).toBeGreaterThan(150)
    expect(broken(goingTo(to, documented))).toEqual([])
  },
)

test('the same holds in a pool of frozen processes', () => {
  expect(inPool).toHaveLength(GROUPS.length * IN_POOL.cells)
  expect(broken(inPool)).toEqual([])
})

test('in all of that no secret, token, address or word of anybody was logged or answered', () => {
  const all = [...stages, ...pooled]
  const texts = all.flatMap(({ sandbox, refusals }) => [sandbox.output(), ...refusals])
  const told = texts.join('\n')
  expect(told.length).toBeGreaterThan(1_000)
  expect(secretsOf(all).filter((secret) => told.includes(secret))).toEqual([])
  expect(told).not.toMatch(/[\w.-]+@(example|acme)\.test/)
})

/**
 * The whole effect or none. How many attempts it took depends on the machine, and so does whether a call was needed:
 * what is not published is a second look that only some runs take, and that may not refuse anything.
 */
const isSame = (published: string | undefined, { outcome }: PlayedCell['verdict']) =>
  outcome === 'unmet' || published === 'unmet' || (published === 'refused') === (outcome === 'refused')

/** On a busy machine the hastened time may run out: what differs is played once more, with nothing beside it. */
async function differing(published: Map<string, string>): Promise<string[]> {
  const differs = ({ cell, verdict }: PlayedCell) => !isSame(published.get(outcomeKey(cell)), verdict)
  const suspects = [...general, ...documented].filter(differs).map(({ cell }) => cell)
  const again = await playAll(stages.slice(0, 1), suspects)
  return again.filter(differs).map(({ cell, verdict }) => `${outcomeKey(cell)}: ${verdict.outcome}`)
}

test.runIf(PLAYS_ALL && WRITES)(`the matrix is written to ${PAGE}`, () => {
  const text = [
    report([
      { title: 'LiveChat fails', cells: goingTo('livechat', general) },
      { title: 'Botpress fails', cells: goingTo('botpress', general) },
    ]),
    reportTypes('Documented errors of LiveChat', goingTo('livechat', documented)),
    reportTypes('Documented errors of Botpress', goingTo('botpress', documented)),
  ].join('\n')
  writeFileSync(PAGE, text)
})

test(
  `${PAGE} says what became of each cell; "TEST_ALL=yes KEEP=yes npx vitest run test/faults" writes it anew`,
  async () => {
    const published = outcomesIn(readFileSync(PAGE, 'utf8'))
    const known = cells.flatMap(({ scene, call }) => [scene.name, call.operation])
    const named = new Set([...published.keys()].flatMap((key) => key.split(' | ').slice(0, -1)))
    expect([...named].filter((name) => !known.includes(name))).toEqual([])
    const played = cells.filter(({ alone }) => alone !== true).map(({ scene }) => scene.name)
    expect([...new Set(played)].filter((name) => !named.has(name))).toEqual([])
    expect(await differing(published)).toEqual([])
  },
  TIMEOUT_MS,
)
