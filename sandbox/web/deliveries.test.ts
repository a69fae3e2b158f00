import { expect, test } from 'vitest'
import type { Exchange } from '../http/wire'
import { deliveriesOf } from './deliveries'

const PASSED = { id: 1, to: 'integration', operation: 'message/text', method: 'POST', path: '/', startedAt: 1 } as const

function deliveries(changes: Partial<Exchange>[], notDelivered: object[] = []): object {
  const request = { ...PASSED, requestHeaders: {}, requestBody: { message: { id: 'copy' } }, endedAt: 2 }
  const exchanges = changes.map((change): Exchange => ({ ...request, ...change }))
  const originOf = (copyId: string) => (copyId === 'copy' ? 'said' : copyId)
  return Object.fromEntries(deliveriesOf({ exchanges, originOf, notDelivered }))
}

test.each([
  { name: 'a message that was taken has nothing to say', given: [{ status: 200 }], found: {} },
  { name: 'one that is under way', given: [{ endedAt: undefined }], found: { said: { state: 'sending' } } },
  {
    name: 'one that is refused, in the words of the integration',
    given: [{ status: 400, responseBody: { message: 'Message not delivered: it was refused. Try again.' } }],
    found: { said: { state: 'failed', reason: 'It was refused. Try again.' } },
  },
  {
    name: 'one of which the integration cannot tell',
    given: [{ status: 400, responseBody: { message: 'Message maybe not delivered: it came late.' } }],
    found: { said: { state: 'uncertain', reason: 'It came late.' } },
  },
  {
    name: 'one whose process was killed',
    given: [{ status: undefined }],
    found: { said: { state: 'uncertain', reason: 'The integration gave no answer.' } },
  },
  { name: 'one that arrived when it was sent again', given: [{ status: 400 }, { status: 200 }], found: {} },
  { name: 'other requests', given: [{ operation: 'action/startHitl', status: 400 }], found: {} },
])('$name', ({ given, found }) => {
  expect(deliveries(given)).toEqual(found)
})

test('an event that names the message counts as much', () => {
  const event = { messageId: 'copy', sentence: 'Message not delivered: LiveChat did not answer.' }
  expect(deliveries([], [event])).toEqual({ said: { state: 'failed', reason: 'LiveChat did not answer.' } })
})
