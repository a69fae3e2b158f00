import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { promisify } from 'node:util'
import { buildBundle, OUR_BUNDLE } from '../bundles/build'
import { fixed, left, right, within, type Table } from '../print/table'
import { quickerHalf } from '../spread'

/** Sizes and load times are judged against an empty integration of the same SDK, bundled by the same recipe. */
const MOST = { size: 1.1, load: 1.08 }
const LOADS = 25

/** What a cold start has to read and to run. */
export async function bundleTable(): Promise<Table> {
  const empty = await buildBundle('empty')
  const kilobytes = [OUR_BUNDLE, empty].map((path) => statSync(path).size / 1000)
  const [ours, theirs] = await loadTimes([OUR_BUNDLE, empty])
  const size = (kilobytes[0] ?? NaN) / (kilobytes[1] ?? NaN)
  const load = ours.median / theirs.median
  const cells = (name: string, [a = NaN, b = NaN]: number[], ratio: number, most: number, digits: number) => ({
    cells: [name, fixed(a, digits), fixed(b, digits), fixed(ratio, 3), fixed(most, 2)],
    verdict: within(ratio, most),
  })
  return {
    key: 'bundle',
    title: '3  Bundle',
    says: `Ours, with error reporting, against an empty integration of the same SDK. Size in kB (1000 bytes). Load: \`require\` in a new process, the median of the quicker half of ${LOADS} each in turn, in ms.`,
    columns: [left(''), right('ours'), right('empty'), right('ratio'), right('most')],
    rows: [
      cells('size, kB', kilobytes, size, MOST.size, 0),
      cells('load, ms', [ours.median, theirs.median], load, MOST.load, 1),
    ],
    data: { kilobytes, size, load, loadMs: { ours, empty: theirs } },
  }
}

/** One after the other and again, so that a busy moment of the machine meets both. */
async function loadTimes(bundles: [string, string]) {
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < LOADS; round += 1) {
    times[0].push(await loadTime(bundles[0]))
    times[1].push(await loadTime(bundles[1]))
  }
  return [quickerHalf(times[0]), quickerHalf(times[1])] as const
}

const LOAD = `const begun = performance.now(); require(process.argv[1]); console.log(performance.now() - begun)`

async function loadTime(bundle: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', LOAD, `${process.cwd()}/${bundle}`])
  return Number(stdout)
}
