import { LANGUAGE_NAMES } from '../settings-form'
import { de } from './words/de'
import { en } from './words/en'
import { es } from './words/es'
import { fr } from './words/fr'
import { pl } from './words/pl'
import { pt } from './words/pt'
import { ptPT } from './words/pt-PT'
import type { Table } from './words/table'

export type Sentence = keyof Table
export type Values = Record<string, string | number>
/** What a bot owner may say in other words. */
type Overridable = 'queue' | 'edited' | 'botLabel' | 'agentNote'
/** What a bot owner may choose not to say: an empty override. An empty label would put the bot's words into the customer's mouth. */
type Silenceable = 'queue' | 'agentNote'

export type Overrides = Partial<Record<Overridable, string | undefined>>

export type Words = {
  /** The sentence with its places filled in; nothing when the bot owner silenced it. */
  say(key: Exclude<Sentence, Silenceable>, values?: Values): string
  say(key: Sentence, values?: Values): string | undefined
}

export const LANGUAGES = ['en', 'fr', 'de', 'es', 'pt', 'pt-PT', 'pl'] as const
export type Language = (typeof LANGUAGES)[number]

const TABLES: Record<Language, Table> = { en, fr, de, es, pt, 'pt-PT': ptPT, pl }
const SILENCEABLE: ReadonlySet<Sentence> = new Set<Silenceable>(['queue', 'agentNote'])

/** The sentences in a language such as `fr`, `pt-BR` or `pt-PT`; English for one that we do not have. */
export function wordsFor(language: string | undefined, overrides: Overrides = {}): Words {
  const own = new Map(Object.entries(overrides).map(([key, pattern]) => [key, pattern?.trim()]))
  const table = TABLES[languageOf(language) ?? 'en']

  function say(key: Exclude<Sentence, Silenceable>, values?: Values): string
  function say(key: Sentence, values?: Values): string | undefined
  function say(key: Sentence, values: Values = {}): string | undefined {
    const override = own.get(key)
    if (override === '' && SILENCEABLE.has(key)) return undefined
    return fill(override ? withText(override, table[key]) : table[key], values)
  }
  return { say }
}

/** The language that a tag (`fr`, `pt-BR`) or a name in the settings form means. `undefined`: one that we do not have. */
export function languageOf(given: string | undefined): Language | undefined {
  const tag = given?.trim().toLowerCase().replaceAll('_', '-')
  const [primary] = tag?.split('-') ?? []
  const named = LANGUAGES.find((known) => [known, LANGUAGE_NAMES[known]].some((name) => name.toLowerCase() === tag))
  return named ?? LANGUAGES.find((known) => known === primary)
}

/** An override such as "Bot:" that forgot the place for the words still shows them, behind it. */
function withText(override: string, original: string): string {
  return original.includes('{text}') && !override.includes('{text}') ? `${override} {text}` : override
}

/** Puts values into a pattern's `{named}` places, literally and once; a name without a value stays as it is. */
export function fill(pattern: string, values: Values): string {
  return pattern.replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  )
}

/** The sentence about a place in the queue: what is known of it, or nothing when the bot owner wants silence. */
export function queueSentence(
  words: Words,
  queue: { position?: number; waitTimeSeconds?: number },
): string | undefined {
  const { position, waitTimeSeconds } = queue
  const minutes = waitTimeSeconds === undefined ? undefined : Math.max(1, Math.ceil(waitTimeSeconds / 60))
  const known = { ...(position !== undefined && { position }), ...(minutes !== undefined && { minutes }) }
  const sentence = words.say('queue', known)
  if (sentence === undefined || !/\{(position|minutes)\}/.test(sentence)) return sentence
  return position === undefined ? words.say('queueUnknown') : words.say('queuePosition', { position })
}

/** A sentence as every language has it, its places open. */
export function inAllLanguages(key: Sentence): string[] {
  return LANGUAGES.map((language) => TABLES[language][key])
}
