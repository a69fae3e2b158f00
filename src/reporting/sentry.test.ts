import { afterEach, expect, test, vi } from 'vitest'
import { sendReport } from './sentry'

afterEach(() => vi.restoreAllMocks())

test.each(['dal:a-token-pasted-here', 'https://sentry.example/42', 'ftp://key@sentry.example/42'])(
  'a DSN that is none sends nothing and is not printed: %s',
  async (dsn) => {
    const printed = [vi.spyOn(console, 'error'), vi.spyOn(console, 'log'), vi.spyOn(console, 'warn')]
    const sent = vi.spyOn(globalThis, 'fetch')
    await sendReport(new Error('x'), 'webhook', { dsn })
    for (const spy of [...printed, sent]) expect(spy).not.toHaveBeenCalled()
  },
)
