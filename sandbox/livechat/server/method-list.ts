/** Which methods of LiveChat the emulator answers. A test holds this list true against the running server. */
type MethodEntry = {
  api: 'customer' | 'agent' | 'configuration'
  method: string
  state: 'supported' | 'partial' | 'missing'
  /** What a partial method lacks, or why a missing one is not needed. */
  note?: string
}

const oneApi = (api: MethodEntry['api'], methods: Record<string, string>, state: MethodEntry['state']): MethodEntry[] =>
  Object.entries(methods).map(([method, note]) => ({ api, method, state, ...(note && { note }) }))

const noPages = 'everything is on one page: a page_id finds nothing further'

export const METHODS: readonly MethodEntry[] = [
  ...oneApi(
    'customer',
    {
      start_chat: '',
      resume_chat: '',
      deactivate_chat: '',
      get_chat: '',
      send_event: '',
      delete_event: '',
      upload_file: '',
      send_rich_message_postback: '',
      send_sneak_peek: '',
      mark_events_as_seen: '',
      get_customer: '',
      set_customer_session_fields: '',
      list_group_statuses: '',
      update_chat_properties: '',
      update_thread_properties: '',
    },
    'supported',
  ),
  ...oneApi(
    'customer',
    {
      list_chats: noPages,
      list_threads: `${noPages}; min_events_count is read and ignored`,
      update_customer: 'omnichannel and address are kept but not validated',
    },
    'partial',
  ),
  ...oneApi(
    'customer',
    {
      delete_chat_properties: 'not used',
      delete_thread_properties: 'not used',
      update_event_properties: 'not used',
      delete_event_properties: 'not used',
      get_form: 'forms belong to the widget',
      get_predicted_agent: 'needs a websocket login',
      request_welcome_message: 'needs a websocket login',
      request_email_verification: 'not used',
      get_dynamic_configuration: 'belongs to the widget',
      list_license_properties: 'not used',
      list_group_properties: 'not used',
    },
    'missing',
  ),
  ...oneApi(
    'agent',
    {
      get_chat: '',
      start_chat: '',
      resume_chat: '',
      deactivate_chat: '',
      transfer_chat: '',
      add_user_to_chat: '',
      remove_user_from_chat: '',
      send_event: '',
      upload_file: '',
      send_rich_message_postback: '',
      tag_thread: '',
      untag_thread: '',
      update_thread_properties: '',
      mark_events_as_seen: '',
      request_thread_summary: '',
      get_customer: '',
      list_routing_statuses: '',
      set_routing_status: '',
      list_agents_for_transfer: '',
    },
    'supported',
  ),
  ...oneApi(
    'agent',
    {
      list_chats: `${noPages}; filters.properties is read and ignored`,
      list_threads: noPages,
      list_archives: `${noPages}; filters by time, group, thread, chat and customer only, no highlights`,
    },
    'partial',
  ),
  ...oneApi(
    'agent',
    {
      follow_chat: 'websocket only in effect',
      unfollow_chat: 'websocket only in effect',
      send_event_preview: 'not used',
      send_typing_indicator: 'no webhook tells it',
      send_thinking_indicator: 'not used',
      update_customer: 'not used',
      ban_customer: 'use customer(id).isBanned()',
      multicast: 'not used',
    },
    'missing',
  ),
  ...oneApi(
    'configuration',
    {
      register_webhook: '',
      list_webhooks: '',
      unregister_webhook: '',
      list_webhook_names: '',
      get_license_webhooks_state: '',
      enable_license_webhooks: '',
      disable_license_webhooks: '',
      list_groups: '',
      get_group: '',
    },
    'supported',
  ),
  ...oneApi(
    'configuration',
    {
      list_agents: 'awaiting_approval, notifications, email_subscriptions, mobile and last_logout have fixed values',
      get_agent: 'as list_agents',
    },
    'partial',
  ),
  ...oneApi(
    'configuration',
    {
      register_property: 'not used',
      list_properties: 'not used',
      create_bot: 'use agents.add',
      list_bots: 'not used',
      get_bot: 'not used',
      issue_bot_token: 'not used',
      list_tags: 'not used',
      create_tag: 'not used',
      list_channels: 'not used',
    },
    'missing',
  ),
]
