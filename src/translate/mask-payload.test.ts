import { expect, test } from 'vitest'
import { maskFor } from './mask'
import { maskPayload } from './mask-payload'

const all = maskFor(['card', 'iban', 'email', 'phone'])
const CARD = '4111 1111 1111 1111'

test.each([
  { given: { text: `My card: ${CARD}` }, masked: { text: 'My card: •••• 1111' } },
  { given: { markdown: `**${CARD}**` }, masked: { markdown: '**•••• 1111**' } },
  {
    given: { imageUrl: 'https://acme.test/4111111111111111.png', title: 'Of ada@acme.test', caption: CARD },
    masked: { imageUrl: 'https://acme.test/4111111111111111.png', title: 'Of •••@•••', caption: '•••• 1111' },
  },
  {
    given: { fileUrl: 'https://x/a', fileName: 'ada@acme.test.pdf' },
    masked: { fileUrl: 'https://x/a', fileName: '•••@•••.pdf' },
  },
  {
    given: { actions: [{ action: 'url', label: 'Pay', value: 'https://acme.test/pay/4111111111111111' }] },
    masked: { actions: [{ action: 'url', label: 'Pay', value: 'https://acme.test/pay/4111111111111111' }] },
  },
  {
    given: { actions: [{ action: 'say', label: CARD, value: CARD }] },
    masked: { actions: [{ action: 'say', label: '•••• 1111', value: '•••• 1111' }] },
  },
  {
    given: { items: [{ type: 'text', payload: { text: '+49 151 12345678' } }], userId: '4111111111111111' },
    masked: { items: [{ type: 'text', payload: { text: '+••• 78' } }], userId: '4111111111111111' },
  },
  { given: { latitude: 52.23, hidden: null, paid: true }, masked: { latitude: 52.23, hidden: null, paid: true } },
  { given: null, masked: null },
  { given: undefined, masked: undefined },
])('$given becomes $masked', ({ given, masked }) => {
  expect(maskPayload<unknown>(given, all)).toEqual(masked)
  expect(maskPayload<unknown>(given, maskFor([]))).toEqual(given)
})

test('what is nested without an end costs no call', () => {
  let deep: unknown = { text: CARD }
  for (let depth = 0; depth < 100_000; depth += 1) deep = { items: [deep] }
  expect(maskPayload(deep, all)).toHaveProperty('items')
})
