// `npm run chaos`: see `USAGE`. Exit code 1 when something was violated, 2 when the options cannot be read.
import { readOptions, USAGE, type Options } from './options'
import {
  grouped,
  printGroup,
  printHeading,
  printOutcome,
  printProgress,
  printSmallest,
  printTrace,
  type Group,
} from './print'
import { playAll, type Casting, type RunOptions } from './run'
import { shrink } from './shrink'
import { writeStory } from './write-story'

/** Processes for each session at a time: the platform starts one for each request that finds none idle. */
const PROCESSES_PER_SESSION = 2
/** So many kinds of violations are made small; each takes minutes. */
const MOST_SHRUNK = 4

async function main(options: Options): Promise<number> {
  const { seed, index, sessions, pool, atOnce, trace } = options
  const max = Math.max(8, pool, PROCESSES_PER_SESSION * atOnce)
  const run: RunOptions = { ...options, pool: { size: pool, max } }
  printHeading(options, max)
  const indexes = index === undefined ? Array.from({ length: sessions }, (_, place) => place) : [index]
  const castings = indexes.map((each): Casting => ({ story: writeStory(seed, each), name: nameOf(seed, each) }))
  const startedAt = Date.now()
  const outcome = await playAll(castings, run, (progress) => printProgress(progress, startedAt))
  if (trace) outcome.played.filter((each) => index !== undefined || each.violations.length > 0).forEach(printTrace)
  printOutcome(outcome, startedAt, options.faults + options.kills > 0)
  await explain(grouped(outcome.played), options, run)
  return outcome.played.some(({ violations }) => violations.length > 0) ? 1 : 0
}

const nameOf = (seed: number, index: number) => `${seed}/${index}`

async function explain(groups: Group[], options: Options, run: RunOptions): Promise<void> {
  for (const [place, group] of groups.entries()) {
    printGroup(group, place + 1)
    if (!options.shrink || place >= MOST_SHRUNK) continue
    const shortest = group.cases
      .map(({ played }) => played.session.story)
      .sort((a, b) => a.steps.length - b.steps.length)[0]
    if (!shortest) continue
    const name = nameOf(shortest.seed, shortest.index)
    printSmallest(await shrink(shortest, name, group.kind, run), `npm run chaos -- ${replay(name, options)}`)
  }
}

function replay(name: string, { faults, kills, mode, latestMs }: Options): string {
  const trouble = faults + kills > 0 ? ` --faults ${faults} --kills ${kills}` : ''
  const platforms = mode.name === 'default' ? '' : ` --mode "${mode.name}"`
  return `--story ${name}${trouble}${platforms} --latest ${latestMs / 1_000} --trace --no-shrink`
}

function fail(problem: unknown): never {
  console.error(`${problem instanceof Error ? problem.message : String(problem)}\n\n${USAGE}`)
  process.exit(2)
}

function given(): Options {
  try {
    if (process.argv.includes('--help')) fail('')
    return readOptions(process.argv.slice(2))
  } catch (problem) {
    return fail(problem)
  }
}

const options = given()
main(options).then(
  (code) => process.exit(code),
  (problem: unknown) => {
    console.error(problem)
    process.exit(1)
  },
)
