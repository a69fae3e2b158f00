/** Keys, of headers or of JSON, whose value nobody needs to see. `x-bp-configuration` holds the whole configuration in Base64. */
const SECRET_KEYS = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'cookies',
  'secret_key',
  'webhooksecret',
  'agenttoken',
  'access_token',
  'accesstoken',
  'refresh_token',
  'cookiesecret',
  '__lc_cst',
  'token',
  'x-bp-configuration',
])

const MASK = '••••••'

/**
 * A copy of a body or of headers that can be shown: values of secret keys and every occurrence of a known secret are
 * replaced, and what tells how it was sent (`Basic`, `Bearer`) stays.
 */
export function masked<T>(value: T, secrets: readonly string[]): T {
  return maskValue(value, secrets) as T
}

function maskValue(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, MASK), value)
  if (Array.isArray(value)) return value.map((item) => maskValue(item, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isSecret(key, inner) ? hide(inner) : maskValue(inner, secrets)]),
  )
}

function isSecret(key: string, value: unknown): boolean {
  return SECRET_KEYS.has(key.toLowerCase()) && value !== '' && value !== undefined && value !== null
}

function hide(value: unknown): string {
  const scheme = typeof value === 'string' ? /^(Basic|Bearer) /.exec(value)?.[0] : undefined
  return `${scheme ?? ''}${MASK}`
}
