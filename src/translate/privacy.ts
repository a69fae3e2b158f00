import { HISTORY_RULES, MASK_KINDS } from '../settings-form'
import { identifyingAddress } from './address'
import { maskFor, type MaskKind } from './mask'
import type { CustomerProfile } from './profile'
import { isUnset } from './unset'

/** What LiveChat may get of a customer and of what was said. */
export type Privacy = {
  sendName: boolean
  sendEmail: boolean
  sendPicture: boolean
  /** Of the conversation with the bot. The customer's newest words go in any case: they are the question. */
  history: (typeof HISTORY_RULES)[number]
  /** How many messages `lastMessages` means. */
  historyMessages: number
  mask: readonly MaskKind[]
}

const READERS: { [Key in keyof Privacy]: (given: unknown) => Privacy[Key] | undefined } = {
  sendName: truth,
  sendEmail: truth,
  sendPicture: truth,
  history: (given) => HISTORY_RULES.find((rule) => rule.toLowerCase() === comparable(given)),
  historyMessages: count,
  mask: kinds,
}
const KEYS = Object.keys(READERS) as (keyof Privacy)[]

/** What counts for a field whose value cannot be meant. */
const STRICTEST: Privacy = {
  ...{ sendName: false, sendEmail: false, sendPicture: false },
  ...{ history: 'none', historyMessages: 0 },
  mask: MASK_KINDS,
}

/** The fields that are set. `wrong`: the first one whose value cannot be meant, in place of which the strictest counts. */
export function readPrivacy(given: Record<string, unknown>): { privacy: Partial<Privacy>; wrong?: keyof Privacy } {
  const set = KEYS.filter((key) => !isUnset(given[key]) && !isEmpty(given[key]))
  const wrong = set.find((key) => READERS[key](given[key]) === undefined)
  const privacy = Object.fromEntries(set.map((key) => [key, READERS[key](given[key]) ?? STRICTEST[key]]))
  return { privacy, ...(wrong && { wrong }) }
}

/** The privacy of one handoff, which may differ from the settings. */
export function privacyOf(settings: Privacy, handoff: Partial<Privacy>): Privacy {
  return Object.fromEntries(KEYS.map((key) => [key, handoff[key] ?? settings[key]])) as Privacy
}

/** How many messages of the history may be shown besides the customer's newest words. */
export function maxHistory({ history, historyMessages }: Privacy): number {
  if (history === 'all') return Infinity
  return history === 'none' ? 0 : historyMessages
}

/** What LiveChat may show of a customer. */
export function permittedProfile({ name, email, avatar }: CustomerProfile, privacy: Privacy): CustomerProfile {
  const shown = permittedName(name, privacy)
  return {
    ...(shown && { name: shown }),
    ...(email && privacy.sendEmail && { email }),
    ...(avatar && privacy.sendPicture && { avatar }),
  }
}

/** A name, unless it must not be sent or is itself something that must not be: an address, or what is masked. */
export function permittedName(name: string | undefined, { sendName, sendEmail, mask }: Privacy): string | undefined {
  if (!name || !sendName || (!sendEmail && identifyingAddress(name) !== undefined)) return undefined
  return maskFor(mask)(name) === name ? name : undefined
}

/** How a list that a form left alone arrives. */
const isEmpty = (given: unknown) => Array.isArray(given) && given.every(isUnset)

const comparable = (given: unknown) => (typeof given === 'string' ? given.trim().toLowerCase() : given)

function truth(given: unknown): boolean | undefined {
  const word = comparable(given)
  if (word === true || word === 'true') return true
  return word === false || word === 'false' ? false : undefined
}

function count(given: unknown): number | undefined {
  const number = typeof given === 'string' ? Number(given) : given
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

/** A list, or a text with the kinds in it. */
function kinds(given: unknown): MaskKind[] | undefined {
  const words: unknown[] = typeof given === 'string' ? given.split(/[\s,;]+/) : Array.isArray(given) ? given : [given]
  const set = words.filter((word) => !isUnset(word)).map(comparable)
  const known = MASK_KINDS.filter((kind) => set.includes(kind))
  return set.every((word) => known.some((kind) => kind === word)) ? known : undefined
}
