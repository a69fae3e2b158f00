import { describe } from 'vitest'
import type { SandboxOptions } from '../../sandbox/sandbox'
import { PLAYS_ALL, SEED } from '../sample'

/** What serves the integration, as options of a sandbox. */
type HostOptions = Pick<SandboxOptions, 'processes' | 'latency'>

/** The time that a call to either platform takes where processes are to meet, in milliseconds. */
const LATENCY = { minMs: 60, maxMs: 140, seed: 1 }

/** As the platform, the pool starts a process for each request that finds none idle. */
export const POOL: HostOptions = { processes: { pool: { size: 3, max: 8 } }, latency: LATENCY }

type NamedHost = { host: string; options: HostOptions }
const ONE_PROCESS: NamedHost = { host: 'one process', options: { processes: 1 } }
const FROZEN_POOL: NamedHost = { host: 'a pool of frozen processes', options: POOL }

/** One file of so many plays on the pool in a sample: there each call takes its time. */
const ONE_OF = 4

/**
 * Defines the same tests for one warm process and for a pool as the platform runs it; in a sample, for one of the two, drawn for
 * each file. The options go to whatever starts the sandbox:
 * `onEachHost((host) => { const sandbox = useSandbox({ ...host, … }); test(…) })`.
 */
export function onEachHost(tests: (host: HostOptions) => void): void {
  const inSample = seedOf(tests.toString()) % ONE_OF === 0 ? FROZEN_POOL : ONE_PROCESS
  describe.each(PLAYS_ALL ? [ONE_PROCESS, FROZEN_POOL] : [inSample])('on $host', ({ options }) => tests(options))
}

/** Of the run and the tests, so that each file draws for itself. */
const seedOf = (tests: string) => SEED + [...tests].reduce((sum, character) => sum + character.charCodeAt(0), 0)
