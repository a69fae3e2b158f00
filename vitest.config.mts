import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'sandbox/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/build-once.ts',
    typecheck: { enabled: false },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
