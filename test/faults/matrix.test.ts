import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordScenes, type RecordedScene } from './calls'
import { documentedCells, generalCells, playAll, type PlayedCell } from './matrix'
import { report, reportTypes } from './report'
import { remoteCallsInSource } from './source-calls'
import { secretsOf } from './secrets'
import { Stage, type RemoteCall } from './stage'
import { METHODS } from '../../sandbox/livechat'
import { methods as BOTPRESS_METHODS } from '../../sandbox/botpress/methods'

/** Calls to LiveChat are given up after 0.8 s instead of 8 s, and repeated after 0.1 s. */
const HASTE = { LIVECHAT_TIME_SCALE: '0.1' }
const STAGES = 8
const TIMEOUT_MS = 300_000

const stages: Stage[] = []
let recorded: RecordedScene[]
let general: PlayedCell[]
let documented: PlayedCell[]

/** All in one queue: most cells wait most of the time, and then others have the processor. */
beforeAll(async () => {
  const options = { configuration: { markAsSeen: true }, env: HASTE }
  while (stages.length < STAGES) stages.push(...(await Promise.all([Stage.open(options), Stage.open(options)])))
  recorded = await recordScenes(stages)
  const cells = [...generalCells(recorded), ...documentedCells(recorded)]
  const played = await playAll(stages, cells)
  general = played.filter(({ cell }) => !cell.alone)
  documented = played.filter(({ cell }) => cell.alone)
}, TIMEOUT_MS)
afterAll(() => Promise.all(stages.map((stage) => stage.close())))

const goingTo = (to: RemoteCall['to'], cells: PlayedCell[]) => cells.filter(({ cell }) => cell.call.to === to)

const broken = (cells: PlayedCell[]) =>
  cells
    .filter(({ verdict }) => verdict.outcome === 'broken')
    .map(({ cell, verdict }) => `${cell.scene.name} | ${cell.call.operation} | ${cell.kind.name}: ${verdict.detail}`)

const nameOf = ({ to, operation }: RemoteCall) => `${to} ${operation}`

test('the scenes make every remote call that stands in the source, and the emulators know each of them', () => {
  const made = new Set(recorded.flatMap(({ calls }) => calls).map(nameOf))
  expect(
    remoteCallsInSource()
      .map(nameOf)
      .filter((call) => !made.has(call)),
  ).toEqual([])
  const livechat = METHODS.map(({ api, method }) => `livechat ${api}/${method}`)
  const known = new Set([...livechat, ...Object.keys(BOTPRESS_METHODS).map((name) => `botpress ${name}`)])
  const emulated = [...made].filter((call) => !call.startsWith('livechat accounts/'))
  expect(emulated.filter((call) => !known.has(call))).toEqual([])
})

test.each(['livechat', 'botpress'] as const)(
  'whatever goes wrong on the way to %s, a step is done once or refused, and the next one works',
  (to) => {
    const cells = goingTo(to, general)
    expect(cells.length).toBeGreaterThan(150)
    expect(broken(cells)).toEqual([])
  },
)

test.each(['livechat', 'botpress'] as const)(
  'every documented refusal of %s is understood or refused with a clear sentence',
  (to) => {
    const cells = goingTo(to, documented)
    expect(cells.length).toBeGreaterThan(150)
    expect(broken(cells)).toEqual([])
  },
)

test('in all of that no secret, token, address or word of anybody was logged or answered', () => {
  const texts = stages.flatMap(({ sandbox, refusals }) => [sandbox.output(), ...refusals])
  const told = texts.join('\n')
  expect(told.length).toBeGreaterThan(10_000)
  expect(secretsOf(stages).filter((secret) => told.includes(secret))).toEqual([])
  expect(told).not.toMatch(/[\w.-]+@(example|acme)\.test/)
})

test('the matrix is printed and kept in docs/faults.md', () => {
  const text = [
    report([
      { title: 'LiveChat fails', cells: goingTo('livechat', general) },
      { title: 'Botpress fails', cells: goingTo('botpress', general) },
    ]),
    reportTypes('Documented errors of LiveChat', goingTo('livechat', documented)),
    reportTypes('Documented errors of Botpress', goingTo('botpress', documented)),
  ].join('\n')
  console.log(text)
  writeFileSync('docs/faults.md', text)
})
