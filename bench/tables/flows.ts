import { ENDING } from '../flows/ending'
import type { Flow } from '../flows/flow'
import { play, type Run } from '../flows/measure'
import { Stage } from '../flows/stage'
import { STARTING } from '../flows/starting'
import { TALKING } from '../flows/talking'
import { fixed, left, right, type Row, type Table } from '../print/table'
import { spreadOf, type Spread } from '../spread'

/** How often each flow is played with each delay. */
const RUNS = 5
/** How long each call to either platform takes, in milliseconds. */
const DELAYS = [0, 20, 50, 100]
/** Where calls take their time, a flow mostly waits: so many stages beside one another hardly disturb each other. */
const STAGES = 3
const FLOWS = [...STARTING, ...TALKING, ...ENDING]

type Runs = Map<Flow, Record<number, Run[]>>

export type FlowResult = {
  name: string
  temper: Flow['temper']
  botpress: number
  livechat: number
  depth: number
  reachedAfter?: number
  budget: Flow['budget']
  calls: string[]
  /** By delay per call in milliseconds. */
  times: Record<string, Spread>
}

/** Every flow of the design: what it calls, how many calls must wait for one another, and how long it takes. */
export async function flowsTable(): Promise<Table> {
  const runs: Runs = new Map(FLOWS.map((flow) => [flow, {}]))
  await playAll(runs, { delays: DELAYS.filter((delayMs) => delayMs === 0), stages: 1 })
  await playAll(runs, { delays: DELAYS.filter((delayMs) => delayMs > 0), stages: STAGES })
  const results = FLOWS.map((flow) => resultOf(flow, runs.get(flow) ?? {}))
  return {
    key: 'flows',
    title: '1  Calls, and how they wait for one another',
    says: `Each flow ${RUNS} times against both emulators, every call delayed by ${DELAYS.join(', ')} ms. Calls: Botpress + LiveChat, and the most that the design allows. Depth: the longest chain of calls one after the other ("felt": when the words are there). Times: median / p95 in ms, from the request to our answer.`,
    columns: [
      left('flow'),
      left(''),
      right('calls'),
      right('most'),
      right('depth'),
      right('most'),
      right('felt'),
      ...DELAYS.map((delayMs) => right(`at ${delayMs} ms`)),
    ],
    rows: results.map(rowOf),
    data: results,
  }
}

async function playAll(runs: Runs, { delays, stages }: { delays: number[]; stages: number }): Promise<void> {
  const left = FLOWS.values() // each stage takes the next flow that nobody has taken
  await Promise.all(Array.from({ length: stages }, () => playEach(left, delays, runs)))
}

async function playEach(flows: Iterable<Flow>, delays: number[], runs: Runs): Promise<void> {
  const stage = await Stage.open()
  try {
    for (const flow of flows) Object.assign(runs.get(flow) ?? {}, await playWith(flow, delays, stage))
  } finally {
    await stage.close()
  }
}

async function playWith(flow: Flow, delays: number[], stage: Stage): Promise<Record<number, Run[]>> {
  await stage.reset()
  await play(flow, stage, 0) // the first time is the emulators' own warm-up
  const runs: Record<number, Run[]> = {}
  for (const delayMs of delays) {
    const here: Run[] = (runs[delayMs] = [])
    for (let run = 0; run < RUNS; run += 1) here.push(await play(flow, stage, delayMs))
  }
  return runs
}

function resultOf({ name, temper, budget }: Flow, runs: Record<number, Run[]>): FlowResult {
  const entries = Object.entries(runs)
  const times = Object.fromEntries(entries.map(([delayMs, here]) => [delayMs, spreadOf(here.map(({ ms }) => ms))]))
  // Without a delay two calls at once may look like one after the other: counts yes, depth no.
  const delayed = entries.flatMap(([delayMs, here]) => (Number(delayMs) > 0 ? here : []))
  return { name, temper, budget, times, ...worstOf(delayed) }
}

/** The run with the most calls: a promise holds for the worst. */
function worstOf(runs: readonly Run[]): Pick<Run, 'botpress' | 'livechat' | 'calls' | 'depth' | 'reachedAfter'> {
  const [worst] = [...runs].sort((a, b) => b.calls.length - a.calls.length || b.depth - a.depth)
  if (!worst) throw new Error('the flow was not played')
  const { botpress, livechat, calls, reachedAfter } = worst
  return { botpress, livechat, calls, depth: spreadOf(runs.map(({ depth }) => depth)).median, reachedAfter }
}

function rowOf({ name, temper, botpress, livechat, depth, reachedAfter, budget, times }: FlowResult): Row {
  const calls = botpress + livechat
  const isOver = calls > budget.calls || depth > (budget.depth ?? Infinity)
  const spreads = DELAYS.map((delayMs) => timeCell(times[delayMs]))
  const [most, deepest, felt] = [budget.calls, budget.depth, reachedAfter].map((each) => String(each ?? ''))
  const counts = [`${botpress}+${livechat} = ${calls}`, most ?? '', String(depth), deepest ?? '', felt ?? '']
  return { cells: [name, temper, ...counts, ...spreads], verdict: isOver ? 'over' : 'ok' }
}

function timeCell(spread: Spread | undefined): string {
  return spread ? `${fixed(spread.median, 0)} / ${fixed(spread.p95, 0)}` : ''
}
