import { ApiError } from './errors'
import type { Properties, PropertyValue } from './model'

type Location = 'chat' | 'thread' | 'event'
type Rights = '' | 'r' | 'w' | 'rw'
type Rule = {
  type: 'bool' | 'int' | 'string'
  where: Location[]
  customer: Rights
  agent: Rights
  values?: PropertyValue[]
}

const everywhere: Location[] = ['chat', 'thread', 'event']

/** LiveChat's default properties and who may do what with them ("Default properties"). */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['source.client_id', { type: 'string', where: everywhere, customer: 'r', agent: 'r' }],
  ['source.customer_client_id', { type: 'string', where: ['chat', 'thread'], customer: 'r', agent: 'r' }],
  ['routing.continuous', { type: 'bool', where: ['chat', 'thread'], customer: 'r', agent: 'r' }],
  ['routing.unassigned', { type: 'bool', where: ['chat', 'thread'], customer: '', agent: 'r' }],
  ['routing.pinned', { type: 'bool', where: ['chat'], customer: '', agent: 'rw' }],
  ['routing.idle', { type: 'bool', where: ['thread'], customer: 'r', agent: 'r' }],
  ['routing.unreplied', { type: 'bool', where: ['thread'], customer: 'r', agent: 'r' }],
  ['routing.ignore_agents_routing', { type: 'bool', where: ['chat'], customer: 'rw', agent: 'rw' }],
  ['routing.ignore_bots', { type: 'bool', where: ['thread'], customer: 'w', agent: '' }],
  ['routing.offline_message', { type: 'bool', where: ['thread'], customer: 'rw', agent: 'r' }],
  ['routing.email_follow_up', { type: 'bool', where: ['chat'], customer: 'rw', agent: 'r' }],
  ['status.delivered', { type: 'bool', where: ['event'], customer: 'rw', agent: 'rw' }],
  ['rating.score', { type: 'int', where: everywhere, customer: 'rw', agent: 'r', values: [0, 1] }],
  ['rating.comment', { type: 'string', where: everywhere, customer: 'rw', agent: 'r' }],
  ['lc2.welcome_message', { type: 'bool', where: ['event'], customer: 'r', agent: 'r' }],
  ['lc2.queue_pos', { type: 'int', where: ['thread'], customer: 'r', agent: 'r' }],
  ['lc2.queue_waiting_time', { type: 'int', where: ['thread'], customer: 'r', agent: 'r' }],
  ['chats.formatting', { type: 'string', where: ['event'], customer: 'rw', agent: 'rw', values: ['commonmark'] }],
  ['test.bool_property', { type: 'bool', where: everywhere, customer: 'rw', agent: 'rw' }],
  ['test.int_property', { type: 'int', where: everywhere, customer: 'rw', agent: 'rw' }],
  ['test.string_property', { type: 'string', where: everywhere, customer: 'rw', agent: 'rw' }],
])

/** Refuses properties that do not exist, hold another type, or that this kind of user may not write there. */
export function checkWritable(properties: Properties | undefined, where: Location, who: 'customer' | 'agent'): void {
  for (const [namespace, values] of Object.entries(properties ?? {})) {
    for (const [name, value] of Object.entries(values)) checkOne(`${namespace}.${name}`, value, where, who)
  }
}

function checkOne(key: string, value: PropertyValue, where: Location, who: 'customer' | 'agent'): void {
  const rule = RULES.get(key)
  if (!rule?.where.includes(where)) throw new ApiError('validation', `Property ${key} is not registered for ${where}`)
  if (!rule[who].includes('w')) throw new ApiError('authorization', `Property ${key} is not writable`)
  if (!isOfType(value, rule.type)) throw new ApiError('validation', `Property ${key} must be of type ${rule.type}`)
  if (rule.values && !rule.values.includes(value)) throw new ApiError('validation', `Wrong value of property ${key}`)
}

function isOfType(value: PropertyValue, type: Rule['type']): boolean {
  if (type === 'int') return Number.isInteger(value)
  return typeof value === (type === 'bool' ? 'boolean' : 'string')
}

/** The properties that this kind of user may read. Write-only ones disappear for everybody. */
export function readable(properties: Properties, who: 'customer' | 'agent'): Properties {
  const shown: Properties = {}
  for (const [namespace, values] of Object.entries(properties)) {
    const kept = Object.entries(values).filter(([name]) => RULES.get(`${namespace}.${name}`)?.[who].includes('r'))
    if (kept.length > 0) shown[namespace] = Object.fromEntries(kept)
  }
  return shown
}

/** Writes `changes` into `properties`, name by name. */
export function merge(properties: Properties, changes: Properties): void {
  for (const [namespace, values] of Object.entries(changes)) {
    properties[namespace] = { ...properties[namespace], ...values }
  }
}
