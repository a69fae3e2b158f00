/** What a registration for each action may ask for (contract 7.8, "Filters" of the Configuration API). */
type Rules = { filters: readonly string[]; additionalData: boolean }

const CHAT_FILTERS = ['chat_presence', 'only_my_chats', 'source_type']
const chatAction: Rules = { filters: CHAT_FILTERS, additionalData: true }
const wordsAction: Rules = { filters: ['author_type', ...CHAT_FILTERS], additionalData: true }
const configurationAction: Rules = { filters: ['source_type'], additionalData: false }

/** Every action that can be registered; the emulator sends those of `SENT_ACTIONS`. */
export const WEBHOOK_ACTIONS: ReadonlyMap<string, Rules> = new Map([
  ['incoming_chat', chatAction],
  ['incoming_event', wordsAction],
  ['event_updated', wordsAction],
  ['event_deleted', chatAction],
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
  ['thread_summary_set', chatAction],
  ['events_marked_as_seen', chatAction],
  ['routing_status_set', { filters: ['agent_ids', 'source_type'], additionalData: true }],
  ['customer_session_fields_updated', { filters: ['chat_presence', 'source_type'], additionalData: true }],
  ...['agent_created', 'agent_updated', 'agent_deleted', 'agent_suspended', 'agent_approved', 'bot_created'].map(
    (action): [string, Rules] => [action, configurationAction],
  ),
  ...['bot_updated', 'bot_deleted', 'group_created', 'group_updated', 'group_deleted', 'tag_created'].map(
    (action): [string, Rules] => [action, configurationAction],
  ),
])
