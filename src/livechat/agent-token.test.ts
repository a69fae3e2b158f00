import { expect, test } from 'vitest'
import { normaliseAgentToken } from './agent-token'

const accountId = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'
const basic = (pair: string) => Buffer.from(pair).toString('base64')
const good = basic(`${accountId}:dal:s3cr3t`)

test.each([
  { name: 'the console string', raw: good },
  { name: 'with its scheme', raw: `Basic ${good}` },
  { name: 'with its scheme in small letters', raw: `basic  ${good}` },
  { name: 'with spaces around', raw: `\n ${good}\t` },
  { name: 'wrapped over lines', raw: `${good.slice(0, 20)}\n${good.slice(20)}` },
  { name: 'without padding', raw: good.replace(/=+$/, '') },
  { name: 'the pair itself', raw: `${accountId}:dal:s3cr3t` },
  { name: 'the pair with an encoded colon', raw: `${accountId}%3Adal%3as3cr3t` },
  { name: 'encoded with an encoded colon', raw: basic(`${accountId}:dal%3As3cr3t`) },
  { name: 'encoded with a line end', raw: basic(`${accountId}:dal:s3cr3t\n`) },
])('a token is read as $name', ({ raw }) => {
  expect(normaliseAgentToken(raw)).toEqual({ basic: good, accountId })
})

test.each([
  { name: 'nothing', raw: '  ', problem: /empty/ },
  { name: 'the scheme alone', raw: 'Basic ', problem: /neither/ },
  { name: 'a bare token', raw: 'dal_s3cr3t!', problem: /neither/ },
  { name: 'other people’s Base64', raw: basic('hello'), problem: /neither/ },
  { name: 'an address in place of the account', raw: basic('ada@acme.test:s3cr3t'), problem: /account id/ },
  { name: 'no token behind the colon', raw: basic(`${accountId}:`), problem: /no token/ },
  { name: 'a line end inside', raw: `${accountId}:s3\r\ncr3t`, problem: /neither/ },
])('$name is refused without repeating it', ({ raw, problem }) => {
  const read = normaliseAgentToken(raw)
  expect(read).toEqual({ problem: expect.stringMatching(problem) })
  expect(JSON.stringify(read)).not.toContain('s3cr3t')
})
