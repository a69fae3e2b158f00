import { randomInt } from 'node:crypto'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Read by the global setup and by every worker; see test/sample.ts.
process.env['TEST_SEED'] ??= String(randomInt(1_000_000))

/** Files whose tests wait the longest, longest first: 105 to 20 s in a sample that plays them on the pool. */
const LONGEST = [
  'browser/',
  'undelivered',
  'session-persons',
  'session-ending',
  'session-assigned',
  'session-hand-back',
  'session-give-up',
  'session-twice',
  'faults/matrix',
  'budgets',
  'get-handoff',
  'chaos/chaos',
  'killed',
  'slow-botpress',
  'session-wording',
  'session-supervisors',
  'session-other-process',
  'session-nothing-waits',
  'modes-in-a-pool',
  'agent-opened',
  'summaries',
  'session-queue',
  'session-place',
  'session-silence',
  'session-group',
]

/** Begins with the longest files, so that at the end no worker waits for one alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.includes(`/${name}`))
      return at === -1 ? LONGEST.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'sandbox/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/build-once.ts',
    // The flow tests run the bundle, which no test imports: while tests are watched, a change of its source runs them all again.
    forceRerunTriggers: [
      '**/package.json/**',
      '**/vitest.config.*/**',
      '**/src/**/!(*.test).ts',
      '**/integration.definition.ts',
      '**/definition/*.ts',
    ],
    // Flow tests mostly wait for each other's servers. Whole matrices keep two cores busy with fewer files at once.
    maxWorkers: process.env['TEST_ALL'] === 'yes' ? 6 : 14,
    sequence: { sequencer: LongestFirst },
    // The integration runs in processes of its own, and no module of ours is mocked: a worker loads the emulators once.
    isolate: false,
    // A machine that CI shares with others may stall for seconds; a test that fails twice has a reason of its own.
    retry: process.env['CI'] ? 1 : 0,
    // A test ends when what it waits for has come. The limits are for what never comes, on a machine that is busy otherwise.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
