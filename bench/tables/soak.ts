import { OUR_BUNDLE } from '../bundles/build'
import { startHandler } from '../handler/handler'
import { startInstantPlatforms } from '../platforms/instant'
import { fixed, left, right, within, type Row, type Table } from '../print/table'

/** Sessions after which memory is read; the first is the end of the warm-up. */
const MARKS = [1000, 2500, 5000, 7500, 10_000]
const EACH_WAY = 3
const LANES = 8
const MOST_MB = 20

/** Ten thousand whole handoffs in one process: what stays in memory. */
export async function soakTable(): Promise<Table> {
  const platforms = await startInstantPlatforms()
  const handler = await startHandler(OUR_BUNDLE, platforms.url)
  try {
    const points: { sessions: number; megabytes: number }[] = []
    let done = 0
    for (const sessions of MARKS) {
      const { heapBytes } = await handler.run({
        work: { kind: 'handoffs', from: done + 1, to: sessions + 1, each: EACH_WAY, lanes: LANES },
      })
      points.push({ sessions, megabytes: heapBytes / 1e6 })
      done = sessions
    }
    const counts = [...platforms.books.written.values()]
    return tableOf(points, { written: counts.length, doubled: counts.filter((count) => count > 1).length })
  } finally {
    await handler.stop()
    await platforms.close()
  }
}

function tableOf(
  points: { sessions: number; megabytes: number }[],
  { written, doubled }: { written: number; doubled: number },
): Table {
  const warm = points[0]?.megabytes ?? NaN
  const expected = (points.at(-1)?.sessions ?? 0) * (EACH_WAY * 2 + 1)
  const rows: Row[] = points.map(({ sessions, megabytes }, at) => {
    const grown = megabytes - warm
    const cells = [`heap after ${sessions} sessions, MB`, fixed(megabytes), at === 0 ? '' : fixed(grown)]
    return at === 0 ? { cells } : { cells: [...cells, String(MOST_MB)], verdict: within(grown, MOST_MB) }
  })
  const losses = (name: string, count: number): Row => ({
    cells: [name, String(count), '', '0'],
    verdict: within(count, 0),
  })
  return {
    key: 'soak',
    title: '8  Soak: whole handoffs in one process',
    says: `Start, assignment, ${EACH_WAY} messages each way and end, ${LANES} at once, both platforms answering at once. Heap after a collection; judged by its growth after the first ${points[0]?.sessions} sessions.`,
    columns: [left(''), right('value'), right('grown'), right('most')],
    rows: [...rows, losses('messages lost', expected - written), losses('messages doubled', doubled)],
    data: { points, written, expected, doubled },
  }
}
