import type { HandOver } from '../../sandbox/sandbox'
import { Lanes } from '../flows/lanes'
import { Desk, LATENCY } from '../pool/desk'
import { stories, type Story } from '../pool/stories'
import { left, right, within, type Table } from '../print/table'

/** Handoffs that are played from end to end, unless `--handoffs` names another number. */
const HANDOFFS = 60
/** So many go on at the same time. */
const LANES = 4

/** As the platform, the pool starts a process for a request that finds none idle. */
const HOSTS = [
  { name: 'one process', processes: 1 },
  { name: 'pool of 3', processes: { pool: { size: 3, max: 24 } } },
] as const

type Finding = { name: string; chances: number; harmed: number }

/** What people meet when the integration runs as the platform runs it, against one process that always runs. */
export async function poolTable(handoffs = HANDOFFS): Promise<Table> {
  const found: Finding[][] = []
  for (const { processes } of HOSTS) found.push(await playAll(processes, handoffs))
  const [alone = [], pooled = []] = found
  return {
    key: 'pool',
    title: '9  Pool: one process, and processes with one request at a time that are frozen between two',
    says: `${handoffs} whole handoffs and some short ones, ${LANES} at the same time, no faults; each call to either platform takes ${LATENCY.minMs} to ${LATENCY.maxMs} ms. Of a pool three processes are ready, more are started as they are needed. Counted: how often people were harmed. Judged by the pool.`,
    columns: [left(''), right('of'), ...HOSTS.map(({ name }) => right(name)), right('most')],
    rows: pooled.map(({ name, chances, harmed }, at) => ({
      cells: [name, String(chances), String(alone[at]?.harmed ?? ''), String(harmed), '0'],
      verdict: within(harmed, 0),
    })),
    data: { handoffs, alone, pooled },
  }
}

async function playAll(processes: (typeof HOSTS)[number]['processes'], handoffs: number): Promise<Finding[]> {
  const desk = await Desk.open(processes)
  try {
    const findings: Finding[] = []
    for (const story of stories(handoffs)) findings.push(...(await play(desk, story)))
    return findings
  } finally {
    await desk.sandbox.close()
  }
}

async function play(desk: Desk, { plays, harms, play: tell }: Story): Promise<Finding[]> {
  const lanes = new Lanes(LANES)
  const talks = await Promise.all(Array.from({ length: plays }, () => lanes.run(() => tell(desk))))
  await desk.sandbox.settled()
  const total = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0)
  return harms.map(({ name, chances, count }) => ({
    name,
    chances: chances * plays,
    harmed: total(talks.map((talk: HandOver) => count(desk, talk))),
  }))
}
