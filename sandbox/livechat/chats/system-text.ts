import type { World } from '../world/world'

/** The types and the variables are LiveChat's ("System activities"); the sentences are ours. */
const SENTENCES: Readonly<Record<string, string>> = {
  agent_joined: '%agent% joined the chat',
  agent_left: '%agent% left the chat',
  chat_transferred: '%initiator% transferred the chat to %targets%',
  customer_banned: 'The customer was banned',
  archived_customer_disconnected: 'The chat was archived: the customer left the website',
  manual_archived_agent: '%agent% archived the chat',
  manual_archived_customer: '%customer% closed the chat',
  'routing.archived_disconnected': 'The chat was archived: the agent lost the connection',
  'routing.archived_inactive': 'The chat was archived: nobody wrote for a while',
  'routing.archived_offline': 'The chat was archived: nobody was available',
  'routing.assigned_inactive': 'The chat went to another agent: nobody had answered',
  'routing.idle': 'The chat is idle',
  'routing.unassigned_disconnected': 'The chat waits for an agent again',
  'rating.chat_rated': 'The customer rated the chat as %score%',
  'rating.chat_commented': 'The customer commented: %comment%',
}

export type Variables = Record<string, unknown>

/** The text of a grey line; a type that has no sentence shows its own name. */
export function systemText(type: string, variables: Variables = {}): string {
  const sentence = SENTENCES[type] ?? type.replaceAll(/[._]/g, ' ')
  return sentence.replaceAll(/%(\w+)%/g, (_, name: string) => String(variables[name] ?? ''))
}

/** The variables as LiveChat shows them: people and groups by their names, scores in words. */
export function shownVariables(world: World, ids: Variables): Variables {
  const entries = Object.entries(ids).map(([name, value]) => [name, shown(world, name, String(value))])
  return Object.fromEntries(entries) as Variables
}

function shown(world: World, name: string, value: string): string {
  if (name === 'score') return value === '1' ? 'good' : 'bad'
  if (name === 'comment') return value
  const names = value.split(', ').map((id) => nameOf(world, id))
  return names.join(', ')
}

/** Agents and customers by their name, a group by its own; what is a name already stays. */
function nameOf({ store }: World, id: string): string {
  const group = /^\d+$/.test(id) ? store.groups.get(Number(id)) : undefined
  if (group) return `the group ${group.name}`
  if (store.customers.has(id)) return store.customers.get(id)?.name ?? 'The customer'
  return store.agents.get(id)?.name ?? id
}
