import { SILENCE } from '../settings-form'
import { readPrivacy, type Privacy } from './privacy'
import { isUnset } from './unset'
import { languageOf, wordsFor, type Language, type Overrides, type Words } from './words'

/**
 * What one handoff says otherwise than the settings: the language of its customer, sentences, and what of each message
 * LiveChat may not get.
 */
export type Wording = { language?: Language; overrides?: Overrides } & Partial<
  Pick<Privacy, 'sendName' | 'sendEmail' | 'mask'>
>

/** The words of one handoff. What agents read stays in the language of the settings. */
type SessionWords = { toAgent: Words; toCustomer: Words }

/** Longest value of a tag in Botpress, in characters. */
export const MAX_TAG_CHARACTERS = 500

/** The setting that holds each sentence; a handoff has fields of the same names. */
const FIELDS = { queue: 'queueMessage', edited: 'editedMessage', botLabel: 'botLabel', agentNote: 'agentNote' } as const

/**
 * The sentences that an owner or a bot author wrote; `isLeftAlone` says which fields hold none. `NULL` silences a sentence:
 * it is read as an empty text.
 */
export function readOverrides(
  given: Record<string, unknown>,
  isLeftAlone: (given: unknown) => boolean = isUnset,
): Overrides {
  const sentences = Object.entries(FIELDS).flatMap(([key, field]) => {
    const text = given[field]
    if (typeof text !== 'string' || (text.trim() !== SILENCE && isLeftAlone(text))) return []
    return [[key, text.trim() === SILENCE ? '' : text]]
  })
  return Object.fromEntries(sentences) as Overrides
}

/** As the tag `wording` keeps it; empty for a handoff without words of its own. */
export function wordingTag({ language, overrides = {}, sendName, sendEmail, mask }: Wording): string {
  const all = {
    ...(language && { language }),
    ...(sendName !== undefined && { sendName }),
    ...(sendEmail !== undefined && { sendEmail }),
    ...(mask && { mask: mask.join(' ') }),
    ...overrides,
  }
  return Object.keys(all).length === 0 ? '' : JSON.stringify(all)
}

export function fitsIntoTag(wording: Wording): boolean {
  return wordingTag(wording).length <= MAX_TAG_CHARACTERS
}

/** The opposite of `wordingTag`. A tag that cannot be read means the words of the settings. */
export function readWording(tag = ''): Wording {
  try {
    const given = new Map<string, unknown>(Object.entries(JSON.parse(tag || '{}') as object))
    const language = given.get('language')
    const known = typeof language === 'string' ? languageOf(language) : undefined
    const overrides = Object.keys(FIELDS).flatMap((key) =>
      typeof given.get(key) === 'string' ? [[key, given.get(key)]] : [],
    )
    const { privacy } = readPrivacy({
      sendName: given.get('sendName'),
      sendEmail: given.get('sendEmail'),
      mask: given.get('mask'),
    })
    return { ...(known && { language: known }), ...privacy, overrides: Object.fromEntries(overrides) as Overrides }
  } catch {
    return { overrides: {} }
  }
}

/**
 * The words of a handoff. A sentence in the settings has one language: to a customer of another language the product's own
 * one is said. What the owner silenced is silent in each language.
 */
export function sessionWords(
  settings: Required<Pick<Wording, 'language' | 'overrides'>>,
  { language = settings.language, overrides = {} }: Wording,
): SessionWords {
  const ofSettings = language === settings.language ? settings.overrides : silencedIn(settings.overrides)
  return {
    toAgent: wordsFor(settings.language, { ...settings.overrides, ...overrides }),
    toCustomer: wordsFor(language, { ...ofSettings, ...overrides }),
  }
}

const silencedIn = (overrides: Overrides): Overrides =>
  Object.fromEntries(Object.entries(overrides).filter(([, sentence]) => sentence === ''))
