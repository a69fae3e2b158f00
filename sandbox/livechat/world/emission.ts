import type { Chat } from './model'

/** Actions that the emulator sends; `webhooks/actions.ts` has those that can be registered. */
export const SENT_ACTIONS = [
  'incoming_chat',
  'incoming_event',
  'event_updated',
  'event_deleted',
  'chat_deactivated',
  'chat_transferred',
  'chat_access_updated',
  'user_added_to_chat',
  'user_removed_from_chat',
  'incoming_rich_message_postback',
  'chat_properties_updated',
  'thread_properties_updated',
  'thread_tagged',
  'thread_untagged',
  'thread_summary_set',
  'events_marked_as_seen',
  'routing_status_set',
] as const

type SentAction = (typeof SENT_ACTIONS)[number]

export type PayloadVersion = '3.5' | '3.6'

/** Something that happened and may interest registrations. */
export type Emission = {
  action: SentAction
  payload: (version: PayloadVersion) => unknown
  chat?: Chat
  /** Client id of the app that caused it; absent for the router and the system. */
  sourceClientId?: string
  /** Set for `incoming_event` and `event_updated`: who wrote the event, and what is special about it. */
  written?: { by: 'customer' | 'agent' | 'system'; tokenEcho: boolean; note: boolean; welcome: boolean }
  /** Set for `routing_status_set`. */
  agentId?: string
}
