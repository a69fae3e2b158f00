import type { PayloadVersion } from '../world/emission'

/** What a registration for an action may ask for (Configuration API, "Filters" and "Additional data"). */
type Rules = {
  filters: readonly string[]
  additionalData: boolean
  /** The only version that has the action; absent: all have it. */
  only?: PayloadVersion
}

const CHAT_FILTERS = ['chat_presence', 'only_my_chats', 'source_type']
const chatAction: Rules = { filters: CHAT_FILTERS, additionalData: true }
const wordsAction: Rules = { filters: ['author_type', ...CHAT_FILTERS], additionalData: true }
const configurationAction: Rules = { filters: ['source_type'], additionalData: false }

/** Changes of agents, bots, groups, tags and rules, by the subject. */
const CONFIGURATION = {
  agent: ['created', 'updated', 'deleted', 'suspended', 'unsuspended', 'approved'],
  bot: ['created', 'updated', 'deleted'],
  group: ['created', 'updated', 'deleted'],
  tag: ['created', 'updated', 'deleted'],
  auto_accesses: ['updated'],
}

/** Every action that can be registered; the emulator sends those of `SENT_ACTIONS`. */
const WEBHOOK_ACTIONS: ReadonlyMap<string, Rules> = new Map<string, Rules>([
  ['incoming_chat', chatAction],
  ['incoming_event', wordsAction],
  ['event_updated', wordsAction],
  ['event_deleted', { ...chatAction, only: '3.6' }],
  ['chat_deactivated', chatAction],
  ['chat_transferred', chatAction],
  ['chat_access_updated', chatAction],
  ['user_added_to_chat', chatAction],
  ['user_removed_from_chat', chatAction],
  ['incoming_rich_message_postback', chatAction],
  ['chat_properties_updated', chatAction],
  ['chat_properties_deleted', chatAction],
  ['thread_properties_updated', chatAction],
  ['thread_properties_deleted', chatAction],
  ['event_properties_updated', chatAction],
  ['event_properties_deleted', chatAction],
  ['thread_tagged', chatAction],
  ['thread_untagged', chatAction],
  ['thread_summary_set', { ...chatAction, only: '3.6' }],
  ['events_marked_as_seen', chatAction],
  ['routing_status_set', { filters: ['agent_ids', 'source_type'], additionalData: true }],
  ['customer_session_fields_updated', { filters: ['chat_presence', 'source_type'], additionalData: true }],
  ['incoming_customer', { ...configurationAction, only: '3.5' }],
  ...Object.entries(CONFIGURATION).flatMap(([subject, verbs]) =>
    verbs.map((verb): [string, Rules] => [`${subject}_${verb}`, configurationAction]),
  ),
])

/** The actions that a version knows, with what each allows. */
export function actionsOf(version: PayloadVersion): ReadonlyMap<string, Rules> {
  return new Map([...WEBHOOK_ACTIONS].filter(([, { only }]) => only === undefined || only === version))
}
