import { MAX_SESSION_FIELDS } from '../livechat/limits'
import { ABSENCE_RULES, type AbsenceRule } from '../settings-form'
import { clip } from './graphemes'
import { readPrivacy, type Privacy } from './privacy'
import { cleanLine, cleanText } from './sanitize'
import { withoutSecretLinks } from './shareable-link'
import { readSummary, type Summary } from './summary'
import { isUnset } from './unset'
import { fitsIntoTag, readOverrides, type Wording } from './wording'
import { languageOf } from './words'

/** What one handoff wants different from the configuration. Absent: as configured. */
export type SessionOptions = Wording &
  Partial<Privacy> &
  Summary & {
    groupId?: number
    groupName?: string
    groupLanguage?: string
    agentId?: string
    tags?: string[]
    sessionFields?: { name: string; value: string }[]
    whenNobodyIsAvailable?: AbsenceRule
    /** The customer's own conversation and user, as the bot knows them. */
    upstreamConversationId?: string
    upstreamUserId?: string
  }
export type OptionProblem =
  'badGroupId' | 'badAgentId' | 'badTags' | 'badSessionFields' | 'badWhenNobody' | 'badWording' | BadPrivacy

type BadPrivacy = 'badSwitch' | 'badHistory' | 'badMask'

/** Longest name of a group that is looked for and shown, in characters. */
const MAX_GROUP_NAME_CHARACTERS = 100

type Read<Value> = { value?: Value } | { problem: OptionProblem }

/**
 * Reads the entity behind `hitlSession`. What is not set is left out, so that an unset variable of a bot never costs a
 * customer the agent; a value that cannot be meant is a problem that names its field.
 */
export function readSessionOptions(
  session: Record<string, unknown> | null | undefined,
): SessionOptions | { problem: OptionProblem } {
  const given = session ?? {}
  const read = {
    groupId: field(given['groupId'], 'badGroupId', groupId),
    agentId: field(given['agentId'], 'badAgentId', agentId),
    tags: field(given['tags'], 'badTags', tags),
    sessionFields: field(given['sessionFields'], 'badSessionFields', sessionFields),
    whenNobodyIsAvailable: field(given['whenNobodyIsAvailable'], 'badWhenNobody', whenNobody),
  }
  const group = { ...name(given, 'groupName'), ...name(given, 'groupLanguage') }
  const upstream = { ...upstreamId(given, 'upstreamConversationId'), ...upstreamId(given, 'upstreamUserId') }
  const { privacy, wrong } = readPrivacy(given)
  const wording = { ...readWordingFields(given), ...privacy }
  if (!fitsIntoTag(wording)) return { problem: 'badWording' }
  const refused = Object.values(read).find((each) => 'problem' in each)
  if (refused && 'problem' in refused) return { problem: refused.problem }
  if (wrong) return { problem: PRIVACY_PROBLEMS[wrong] }
  const values = Object.fromEntries(
    Object.entries(read).flatMap(([name, each]) =>
      'value' in each && each.value !== undefined ? [[name, each.value]] : [],
    ),
  )
  return { ...values, ...readSummary(given), ...group, ...upstream, ...wording }
}

const PRIVACY_PROBLEMS: Record<keyof Privacy, BadPrivacy> = {
  sendName: 'badSwitch',
  sendEmail: 'badSwitch',
  sendPicture: 'badSwitch',
  history: 'badHistory',
  historyMessages: 'badHistory',
  mask: 'badMask',
}

/** A language that we do not have means the one of the settings. */
function readWordingFields(given: Record<string, unknown>): Wording {
  const language = typeof given['language'] === 'string' ? languageOf(given['language']) : undefined
  const overrides = readOverrides(given)
  return { ...(language && { language }), ...(Object.keys(overrides).length > 0 && { overrides }) }
}

/** A group that is called by a number may come as one. Nothing of a name is worth refusing a handoff for. */
function name<Name extends string>(given: Record<string, unknown>, key: Name): Partial<Record<Name, string>> {
  const value = given[key]
  if (isUnset(value) || !isFact(value)) return {}
  return { [key]: clip(cleanLine(String(value)), MAX_GROUP_NAME_CHARACTERS) } as Record<Name, string>
}

/** Ids have no blanks; anything else, such as a variable that was not filled in, is left out. */
function upstreamId<Name extends string>(given: Record<string, unknown>, name: Name): Partial<Record<Name, string>> {
  const id = given[name]
  return typeof id === 'string' && /^[\w-]{1,100}$/.test(id) ? ({ [name]: id } as Record<Name, string>) : {}
}

function field<Value>(
  given: unknown,
  problem: OptionProblem,
  read: (given: unknown) => Value | undefined,
): Read<Value> {
  if (isUnset(given)) return {}
  const value = read(given)
  return value === undefined ? { problem } : { value }
}

function groupId(given: unknown): number | undefined {
  const number = typeof given === 'string' && /^\s*\d{1,16}\s*$/.test(given) ? Number(given) : given
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

function agentId(given: unknown): string | undefined {
  const id = typeof given === 'string' ? given.trim() : ''
  return /^[^\s@]+@[^\s@]+$/.test(id) ? id : undefined
}

function tags(given: unknown): string[] | undefined {
  if (!Array.isArray(given)) return undefined
  const set = given.filter((tag) => !isUnset(tag))
  return set.every((tag) => typeof tag === 'string') ? [...new Set(set.map(cleanLine))] : undefined
}

function sessionFields(given: unknown): { name: string; value: string }[] | undefined {
  if (Array.isArray(given) && given.length === 0) return [] // an empty map of some languages
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
  const set = Object.entries(given).filter(([name, value]) => !isUnset(name) && !isUnset(value))
  if (set.length > MAX_SESSION_FIELDS || !set.every(([, value]) => isFact(value))) return undefined
  return set.map(([name, value]) => ({ name: cleanLine(name), value: withoutSecretLinks(cleanText(String(value))) }))
}

/** Numbers and truth values are facts as well as texts; an object is not. */
function isFact(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function whenNobody(given: unknown): AbsenceRule | undefined {
  return ABSENCE_RULES.find((rule) => typeof given === 'string' && rule === given.trim().toLowerCase())
}
