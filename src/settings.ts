import type { Context } from './bp'
import { isUuid } from './livechat/ids'
import {
  ABSENCE_RULES,
  DEFAULTS,
  MARKDOWN_RULES,
  SUMMARIES,
  type AbsenceRule,
  type MarkdownRule,
} from './settings-form'
import { readPrivacy, type Privacy } from './translate/privacy'
import { readOverrides } from './translate/wording'
import { languageOf, type Language, type Overrides } from './translate/words'

export type Settings = Privacy & {
  clientId: string
  organizationId: string
  webhookSecret: string
  agentToken: string
  /** `NaN` when the setting holds no number. */
  groupId: number
  whenNobodyIsAvailable: AbsenceRule
  language: Language
  recognizeByEmail: boolean
  reportChatEnd: boolean
  markAsSeen: boolean
  reportDeletions: boolean
  agentMarkdown: MarkdownRule
  agentMayOpen: boolean
  summarize: (typeof SUMMARIES)[number]
  /** A pattern with `{latitude}` and `{longitude}`; empty for plain coordinates. */
  mapLink: string
  /** The first word of an agent's message that gives the customer back to the bot; empty: none. */
  handBackCommand: string
  /** The tags that do the same. */
  handBackTags: readonly string[]
  /** After this time a handoff that nobody took is over, in seconds; 0: never. */
  giveUpAfterSeconds: number
  askForPlace: boolean
  /** Sentences of the owner's own. An empty one means: send nothing. */
  overrides: Overrides
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
    whenNobodyIsAvailable: oneOf(ABSENCE_RULES, given.whenNobodyIsAvailable) ?? DEFAULTS.whenNobodyIsAvailable,
    language: languageOf(text(given.language)) ?? DEFAULTS.language,
    recognizeByEmail: boolean(given.recognizeByEmail) ?? DEFAULTS.recognizeByEmail,
    reportChatEnd: boolean(given.reportChatEnd) ?? DEFAULTS.reportChatEnd,
    markAsSeen: boolean(given.markAsSeen) ?? DEFAULTS.markAsSeen,
    reportDeletions: boolean(given.reportDeletions) ?? DEFAULTS.reportDeletions,
    agentMarkdown: oneOf(MARKDOWN_RULES, given.agentMarkdown) ?? DEFAULTS.agentMarkdown,
    agentMayOpen: boolean(given.agentMayOpen) ?? DEFAULTS.agentMayOpen,
    summarize:
      SUMMARIES.find((each) => each.toLowerCase() === text(given.summarize).toLowerCase()) ?? DEFAULTS.summarize,
    ...privacyIn(given),
    mapLink: mapPattern(text(given.mapLink)),
    handBackCommand: text(given.handBackCommand),
    handBackTags: text(given.handBackTag)
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    giveUpAfterSeconds: Math.max(0, number(given.giveUpAfterSeconds) || DEFAULTS.giveUpAfterSeconds),
    askForPlace: boolean(given.askForPlace) ?? DEFAULTS.askForPlace,
    overrides: readOverrides(given, isLeftAlone),
  }
}

function privacyIn(given: Context['configuration']): Privacy {
  const { sendName, sendEmail, sendPicture, history, historyMessages, mask } = DEFAULTS
  return { sendName, sendEmail, sendPicture, history, historyMessages, mask, ...readPrivacy(given).privacy }
}

/** A pattern without a place for both values names no place, and one without TLS is no map service. */
function mapPattern(given: string): string {
  return /^https:\/\/[^\s"<>]+$/.test(given) && ['{latitude}', '{longitude}'].every((place) => given.includes(place))
    ? given
    : DEFAULTS.mapLink
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

/** LiveChat writes UUIDs in lower case, in its webhooks too; some tools copy them in upper case. */
function uuid(given: string): string {
  return isUuid(given) ? given.toLowerCase() : given
}
