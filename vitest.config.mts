import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'sandbox/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/build-once.ts',
    // Flow tests mostly wait for each other's servers: four at once keep two cores busy.
    maxWorkers: 4,
    // The integration runs in processes of its own, and no module of ours is mocked: a worker loads the emulators once.
    isolate: false,
    // A machine that CI shares with others may stall for seconds; a test that fails twice has a reason of its own.
    retry: process.env['CI'] ? 1 : 0,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
