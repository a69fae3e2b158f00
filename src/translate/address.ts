import { domainToUnicode } from 'node:url'

/** RFC 5321, 4.5.3.1.3: a path of 256 octets, less the two angle brackets. */
const MAX_ADDRESS_CHARACTERS = 254
/**
 * RFC 5321, 4.1.2, with the letters of RFC 6531. Dots may stand anywhere in front of the sign: some providers give such
 * addresses. A colon stands in the Jabber ids of WhatsApp only.
 */
const MAILBOX = /^(?:[^\s@<>()[\]\\,;:"]{1,64}|\d+:\d+)$/
const HOST = /^(?:[\p{L}\p{M}\p{N}_-]+\.)+\p{L}[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}]$|^lid$/u
/** What ends or encodes a host in a URL, and so is no part of one. */
const URL_SIGN = /[/\\?#:%]/
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu

/**
 * One spelling for all ways to write an address: without spaces around it and invisible characters, lower case, wide
 * letters and signs as plain ones.
 */
export function normalAddress(given: string): string {
  return given.replace(INVISIBLE, '').normalize('NFKC').toLowerCase().normalize('NFKC').trim()
}

/** As in a link (RFC 6068), or in a form that was pasted with its label. */
const SCHEME = /^(?:mailto|e-?mail)\s*:\s*/
const NAMED = /^[^<>@]*<([^<>]*)>$/
const OPENING = /^[<(["'\u2018\u201c\u201e\u00ab]+/
const CLOSING = /[\s>)\]"'\u2019\u201c\u201d\u00bb.,;:!]+$/
/** Quotes about a mailbox that needs none name the same mailbox (RFC 5321, 4.1.2). */
const QUOTED = /^"([^\s"\\@]+)"(?=@)/

/** The address alone, without what programs and people write around it: `mailto:`, "Ada <…>", brackets, a full stop. */
function unwrapped(address: string): string {
  const bare = address.replace(SCHEME, '').replace(NAMED, '$1').trim().replace(QUOTED, '$1')
  const inner = bare.replace(OPENING, '').replace(SCHEME, '')
  return (address.startsWith('mailto:') ? inner.replace(/\?.*$/, '') : inner).replace(CLOSING, '')
}

/**
 * The address by which a person is found again, in its one spelling. `undefined`: nobody's. That is what is no address
 * ("none", "n/a", a text without `@`), what many people type in place of one ("test@test.com", "noemail@acme.com"), the
 * id of a WhatsApp group or list, and what is longer than an address can be. A made-up address that names one person
 * (`isMadeUp`) does find that person; the plugin's stay as given, since the id of a user stands in them.
 */
export function identifyingAddress(given: string | null | undefined): string | undefined {
  const parts = readAddress(given)
  if (!given || !parts || isGroup(parts) || isPlaceholder(parts)) return undefined
  return PLUGIN_ADDRESS.test(parts.address) ? given.trim() : parts.address
}

/** The address that agents may see and write to: it names one person, and a mail server could take it. */
export function realAddress(given: string | null | undefined): string | undefined {
  const parts = readAddress(given)
  return parts && !isPlaceholder(parts) && !isMadeUp(parts) ? parts.address : undefined
}

/** `domain` is the part that somebody registered, without what stands before and behind it: `acme` of `mail.acme.co.uk`. */
type Parts = { address: string; mailbox: string; labels: string[]; domain: string }

function readAddress(given: string | null | undefined): Parts | undefined {
  if (!given || given.length > 4 * MAX_ADDRESS_CHARACTERS) return undefined
  const [mailbox = '', domain = '', ...others] = unwrapped(normalAddress(given)).split('@')
  const host = URL_SIGN.test(domain) ? '' : domainToUnicode(domain) // one spelling of `xn--bcher-kva.de` and of stops in other scripts
  const address = `${mailbox}@${host}`
  if (others.length > 0 || !MAILBOX.test(mailbox) || !HOST.test(host)) return undefined
  if (address.length > MAX_ADDRESS_CHARACTERS) return undefined
  const labels = host.split('.')
  const last = SECOND_LEVEL.test(labels.at(-2) ?? '') && labels.length > 2 ? -3 : -2
  return { address, mailbox, labels, domain: labels.at(last) ?? '' }
}

/** What stands before a country's ending where nobody registers there directly: `co.uk`, `com.br`. */
const SECOND_LEVEL = /^(?:co|com|org|net|ac|gov|edu)$/

/** Jabber ids of WhatsApp that stand for several people: groups, broadcast lists, channels. */
function isGroup({ labels }: Parts): boolean {
  return /^(?:g\.us|broadcast|newsletter)$/.test(labels.join('.'))
}

const PLUGIN_ADDRESS = /^([^@]+)@(?:no-reply\..+\.botpress\.com|.+\.botpress\.invalid)$/i

/** The customer's own user, when the plugin made the address of its id because the bot gave none. */
export function upstreamUserIn(given: string | null | undefined): string | undefined {
  return PLUGIN_ADDRESS.exec(given?.trim() ?? '')?.[1]
}

/** Endings that no mail server of the internet has: RFC 6761 (invalid, localhost), RFC 6762 (local), ICANN (internal). */
const UNREACHABLE = new Set(['invalid', 'localhost', 'local', 'internal'])
/** Hosts of ids, with who makes them: WhatsApp's Jabber ids, as its unofficial libraries and gateways pass them on. */
const ID_HOSTS = new Set(['s.whatsapp.net', 'c.us', 'g.us', 'lid', 'hosted.lid', 'broadcast', 'newsletter'])
/** Labels that say that nobody reads what is sent there, or that the "address" is an account of a messenger. */
const NOT_MAIL =
  /^(?:no-?reply|do-?not-?reply|no-?e?mail|placeholder|telegram|whatsapp|facebook|messenger|instagram|viber|wechat)$/
/** Numbers of phones stand in front of these. */
const PHONE_HOST = /^(?:sms|phone)$/

/**
 * Whether software made the address up for somebody who has none. The HITL plugin does so
 * (`<user>@no-reply.<bot>.botpress.com`, in other versions `<user>@<bot>.botpress.invalid`); unofficial WhatsApp channels
 * give a Jabber id (`4917…@s.whatsapp.net`, `@c.us`, `@lid`), and bots make one of the messenger's id
 * (`123@telegram.local`, `123@facebook.com`, `4917…@sms.acme.com`). `.test` and `.example` are no sign: people try a bot
 * out with them.
 */
function isMadeUp({ mailbox, labels }: Parts): boolean {
  if (UNREACHABLE.has(labels.at(-1) ?? '') || ID_HOSTS.has(labels.join('.'))) return true
  if (labels.some((label) => NOT_MAIL.test(label))) return true
  return /^\+?\d{7,}$/.test(mailbox) && labels.some((label) => PHONE_HOST.test(label))
}

/** Words that stand for "I have none" or "I do not want to" as a mailbox, whatever the host. */
const NOBODY = new RegExp(
  '^(?:none|undefined|(?:unknown|anonymous)(?:[._-]?(?:user|customer|visitor|guest|person))?|nobody|no[._-]?one|' +
    'placeholder|dummy|fake|invalid|someone|somebody|(?:removed|deleted|redacted)(?:[._-]?user)?|' +
    'no[._-]?(?:e?mail|reply|address|contact)|do[._-]?not[._-]?reply|not[._-]?(?:provided|available|applicable|given|known)|' +
    '(?:kein|keine|ning[uú]n[oa]?|nenhuma?|aucune?|brak)(?:[._-]?(?:e?mail|correo|adresse|adresu?))?|' +
    '(?:ohne|sin|sans|sem|bez|pas[._-]?de)[._-]?(?:e?mail|e?maila|correo|adresse|adresu)|' +
    '(?:(?:i[._-]?)?(?:dont|do[._-]?not)[._-]?have|no[._-]?tengo|n[aã]o[._-]?tenho|nie[._-]?mam|hab[._-]?keine?)' +
    '(?:[._-]?(?:one|any|e?mail|e?maila|correo|adresu))?|n/a|.*(?:\\{\\{|\\$\\{).*|' +
    '(?:your|my)[._-]?(?:e?mail|name|address)|user[._-]?name|first[._-]?name(?:[._-]?last[._-]?name)?|' +
    'asdf\\w*|qwert[yz]\\w*)$',
)
/** Words that stand for nobody only where the host says the same, or is open to anybody; else a team may read them. */
const PERHAPS_NOBODY =
  /^(?:no|nope|na|n[._]a|nein|nie|non|nada|privat|private|null|nil|nan|anon|test(?:er|ing|s)?|demo|user|guest|customer|client|visitor|name|e?mail|admin|me|hello|domain|company|correo|prueba|teste|example|sample|temp|john[._-]?doe|jane[._-]?doe|foo|bar|baz|foobar|abc\w{0,3}|xyz|asd|qwe\w{0,2}|\d{1,6}|(?<letter>.)\k<letter>*)$/u
/** Providers where anybody can have a mailbox, so that a common word is never the sender's own. */
const OPEN_PROVIDER =
  /^(?:gmail|googlemail|yahoo|hotmail|outlook|live|msn|icloud|aol|gmx|web|mail|email|yandex|proton|protonmail)$/

function isPlaceholder({ mailbox, domain }: Parts): boolean {
  const word = mailbox.replace(/\+.*$/, '').replace(/(?<=\D{2})[._-]?\d{1,3}$/, '') // "test+1", "test.12"; "h1" is a name
  if (NOBODY.test(word) || NOBODY.test(domain)) return true
  return PERHAPS_NOBODY.test(word) && (PERHAPS_NOBODY.test(domain) || OPEN_PROVIDER.test(domain))
}
