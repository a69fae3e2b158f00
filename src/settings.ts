import type { Context } from './bp'
import { DEFAULTS, LANGUAGE_NAMES, SILENCE } from './settings-form'

export type Settings = {
  clientId: string
  organizationId: string
  webhookSecret: string
  agentToken: string
  /** `NaN` when the setting holds no number. */
  groupId: number
  whenNobodyIsAvailable: 'queue' | 'refuse'
  /** A language tag: `en`, `pt-PT`. */
  language: string
  recognizeByEmail: boolean
  reportChatEnd: boolean
  markAsSeen: boolean
  /** Sentences of the owner's own. An empty one means: send nothing. */
  overrides: { queue?: string; edited?: string; botLabel?: string; agentNote?: string }
}

/**
 * The configuration as it is meant. A field that a form left alone arrives as `''`, `null` or not at all, whatever its
 * type: then the default counts. A variable of the bot may deliver a number or a boolean as text.
 */
export function readSettings(given: Context['configuration']): Settings {
  return {
    clientId: text(given.clientId),
    organizationId: uuid(text(given.organizationId)),
    webhookSecret: text(given.webhookSecret),
    agentToken: text(given.agentToken),
    groupId: number(given.groupId) ?? NaN,
    whenNobodyIsAvailable: oneOf(['queue', 'refuse'], given.whenNobodyIsAvailable) ?? DEFAULTS.whenNobodyIsAvailable,
    language: languageTag(text(given.language)),
    recognizeByEmail: boolean(given.recognizeByEmail) ?? DEFAULTS.recognizeByEmail,
    reportChatEnd: boolean(given.reportChatEnd) ?? DEFAULTS.reportChatEnd,
    markAsSeen: boolean(given.markAsSeen) ?? DEFAULTS.markAsSeen,
    overrides: ownSentences(given),
  }
}

/** The number in a field of a form, also as text. `undefined` when the field was left alone; else what is no number is `NaN`. */
export function number(given: unknown): number | undefined {
  if (isLeftAlone(given)) return undefined
  return typeof given === 'string' || typeof given === 'number' ? Number(given) : NaN
}

function isLeftAlone(given: unknown): boolean {
  return given === undefined || given === null || (typeof given === 'string' && given.trim() === '')
}

function boolean(given: unknown): boolean | undefined {
  if (typeof given === 'boolean') return given
  const word = oneOf(['true', 'false'], given)
  return word === undefined ? undefined : word === 'true'
}

function oneOf<Choice extends string>(choices: readonly Choice[], given: unknown): Choice | undefined {
  return choices.find((choice) => choice === text(given).toLowerCase())
}

/** Spaces around a pasted value are not part of it. A required setting may be missing: an installation can be older. */
function text(given: unknown): string {
  return typeof given === 'string' ? given.trim() : ''
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** LiveChat writes UUIDs in lower case, in its webhooks too; some tools copy them in upper case. */
function uuid(given: string): string {
  return UUID.test(given) ? given.toLowerCase() : given
}

/** The form offers names; a variable of the bot may hold a tag. */
function languageTag(given: string): string {
  const named = Object.entries(LANGUAGE_NAMES).find(([, name]) => name.toLowerCase() === given.toLowerCase())
  return named?.[0] ?? (given || DEFAULTS.language)
}

function ownSentences(given: Context['configuration']): Settings['overrides'] {
  const queue = ownSentence(given.queueMessage)
  const edited = ownSentence(given.editedMessage)
  const botLabel = ownSentence(given.botLabel)
  const agentNote = ownSentence(given.agentNote)
  return {
    ...(queue !== undefined && { queue }),
    ...(edited !== undefined && { edited }),
    ...(botLabel !== undefined && { botLabel }),
    ...(agentNote !== undefined && { agentNote }),
  }
}

function ownSentence(given: unknown): string | undefined {
  if (typeof given !== 'string' || isLeftAlone(given)) return undefined
  return given.trim() === SILENCE ? '' : given
}
