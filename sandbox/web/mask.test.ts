import { expect, test } from 'vitest'
import { masked } from './mask'

test.each([
  {
    name: 'a header keeps its scheme',
    given: { Authorization: 'Basic YTpi' },
    shown: { Authorization: 'Basic ••••••' },
  },
  { name: 'cookies go whole', given: { cookie: '__lc_cst=abc' }, shown: { cookie: '••••••' } },
  { name: 'a key deep inside', given: { a: [{ secret_key: 's' }] }, shown: { a: [{ secret_key: '••••••' }] } },
  {
    name: 'a state of the integration',
    given: { cookieSecret: 'c', chatId: 'C1' },
    shown: { cookieSecret: '••••••', chatId: 'C1' },
  },
  {
    name: 'a known secret in a sentence',
    given: 'said hush-hush twice: hush-hush',
    shown: 'said •••••• twice: ••••••',
  },
  { name: 'an empty secret is shown as empty', given: { secret_key: '' }, shown: { secret_key: '' } },
  { name: 'other values pass', given: { n: 1, yes: true, none: null }, shown: { n: 1, yes: true, none: null } },
])('$name', ({ given, shown }) => {
  expect(masked<unknown>(given, ['hush-hush'])).toEqual(shown)
})
