import { ApiError } from './api-error'
import type { Tags } from './objects'
import { declaredFor, type Caller } from './platform'
import type { Settings } from './settings'

type TagHolder = 'user' | 'conversation' | 'message'

/** The tags as they are kept: an integration names its own without prefix, and only those it has declared. */
export function keptTags(
  caller: Caller,
  holder: TagHolder,
  tags: Tags,
  refusal: 'InvalidPayload' | 'InvalidQuery',
): Tags {
  const declared = declaredFor(caller)?.tags[holder]
  const unknown = Object.keys(tags).filter((name) => declared && !declared.includes(name))
  if (unknown.length > 0) {
    throw new ApiError(refusal, `${holder} tags are not declared by the integration: ${unknown.join(', ')}`)
  }
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [keptName(caller, name), value]))
}

/** The tags as the caller sees them: the bot all of them, an integration its own without prefix. */
export function shownTags(caller: Caller, settings: Settings, tags: Tags): Tags {
  if (caller.alias === undefined) return { ...tags }
  const prefix = `${caller.alias}:`
  const all = Object.entries(tags)
  const own = all.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value])
  const foreign = settings.integrationSees === 'everything' ? all.filter(([name]) => !name.startsWith(prefix)) : []
  return Object.fromEntries([...own, ...foreign])
}

/** Merges by key; an empty value removes its key. */
export function mergedTags(tags: Tags, changes: Tags): Tags {
  return Object.fromEntries(Object.entries({ ...tags, ...changes }).filter(([, value]) => value !== ''))
}

export function keptName(caller: Caller, name: string): string {
  return caller.alias === undefined ? name : `${caller.alias}:${name}`
}
