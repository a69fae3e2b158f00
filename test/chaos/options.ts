import { DEFAULT_MODE, MODES, modeOfRun, type Mode } from '../modes'
import { Dice } from './dice'

export type Options = {
  seed: number
  sessions: number
  faults: number
  kills: number
  pool: number
  /** `undefined`: drawn by the seed. */
  mode: Mode
  /** Sessions at once, at most; fewer on a busy machine. */
  atOnce: number
  /** How late a webhook may come, in milliseconds. */
  latestMs: number
  /** Only this story of the seed. */
  index: number | undefined
  trace: boolean
  shrink: boolean
}

const DEFAULTS = { seed: 1, sessions: 30, faults: 0, pool: 3, atOnce: 24, latest: 10 }
/** Where calls fail at a rate, so many processes die, times that. */
const KILLS_PER_FAULT = 0.1

export const USAGE = `Plays seeded stories of customers, agents and bots against the integration in a pool of processes.

  npm run chaos -- [options]

  --seed N        which stories (default ${DEFAULTS.seed})
  --sessions N    how many of them (default ${DEFAULTS.sessions})
  --faults RATE   share of the calls that fail, e.g. 0.05 (default ${DEFAULTS.faults})
  --kills RATE    share of the calls at which a process is killed (default: a tenth of --faults)
  --pool N        processes that the pool keeps ready (default ${DEFAULTS.pool}); it starts more when all are busy
  --mode NAME     how the platforms answer where nothing is promised: a name of test/modes.ts, or "any", drawn by the seed
  --at-once N     sessions at a time, at most (default ${DEFAULTS.atOnce}); fewer while the machine is busy
  --latest S      how late a webhook may come, in seconds (default ${DEFAULTS.latest})
  --story S/I     only story I of seed S, e.g. 7/120
  --trace         print the wire of that story, or of each story with a violation
  --no-shrink     do not look for the smallest story of each violation`

/** Throws with a sentence about what cannot be read. */
export function readOptions(args: readonly string[]): Options {
  const given = new Map<string, string>()
  for (let place = 0; place < args.length; place += 1) {
    const name = args[place] ?? ''
    if (!KNOWN.includes(name)) throw new Error(`There is no option "${name}".`)
    given.set(name, FLAGS.includes(name) ? 'yes' : (args[++place] ?? ''))
  }
  const number = (name: string, otherwise: number) => readNumber(name, given.get(name), otherwise)
  const [seed, index] = readStory(given.get('--story')) ?? [number('--seed', DEFAULTS.seed), undefined]
  const faults = number('--faults', DEFAULTS.faults)
  return {
    seed,
    index,
    sessions: number('--sessions', DEFAULTS.sessions),
    faults,
    kills: number('--kills', faults * KILLS_PER_FAULT),
    pool: number('--pool', DEFAULTS.pool),
    mode: readMode(given.get('--mode'), seed),
    atOnce: number('--at-once', DEFAULTS.atOnce),
    latestMs: 1_000 * number('--latest', DEFAULTS.latest),
    trace: given.has('--trace'),
    shrink: !given.has('--no-shrink'),
  }
}

const FLAGS = ['--trace', '--no-shrink']
const KNOWN = [
  ...FLAGS,
  ...['--seed', '--sessions', '--faults', '--kills', '--pool', '--mode', '--at-once', '--latest', '--story'],
]

function readNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (text === '' || !Number.isFinite(number) || number < 0) throw new Error(`${name} takes a number, not "${text}".`)
  return number
}

function readStory(text: string | undefined): [number, number] | undefined {
  if (text === undefined) return undefined
  const [, seed, index] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  if (seed === undefined || index === undefined) throw new Error(`--story takes SEED/INDEX, not "${text}".`)
  return [Number(seed), Number(index)]
}

function readMode(name: string | undefined, seed: number): Mode {
  if (name === undefined) return DEFAULT_MODE
  return name === 'any' ? new Dice(`mode ${seed}`).pick(MODES) : modeOfRun(name)
}
