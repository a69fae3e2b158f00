import { afterAll, afterEach } from 'vitest'
import { startBoth } from './botpress-fake'

/** Emulator and fake of a test file, each on a port of its own; each test finds them as after the start. */
export async function useBotpressAndIntegration(): ReturnType<typeof startBoth> {
  const both = await startBoth()
  afterEach(() => {
    both.fake.reset()
    both.botpress.reset()
  })
  afterAll(() => both.close())
  return both
}
