/** `dal:…`, `fra:…`, also `fra-a:…`; the colon may be URL-encoded. */
const PREFIX = /^([a-z]{2,10})(?:-[a-z0-9]+)?(?=:|%3a)/i

/** Where a call without `X-Region` goes. */
const DEFAULT_REGION = 'dal'

/** The region of a call's organization: `prefix` as the token names it, `header` as LiveChat wants to hear it, if at all. */
type NamedRegion = { prefix: string; header?: string }

/**
 * The region that a token names: the first call must not carry personal data to another data center. The prefix of a
 * personal access token stands behind the account id. `X-Region` knows data centers (`dal`, `fra`), the prefix may name
 * a part of one (`fra-a`). A token without a prefix names none.
 */
export function regionOf(authorization: string | undefined): NamedRegion {
  const found = PREFIX.exec(tokenIn(authorization ?? ''))
  if (!found) return { prefix: '' }
  const [prefix, center = ''] = found
  return center.toLowerCase() === DEFAULT_REGION ? { prefix } : { prefix, header: center.toLowerCase() }
}

function tokenIn(authorization: string): string {
  const [scheme = '', value = ''] = authorization.split(' ')
  if (scheme.toLowerCase() !== 'basic') return value
  const pair = Buffer.from(value, 'base64').toString('utf8')
  return pair.slice(pair.indexOf(':') + 1)
}
