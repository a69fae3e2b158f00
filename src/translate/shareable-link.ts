import { safeLink } from './sanitize'

/**
 * User information in front of the host (RFC 3986, 3.2.1), or the token of a Telegram bot. The path of Telegram's
 * addresses holds it (Telegram Bot API, getFile), on `api.telegram.org` and on Bot API servers of one's own.
 */
const SECRET_PLACES = [/:\/\/[^/?#\s@]*@/, /\/bot\d+:[^/?#]/i, /\/\/api\.telegram\.org(?::\d+)?\/(?:file\/)?bot/i]

/**
 * Tokens that show by their shape, wherever they stand: Telegram bots', JSON Web Tokens (RFC 7519), Slack's, GitHub's,
 * GitLab's, Stripe's, Facebook's, Shopify's, SendGrid's, OpenAI's, Google's API keys, and the addresses of incoming webhooks
 * (Slack, Discord, Teams, Zapier, Make).
 */
const SECRET_SHAPES = new RegExp(
  '(?<!\\d)\\d{6,12}:[\\w-]{30,}|' +
    '//(?:hooks\\.(?:slack|zapier)\\.com|discord(?:app)?\\.com/api/webhooks|[\\w.-]{1,99}\\.webhook\\.office\\.com|' +
    'hook\\.[\\w.-]{0,20}make\\.com)/|(?<![\\w-])(?:eyJ[\\w-]{6,}\\.[\\w-]{6,}|xox[a-z]-[\\w-]{8,}|' +
    'gh[oprsu]_\\w{30,}|github_pat_\\w{30,}|glpat-[\\w-]{20,}|[rs]k_(?:live|test)_\\w{16,}|AIza[\\w-]{35}|' +
    'EAA[A-Za-z0-9]{60,}|shp(?:at|ca|pa|ss)_\\w{30,}|SG\\.[\\w-]{16,}\\.[\\w-]{16,}|sk-[\\w-]{32,})',
)

/**
 * Names of parameters without marks and in lower case. Words that only look alike are left out (`author`, `authuser`), and
 * keys that are public or belong to one shared file (Dropbox' `rlkey`, Google Drive's `resourcekey`).
 */
const SECRET_NAME =
  /token|passw|passcode|passphrase|pwd|kennwort|motdepasse|contrasea|senha|haso|haslo|secret|auth(?!or(?!i[sz])|user)|bearer|jwt|credential|session|sessid|cookie|(?<!^(?:public|resource|rl|site))key$|^(?:pass|pw|pin|mdp|clave|chave|klucz|schlu?e?ssel|creds|sid|otp|samlresponse|assertion)$/

const PARAMETER = /[?&#;/]([^?&#;/=]+)=([^?&#;]*)/g
const SIGNATURE = /(?:^|-)sig(?:nature)?$/
const END = /(?:^|-)expires$|^se$|^q-sign-time$/
/** Parts of a signature whose names sound like more; without the signature they open nothing. */
const SIGNED_WITH = /^(?:x-\w+-)?(?:security-token|credential)$/

/**
 * Whether an agent may see an address: it opens the one thing that it points at. An address opens more when it holds
 *
 * - a user or a password in front of its host,
 * - the token of a Telegram bot, or another token that shows by its shape,
 * - a parameter of its query, path (`;name=`) or fragment whose name says so: token, password, secret, key, session, …
 *
 * A signature of a storage service opens one file until it ends, so it may stay, with the parameters that belong to it:
 * Amazon S3 ("Authenticating requests: using query parameters"), Google Cloud Storage ("Signed URLs"), CloudFront ("Use
 * signed URLs"), Azure ("Create a service SAS"), except when it is made for more than one file. Each rule also
 * holds for an address inside of another one, encoded or not. Takes time linear in the length of the address.
 */
export function isShareable(address: string): boolean {
  const whole = decoded(URL.canParse(address) ? new URL(address).href : address)
  if (SECRET_PLACES.some((place) => place.test(whole)) || SECRET_SHAPES.test(whole)) return false
  const found = [...whole.matchAll(PARAMETER)].map(([, name = '', value = '']) => [name.toLowerCase(), value] as const)
  const parameters = new Map(found.filter(([, value]) => value !== ''))
  if (isForManyFiles(parameters)) return false
  const names = [...parameters.keys()]
  const isSigned = names.some((name) => SIGNATURE.test(name)) && names.some((name) => END.test(name))
  return names.every((name) => !isSecretName(name) || (isSigned && SIGNED_WITH.test(name)))
}

/** The link as it may be shown to an agent: safe to follow, and opening nothing but what it points at. */
export function shareableLink(url: string): string | undefined {
  const link = safeLink(url)
  return link !== undefined && isShareable(link) ? link : undefined
}

const ADDRESS = /(?:[a-z][a-z0-9+.-]{0,20}:\/\/|\bwww\.)[^\s<>"]+/gi
const BARE_BOT_TOKEN = /\bbot\d{1,20}:[\w-]{10,}/gi

/** A text in which each address that must not be shared is cut to its host: `https://acme.test/…`. */
export function withoutSecretLinks(text: string): string {
  return text
    .replace(ADDRESS, (address) => (isShareable(address) ? address : hostOnly(address)))
    .replace(BARE_BOT_TOKEN, 'bot…')
}

function hostOnly(address: string): string {
  const [, after = ''] = /([).,;:!?\]]*)$/.exec(address.slice(-20)) ?? []
  if (!URL.canParse(address)) return `…${after}`
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}/…${after}`
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.replace(/[^a-z0-9]/g, ''))
}

/** A signature for more than one file: CloudFront's has a `*` in its policy, Azure's is for a container or an account. */
function isForManyFiles(parameters: Map<string, string>): boolean {
  if (parameters.has('key-pair-id')) return policyText(parameters.get('policy') ?? '').includes('*')
  if (!parameters.has('sig')) return false
  return parameters.has('srt') || !/^(?:b|bv|bs|f)$/.test(parameters.get('sr') ?? 'b')
}

/** CloudFront writes Base64 with three characters of its own. */
function policyText(policy: string): string {
  return Buffer.from(policy.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64').toString()
}

/** An address may stand inside of another one, which encodes it once for each level. */
const MAX_LEVELS = 3

function decoded(address: string): string {
  let plain = address
  for (let level = 0; level < MAX_LEVELS; level += 1) plain = plain.replace(/(?:%[0-9a-f]{2})+/gi, decodedRun)
  return plain
}

function decodedRun(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run
  }
}
