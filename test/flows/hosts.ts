import { describe } from 'vitest'
import type { SandboxOptions } from '../../sandbox/sandbox'
import { sampled, SEED } from '../sample'

/** What serves the integration, as options of a sandbox. */
type HostOptions = Pick<SandboxOptions, 'processes' | 'latency'>

/** The time that a call to either platform takes where processes are to meet, in milliseconds. */
const LATENCY = { minMs: 60, maxMs: 140, seed: 1 }

/** As the platform, the pool starts a process for each request that finds none idle. */
export const POOL: HostOptions = { processes: { pool: { size: 3, max: 8 } }, latency: LATENCY }

const HOSTS: { host: string; options: HostOptions }[] = [
  { host: 'one process', options: { processes: 1 } },
  { host: 'a pool of frozen processes', options: POOL },
]

/**
 * Defines the same tests for one warm process and for a pool as the platform runs it; in a sample, for one of the two, drawn for
 * each file. The options go to whatever starts the sandbox:
 * `onEachHost((host) => { const sandbox = useSandbox({ ...host, … }); test(…) })`.
 */
export function onEachHost(tests: (host: HostOptions) => void): void {
  describe.each(sampled(HOSTS, 1, { seed: seedOf(tests.toString()) }))('on $host', ({ options }) => tests(options))
}

/** Of the run and the tests, so that each file draws for itself. */
const seedOf = (tests: string) => SEED + [...tests].reduce((sum, character) => sum + character.charCodeAt(0), 0)
