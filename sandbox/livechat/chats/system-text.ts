import type { World } from '../world/world'

/** How LiveChat words each grey line is not documented (contract 11.3): these sentences are ours, its types are theirs. */
const SENTENCES: Readonly<Record<string, string>> = {
  agent_joined: '%agent% joined the chat',
  agent_left: '%agent% left the chat',
  chat_transferred: '%initiator% transferred the chat to %targets%',
  customer_banned: 'The customer was banned',
  archived_customer_disconnected: 'The chat was archived: the customer left the website',
  manual_archived_agent: '%initiator% archived the chat',
  manual_archived_customer: '%initiator% closed the chat',
  'routing.archived_disconnected': 'The chat was archived: the agent lost the connection',
  'routing.archived_inactive': 'The chat was archived: nobody wrote for a while',
  'routing.archived_offline': 'The chat was archived: nobody was available',
  'routing.assigned_inactive': 'The chat went to another agent: nobody had answered',
  'routing.idle': 'The chat is idle',
  'routing.unassigned_disconnected': 'The chat waits for an agent again',
  'rating.chat_rated': 'The customer rated the chat as %score%',
  'rating.chat_commented': 'The customer commented: %comment%',
}

/** The text of a grey line; a type that has no sentence shows its own name. */
export function systemText(world: World, type: string, variables: Record<string, unknown> = {}): string {
  const sentence = SENTENCES[type] ?? type.replaceAll(/[._]/g, ' ')
  return sentence.replaceAll(/%(\w+)%/g, (_, name: string) => shown(world, name, String(variables[name] ?? '')))
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
