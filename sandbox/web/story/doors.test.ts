import { expect, test } from 'vitest'
import type { Exchange } from '../../http/wire'
import { callsByRequest } from './doors'

type Given = Pick<Exchange, 'to' | 'startedAt'> & Partial<Exchange>

function calls(given: Record<string, Given>): Record<string, readonly string[]> {
  const call = { id: 1, operation: '', method: 'POST', path: '/', requestHeaders: {}, requestBody: {} }
  const shown = Object.entries(given).map(([id, changes]) => ({ id, exchange: { ...call, ...changes } }))
  return Object.fromEntries(callsByRequest(shown))
}

const first: Given = { to: 'integration', startedAt: 0, endedAt: 100 }
const second: Given = { to: 'integration', startedAt: 10, endedAt: 90 }

test.each<{ name: string; given: Record<string, Given>; found: object }>([
  {
    name: 'of two requests at a time the process tells whose call it is',
    given: {
      a: { ...first, process: 1 },
      b: { ...second, process: 2 },
      x: { to: 'livechat', startedAt: 20, process: 1 },
      y: { to: 'botpress', startedAt: 30, process: 2 },
    },
    found: { a: ['x'], b: ['y'] },
  },
  {
    name: 'without a process it is the newest of the open requests',
    given: { a: first, b: second, x: { to: 'livechat', startedAt: 20 }, y: { to: 'livechat', startedAt: 95 } },
    found: { a: ['y'], b: ['x'] },
  },
  {
    name: 'a request that has no answer yet is open',
    given: { a: { to: 'integration', startedAt: 0 }, x: { to: 'livechat', startedAt: 5_000, process: 3 } },
    found: { a: ['x'] },
  },
  {
    name: 'a call that nobody asked for belongs to none',
    given: { a: first, x: { to: 'livechat', startedAt: 200 } },
    found: { a: [] },
  },
])('$name', ({ given, found }) => {
  expect(calls(given)).toEqual(found)
})
