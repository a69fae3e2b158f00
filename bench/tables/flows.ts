import { ENDING } from '../flows/ending'
import type { Flow } from '../flows/flow'
import { play, type Run } from '../flows/measure'
import { Stage } from '../flows/stage'
import { STARTING } from '../flows/starting'
import { TALKING } from '../flows/talking'
import { fixed, left, right, type Row, type Table } from '../print/table'
import { spreadOf, type Spread } from '../spread'

/** How long each call to either platform takes, in milliseconds, and how often each flow is played with it. */
const DELAYS = [
  { delayMs: 0, runs: 8 },
  { delayMs: 20, runs: 5 },
  { delayMs: 50, runs: 4 },
  { delayMs: 100, runs: 4 },
]

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
  const stage = await Stage.open()
  try {
    const results: FlowResult[] = []
    for (const flow of [...STARTING, ...TALKING, ...ENDING]) results.push(await measure(flow, stage))
    return {
      key: 'flows',
      title: '1  Calls, and how they wait for one another',
      says: 'Each flow against both emulators, every call delayed by 0, 20, 50 and 100 ms. Calls: Botpress + LiveChat, and the most that the design allows. Depth: the longest chain of calls one after the other ("felt": when the words are there). Times: median / p95 in ms, from the request to our answer.',
      columns: [
        left('flow'),
        left(''),
        right('calls'),
        right('most'),
        right('depth'),
        right('most'),
        right('felt'),
        ...DELAYS.map(({ delayMs }) => right(`at ${delayMs} ms`)),
      ],
      rows: results.map(rowOf),
      data: results,
    }
  } finally {
    await stage.close()
  }
}

async function measure(flow: Flow, stage: Stage): Promise<FlowResult> {
  await stage.reset()
  await play(flow, stage, 0) // the first time is the emulators' own warm-up
  const runs: Run[] = []
  const times: Record<string, Spread> = {}
  for (const { delayMs, runs: count } of DELAYS) {
    const here: Run[] = []
    for (let run = 0; run < count; run += 1) here.push(await play(flow, stage, delayMs))
    times[delayMs] = spreadOf(here.map(({ ms }) => ms))
    // Without a delay two calls at once may look like one after the other: counts yes, depth no.
    if (delayMs > 0) runs.push(...here)
  }
  return { name: flow.name, temper: flow.temper, budget: flow.budget, times, ...worstOf(runs) }
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
  const spreads = DELAYS.map(({ delayMs }) => timeCell(times[delayMs]))
  const [most, deepest, felt] = [budget.calls, budget.depth, reachedAfter].map((each) => String(each ?? ''))
  const counts = [`${botpress}+${livechat} = ${calls}`, most ?? '', String(depth), deepest ?? '', felt ?? '']
  return { cells: [name, temper, ...counts, ...spreads], verdict: isOver ? 'over' : 'ok' }
}

function timeCell(spread: Spread | undefined): string {
  return spread ? `${fixed(spread.median, 0)} / ${fixed(spread.p95, 0)}` : ''
}
