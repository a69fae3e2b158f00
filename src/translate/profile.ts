import { createHash } from 'node:crypto'
import type { Profile } from '../livechat/api'
import { identifyingAddress, realAddress } from './address'
import { clip } from './graphemes'
import { isLabelName } from './labels'
import { cleanLine } from './sanitize'
import { shareableLink } from './shareable-link'
import { wordsFor } from './words'

/** What LiveChat may show of a customer: nothing made up. */
export type CustomerProfile = { name?: string; email?: string; avatar?: string }

/** Longest name and picture address of a Botpress user, in characters: with longer ones the whole call fails. */
const MAX_NAME_CHARACTERS = 200
const MAX_PICTURE_CHARACTERS = 40_000

/** A name of anybody as Botpress takes it: on one line, and not too long. Empty when nothing of it can be seen. */
export function personName(name: string | null | undefined): string {
  return clip(cleanLine(name ?? '').replace(/\s+/g, ' '), MAX_NAME_CHARACTERS)
}

/** The address of a picture that a browser can load, if it is one. */
export function pictureAddress(url: string | null | undefined): string | undefined {
  if (!url || url.length > MAX_PICTURE_CHARACTERS || !/^\s*https?:/i.test(url)) return undefined
  const link = shareableLink(url)
  return link !== undefined && link.length <= MAX_PICTURE_CHARACTERS ? link : undefined
}

/** What a template leaves behind when a variable has no value. */
const UNSET_VARIABLE = /\{\{[^{}]*\}\}|\$\{[^{}]*\}|\[object \w+\]|\bNaN\b|(?<![\p{L}\p{N}])undefined(?![\p{L}\p{N}])/gu

/** Words for "no name" and for "somebody", as channels and forms write them. None of them counts beside a real name. */
const NO_NAME = new Set(
  (
    'null undefined none unknown anonymous noname n/a user guest visitor customer client contact caller ' +
    'member account name gast besucher kunde unbekannt unbekannter anonym nutzer benutzer invité visiteur inconnu ' +
    'anonyme utilisateur invitado visitante desconocido anónimo usuario cliente convidado desconhecido anônimo usuário ' +
    'namen nombre nom nome nazwy imienia utilizador gość nieznany anonimowy użytkownik klient ' +
    'unnamed nameless unbenannt namenlos provided available specified applicable angegeben verfügbar disponible ' +
    'disponível informado podano nutzerin besucherin kundin gästin benutzerin'
  ).split(' '),
)
/** What stands beside them: "Facebook User", "New guest", "Deleted Account". Alone they are names. */
const BESIDE_NO_NAME = new Set(
  (
    'facebook messenger instagram whatsapp telegram viber wechat slack teams sms web webchat website chat app ' +
    'mobile online livechat botpress new deleted no not your first last full the a ohne kein keine sin sans sem bez ' +
    'given nicht pas non não nie neuer neue nouveau nuevo novo nowy'
  ).split(' '),
)

/** A person's real name, or nothing. "Ada Null" and "Judith Guest" are names; "null null" and "Visitor 12345" are not. */
export function realName(name: string | null | undefined): string | undefined {
  const given = personName((name ?? '').replace(UNSET_VARIABLE, ' '))
  if (!/[\p{L}\p{N}\p{S}]/u.test(given) || isNoName(given) || isOurLabel(given)) return undefined
  const isMadeUpAddress = identifyingAddress(given) !== undefined && realAddress(given) === undefined
  return isMadeUpAddress ? undefined : given
}

function isNoName(name: string): boolean {
  const words = name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .replace(/^n\Wa\W?$/, 'n/a')
    .split(/[\s_.,#%()<>[\]{}"'“”„«»-]+/)
  const known = words.filter((word) => word !== '' && !/\d/.test(word)) // "Visitor 17", "user_4fa3"
  return known.some((word) => NO_NAME.has(word)) && known.every((word) => NO_NAME.has(word) || BESIDE_NO_NAME.has(word))
}

/** Beside each message of the customer such a name would read as the bot's, or as our note. */
const isOurLabel = (name: string) => isLabelName(name, wordsFor('en'))

/** Whether two names are the same to a reader: case, width and spaces do not count. */
export function isSameName(one: string, other: string): boolean {
  return comparablePerson(one) === comparablePerson(other)
}

const comparablePerson = (name: string) => personName(name).normalize('NFKC').toLowerCase()

export function customerProfile(user: { name?: string; email?: string; pictureUrl?: string }): CustomerProfile {
  const name = realName(user.name)
  const email = realAddress(user.email)
  const avatar = pictureAddress(user.pictureUrl)
  return { ...(name && { name }), ...(email && { email }), ...(avatar && { avatar }) }
}

/** Identifies a profile without keeping it: the fingerprint of the one last sent differs when something has changed. */
export function fingerprint(profile: CustomerProfile): string {
  return createHash('sha256')
    .update(JSON.stringify([profile.name, profile.email, profile.avatar]))
    .digest('hex')
    .slice(0, 24)
}

/** What `update_customer` changes of a customer. */
export type ProfileUpdate = Profile

/**
 * What to send when LiveChat refused an update because of one field, most valuable first; nothing when no smaller update is
 * left. `update_customer` leaves alone what it is not given, so each part goes by itself and only the refused field is
 * lost. `type` is LiveChat's error type: where it names the field, the rest goes in one request.
 */
export function smallerUpdates(update: ProfileUpdate, type: string | undefined): ProfileUpdate[] {
  const { name, email, avatar, sessionFields } = update
  if (type === 'customer_session_fields_limit_reached' && sessionFields) return filled([{ name, email, avatar }])
  const isPerson = avatar === undefined && sessionFields === undefined
  const parts = isPerson ? [{ name }, { email }] : [{ name, email }, { sessionFields }, { avatar }]
  const smaller = filled(parts)
  return smaller.length > 1 ? smaller : []
}

/** Without the fields that have no value, and without the updates that have no field. */
function filled(updates: ProfileUpdate[]): ProfileUpdate[] {
  const present = (update: ProfileUpdate) => Object.entries(update).filter(([, value]) => value !== undefined)
  return updates.map((update) => Object.fromEntries(present(update))).filter((update) => Object.keys(update).length > 0)
}
