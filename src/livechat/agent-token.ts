import { isUuid } from './ids'

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/

export type AgentToken = { basic: string; accountId: string } | { problem: string }

/**
 * Reads the personal access token as people paste it: the Base64 string of LiveChat's Developer Console, with or without
 * a leading `Basic `, or `account_id:token` as it stands (`%3A` for the colon too). `basic` goes behind `Basic `.
 */
export function normaliseAgentToken(raw: string): AgentToken {
  const given = raw.trim().replace(/^basic\s+/i, '')
  if (given === '') return { problem: 'The agent token is empty.' }
  const pair = plainPair(given) ?? decodedPair(given)
  if (!pair) {
    return { problem: 'The agent token is neither the Base64 string of the Developer Console nor "account_id:token".' }
  }
  // A region prefix (`dal:`) belongs to the token, so only the first colon separates.
  const accountId = pair.slice(0, pair.indexOf(':'))
  const token = pair.slice(accountId.length + 1)
  if (!isUuid(accountId)) {
    return { problem: 'The agent token does not begin with an account id, which LiveChat writes as a UUID.' }
  }
  if (token === '') return { problem: 'The agent token holds an account id and no token after the colon.' }
  return { basic: Buffer.from(pair, 'utf8').toString('base64'), accountId }
}

/**
 * Supplies the `Authorization` header of a personal access token as people paste it. One that cannot be read is sent
 * empty, and LiveChat refuses it.
 */
export function agentAuthorization(raw: string): () => Promise<string> {
  const token = normaliseAgentToken(raw)
  const header = `Basic ${'basic' in token ? token.basic : ''}`
  return () => Promise.resolve(header)
}

function plainPair(given: string): string | undefined {
  const plain = given.replaceAll(/%3a/gi, ':')
  return plain.includes(':') ? withoutSpaces(plain) : undefined
}

function decodedPair(given: string): string | undefined {
  const joined = given.replaceAll(/\s+/g, '') // consoles and mail programs wrap long values
  if (!BASE64.test(joined)) return undefined
  const decoded = Buffer.from(joined, 'base64').toString('utf8').trim()
  return plainPair(decoded)
}

/** A pair with a space or a control character inside would make a broken header. */
function withoutSpaces(pair: string): string | undefined {
  const [account = '', ...rest] = pair.split(':')
  const joined = [account.trim(), rest.join(':').trim()].join(':')
  return /^[\x21-\x7e]+$/.test(joined) ? joined : undefined
}
