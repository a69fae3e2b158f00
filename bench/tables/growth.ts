import { OUR_BUNDLE } from '../bundles/build'
import { startHandler, type HandlerProcess } from '../handler/handler'
import { startInstantPlatforms, type InstantPlatforms } from '../platforms/instant'
import { fixed, left, right, within, type Row, type Table } from '../print/table'

const OPEN_SESSIONS = [1, 50, 500, 5000]
const MESSAGES = [1, 100, 500, 1000]
const SIDE_BY_SIDE = 10
/** Messages that one measure takes. */
const MEASURED = 1000
/** Flat: with the most, one text costs at most this much of what it costs with the fewest. Measures scatter by a tenth. */
const MOST = 1.2

type Point = { at: number; microseconds: number; calls: number }

/** What one more message costs when much is going on already. */
export async function growthTable(): Promise<Table> {
  const sessions = await withHandler((handler, platforms) => byOpenSessions(handler, platforms))
  const messages = await withHandler((handler, platforms) => byMessages(handler, platforms))
  return {
    key: 'growth',
    title: '5  Growth',
    says: `Processor time and calls for one text of an agent, over ${MEASURED} texts, with so many sessions open and with so many messages in the session already. Judged by the last of each against the first.`,
    columns: [left(''), right('at'), right('microseconds'), right('calls'), right('ratio'), right('most')],
    rows: [...rowsOf('open sessions', sessions), ...rowsOf('messages in the session', messages)],
    data: { sessions, messages },
  }
}

async function withHandler<T>(
  measure: (handler: HandlerProcess, platforms: InstantPlatforms) => Promise<T>,
): Promise<T> {
  const platforms = await startInstantPlatforms()
  const handler = await startHandler(OUR_BUNDLE, platforms.url)
  try {
    // The engine has seen the code before the first measure, which would look dear otherwise.
    await handler.run({ work: { kind: 'agent-texts', from: 10_000, to: 10_001, each: 4000, lanes: 2 } })
    return await measure(handler, platforms)
  } finally {
    await handler.stop()
    await platforms.close()
  }
}

async function byOpenSessions(handler: HandlerProcess, platforms: InstantPlatforms): Promise<Point[]> {
  const points: Point[] = []
  for (const open of OPEN_SESSIONS) {
    await handler.run({ work: { kind: 'agent-texts', from: 0, to: open, each: 1, lanes: 8 } }) // opens them
    const work = {
      kind: 'agent-texts',
      from: 0,
      to: Math.min(open, MEASURED),
      each: Math.ceil(MEASURED / open),
      lanes: 2,
    } as const
    points.push(await measured(open, () => handler.run({ work }), platforms))
  }
  return points
}

async function byMessages(handler: HandlerProcess, platforms: InstantPlatforms): Promise<Point[]> {
  const points: Point[] = []
  let written = 0
  for (const message of MESSAGES) {
    // A few sessions side by side, so that each point stands for messages of about the same number.
    if (message > written)
      await handler.run({ work: { kind: 'agent-texts', from: 0, to: SIDE_BY_SIDE, each: message - written, lanes: 8 } })
    const work = { kind: 'agent-texts', from: 0, to: SIDE_BY_SIDE, each: MEASURED / SIDE_BY_SIDE, lanes: 2 } as const
    points.push(await measured(message, () => handler.run({ work }), platforms))
    written = message + MEASURED / SIDE_BY_SIDE
  }
  return points
}

async function measured(
  at: number,
  run: () => Promise<{ cpuMs: number }>,
  { books }: InstantPlatforms,
): Promise<Point> {
  const before = books.asked
  const { cpuMs } = await run()
  return { at, microseconds: (cpuMs / MEASURED) * 1000, calls: (books.asked - before) / MEASURED }
}

function rowsOf(name: string, points: Point[]): Row[] {
  const ratio = (points.at(-1)?.microseconds ?? NaN) / (points[0]?.microseconds ?? NaN)
  return points.map(({ at, microseconds, calls }, index) => {
    const cells = [index === 0 ? name : '', String(at), fixed(microseconds, 0), fixed(calls, 2)]
    if (index < points.length - 1) return { cells }
    return { cells: [...cells, fixed(ratio, 2), fixed(MOST, 2)], verdict: within(ratio, MOST) }
  })
}
