import { buildBundle, OUR_BUNDLE } from '../bundles/build'
import { startHandler, type HandlerProcess } from '../handler/handler'
import { startInstantPlatforms } from '../platforms/instant'
import { fixed, left, right, within, type Table } from '../print/table'
import { quickerHalf, type Spread } from '../spread'

const ROUNDS = 9
const WEBHOOKS = 400
/** The engine has made fast code of both handlers by then. */
const WARM_UP = 3000
const MOST = 1.5

/** What the processor does for one text of an agent. */
export async function cpuTable(): Promise<Table> {
  const platforms = await startInstantPlatforms()
  const bundles = [OUR_BUNDLE, await buildBundle('one-message')]
  const handlers = await Promise.all(bundles.map((bundle) => startHandler(bundle, platforms.url)))
  try {
    const [ours, least] = await inTurn(handlers)
    const ratio = ours.median / least.median
    return {
      key: 'cpu',
      title: '4  Work for one text of an agent',
      says: `Processor time of a process that runs nothing but the bundle's handler, both platforms answering at once: ${ROUNDS} rounds of ${WEBHOOKS} webhooks each in turn after ${WARM_UP}, of which the quicker half counts. Against a handler that does one createMessage and reads nothing.`,
      columns: [
        left('microseconds of CPU'),
        right('median'),
        right('min'),
        right('max'),
        right('ratio'),
        right('most'),
      ],
      rows: [
        { cells: ['one createMessage', ...spreadCells(least), '', ''] },
        { cells: ['ours', ...spreadCells(ours), fixed(ratio, 2), fixed(MOST, 2)], verdict: within(ratio, MOST) },
      ],
      data: { ratio, microseconds: { ours, least } },
    }
  } finally {
    await Promise.all(handlers.map((handler) => handler.stop()))
    await platforms.close()
  }
}

async function inTurn(handlers: HandlerProcess[]) {
  const costs: number[][] = handlers.map(() => [])
  const texts = (handler: HandlerProcess, each: number) =>
    handler.run({ work: { kind: 'agent-texts', from: 0, to: 1, each, lanes: 1 } })
  for (const handler of handlers) await texts(handler, WARM_UP)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, handler] of handlers.entries()) {
      const { cpuMs } = await texts(handler, WEBHOOKS)
      costs[at]?.push((cpuMs / WEBHOOKS) * 1000)
    }
  }
  return [quickerHalf(costs[0] ?? []), quickerHalf(costs[1] ?? [])] as const
}

const spreadCells = ({ median, min, max }: Spread) => [median, min, max].map((each) => fixed(each, 0))
