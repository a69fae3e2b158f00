import { describe, expect, test } from 'vitest'
import { maskFor, maskName, type MaskKind } from './mask'

const all = maskFor(['card', 'iban', 'email', 'phone'])

describe('hidden', () => {
  test.each([
    { kind: 'card', text: '4111111111111111', shown: '•••• 1111' },
    { kind: 'card', text: 'My card is 4111 1111 1111 1111.', shown: 'My card is •••• 1111.' },
    { kind: 'card', text: '5500-0000-0000-0004', shown: '•••• 0004' },
    { kind: 'card', text: 'Amex 3782 822463 10005, thanks', shown: 'Amex •••• 0005, thanks' },
    { kind: 'card', text: '4111\u00a01111\u202f1111\u20111111', shown: '•••• 1111' },
    { kind: 'card', text: '４１１１１１１１１１１１１１１１', shown: '•••• １１１１' },
    { kind: 'card', text: '٤١١١١١١١١١١١١١١١', shown: '•••• ١١١١' },
    { kind: 'card', text: '4111 1111 1111 1111 12/27 123', shown: '•••• 1111 12/27 123' },
    { kind: 'card', text: '4111 1111 1111 1111 1227 123', shown: '•••• 1111 1227 123' },
    { kind: 'card', text: '2 4111111111111111', shown: '2 •••• 1111' },
    { kind: 'card', text: '2024 4111111111111111', shown: '2024 •••• 1111' },
    { kind: 'card', text: '4111111111111111, 5500000000000004', shown: '•••• 1111, •••• 0004' },
    { kind: 'card', text: 'x4111 4111111111111111', shown: 'x4111 •••• 1111' },
    ...['.', '_', '/', '  ', ' - ', '\n', '\t', '—', '\u200b', ' · ', '|'].map((sign) => ({
      kind: 'card' as const,
      text: `Card: ${['4111', '1111', '1111', '1111'].join(sign)}.`,
      shown: 'Card: •••• 1111.',
    })),
    { kind: 'card', text: '3782.822463.10005', shown: '•••• 0005' },
    { kind: 'card', text: '2223.0031.2200.3222', shown: '•••• 3222' },
    { kind: 'card', text: '4222222222222', shown: '•••• 2222' },
    { kind: 'iban', text: 'DE89370400440532013000', shown: '•••• 3000' },
    { kind: 'iban', text: 'Pay to DE89 3704 0044 0532 0130 00 today', shown: 'Pay to •••• 3000 today' },
    { kind: 'iban', text: 'de89 3704 0044 0532 0130 00', shown: '•••• 3000' },
    { kind: 'iban', text: 'GB29-NWBK-6016-1331-9268-19', shown: '•••• 6819' },
    ...['.', '/', '  ', '_', '\n', '—'].map((sign) => ({
      kind: 'iban' as const,
      text: ['DE89', '3704', '0044', '0532', '0130', '00'].join(sign),
      shown: '•••• 3000',
    })),
    { kind: 'iban', text: 'DE 89 3704 0044 0532 0130 00', shown: '•••• 3000' },
    { kind: 'iban', text: 'IBANDE89370400440532013000', shown: 'IBAN•••• 3000' },
    { kind: 'iban', text: 'NO93 8601 1117 947', shown: '•••• 7947' },
    { kind: 'iban', text: 'MT84MALT011000012345MTLCAST001S', shown: '•••• 001S' },
    { kind: 'iban', text: 'DE89370400440532013000 GB29NWBK60161331926819', shown: '•••• 3000 •••• 6819' },
    { kind: 'email', text: 'Write to ada@acme.test.', shown: 'Write to •••@•••.' },
    { kind: 'email', text: 'ada.l+bills@mail.acme.co.uk', shown: '•••@•••' },
    { kind: 'email', text: '<jörg@bücher.test>', shown: '<•••@•••>' },
    { kind: 'email', text: 'почта@пример.рф', shown: '•••@•••' },
    { kind: 'email', text: '我的邮箱是ada@acme.test谢谢', shown: '我的邮箱是•••@•••谢谢' },
    { kind: 'email', text: 'ada@xn--bcher-kva.xn--p1ai', shown: '•••@•••' },
    { kind: 'email', text: 'a@b.test,c@d.test', shown: '•••@•••,•••@•••' },
    { kind: 'email', text: `${'x'.repeat(80)}@acme.test`, shown: `${'x'.repeat(16)}•••@•••` },
    { kind: 'email', text: 'https://acme.test/?to=ada%40acme.test', shown: 'https://acme.test/?to=•••@•••' },
    { kind: 'email', text: 'ada＠acme.test', shown: '•••@•••' },
    { kind: 'email', text: 'ada (at) acme (dot) test', shown: '•••@•••' },
    { kind: 'email', text: 'ada[at]acme[dot]test', shown: '•••@•••' },
    { kind: 'email', text: 'o’neil@acme.test', shown: '•••@•••' },
    { kind: 'phone', text: 'Call +49 151 12345678', shown: 'Call +••• 78' },
    { kind: 'phone', text: '+1 (415) 555-2671', shown: '+••• 71' },
    { kind: 'phone', text: '+49 (0)30/1234567', shown: '+••• 67' },
    { kind: 'phone', text: 'tel:+4915112345678!', shown: 'tel:+••• 78!' },
    { kind: 'phone', text: '＋４９１５１１２３４５６７８', shown: '+••• ７８' },
  ] satisfies { kind: MaskKind; text: string; shown: string }[])('$kind: $text', ({ kind, text, shown }) => {
    expect(maskFor([kind])(text)).toBe(shown)
    expect(all(text)).toBe(shown)
    expect(all(shown)).toBe(shown)
  })
})

describe('left alone', () => {
  test.each([
    { kind: 'card', text: '4111111111111112' },
    { kind: 'card', text: '1111111111111117' },
    { kind: 'card', text: '9111111111111110' },
    { kind: 'card', text: 'order A4111111111111111' },
    { kind: 'card', text: '4111111111111111B' },
    { kind: 'card', text: '41111111111111111111' },
    { kind: 'card', text: '0.4111111111111111' },
    { kind: 'card', text: '+4111111111111111' },
    { kind: 'card', text: '2026-11-25 14:30:00' },
    { kind: 'card', text: '20261125143010' },
    { kind: 'card', text: '2023/2024/2025/2028' },
    { kind: 'card', text: '4111, 1111, 1111, 1111' },
    { kind: 'card', text: '4111-1111/1111.1111' },
    { kind: 'card', text: '4711-2026-0001' },
    { kind: 'iban', text: 'on25 pages, on 24 and on 23 of 11 and 12 or 13' },
    { kind: 'iban', text: 'DE89370400440532013001' },
    { kind: 'iban', text: 'in24 hours we shall see what comes of all this' },
    { kind: 'iban', text: 'XDE89370400440532013000' },
    { kind: 'iban', text: 'AB12' },
    { kind: 'email', text: 'ada@acme' },
    { kind: 'email', text: '@acme.test' },
    { kind: 'email', text: 'ada at acme.test' },
    { kind: 'email', text: 'a @ b.test' },
    { kind: 'phone', text: '0151 12345678' },
    { kind: 'phone', text: '+12' },
    { kind: 'phone', text: 'C++2011120315' },
    { kind: 'phone', text: '2026-11-25, order 4711-0815' },
    { kind: 'phone', text: '5+12345678' },
    { kind: 'phone', text: `+${'1'.repeat(17)}` },
  ] satisfies { kind: MaskKind; text: string }[])('$kind: $text', ({ kind, text }) => {
    expect(maskFor([kind])(text)).toBe(text)
  })

  test.each(['card', 'iban', 'email', 'phone'] as const)('what another kind than %s would hide', (kind) => {
    const texts = {
      card: '4111111111111111',
      iban: 'DE89370400440532013000',
      email: 'ada@acme.test',
      phone: '+4915112345678',
    }
    const others = maskFor((['card', 'iban', 'email', 'phone'] as const).filter((each) => each !== kind))
    expect(others(texts[kind])).toBe(texts[kind])
  })

  test('everything, when nothing is to be hidden', () => {
    const text = '4111111111111111 DE89370400440532013000 ada@acme.test +4915112345678'
    expect(maskFor([])(text)).toBe(text)
  })
})

test('of random numbers of 16 digits about one in twenty looks like a card', () => {
  const card = maskFor(['card'])
  let seed = 1
  const digit = () => (seed = (seed * 48_271) % 2_147_483_647) % 10
  const numbers = Array.from({ length: 20_000 }, () => Array.from({ length: 16 }, digit).join(''))
  const share = numbers.filter((number) => card(number) !== number).length / numbers.length
  expect(share).toBeGreaterThan(0.04)
  expect(share).toBeLessThan(0.06)
})

test.each([
  { name: 'ada@acme.test.pdf', shown: '•••@•••.pdf' },
  { name: 'DE89370400440532013000.pdf', shown: '•••• 3000.pdf' },
  { name: 'Card 4111 1111 1111 1111.JPG', shown: 'Card •••• 1111.JPG' },
  { name: 'ada@acme.zip', shown: '•••@•••.zip' },
  { name: 'ada@acme.test', shown: '•••@•••.test' },
  { name: 'Invoice.pdf', shown: 'Invoice.pdf' },
])('the file name "$name" keeps the extension that agents need: $shown', ({ name, shown }) => {
  expect(maskName(name, all)).toBe(shown)
})
