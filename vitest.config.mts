import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'sandbox/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/build-once.ts',
    // Flow tests mostly wait for each other's servers: three at once keep two cores busy.
    maxWorkers: 3,
    // A machine that CI shares with others may stall for seconds; a test that fails twice has a reason of its own.
    retry: process.env['CI'] ? 1 : 0,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
