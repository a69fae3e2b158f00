import type { SettingsPatch } from '../sandbox/livechat'

/** One thing that LiveChat's documents leave open, answered another way than the emulator answers it by default. */
type LiveChatMode = {
  /** `<unknown>: <answer>`. */
  name: string
  settings: SettingsPatch
}

const UNKNOWN_ERRORS = [
  'not_found',
  'validation',
  'authorization',
  'chat_inactive',
  'chat_anonymized',
  'license_not_found',
] as const

/**
 * Every answer but the default one, each alone: what a flow promises holds in all of them. Faults, and what an
 * administrator or a plan decides, are no modes.
 */
export const LIVECHAT_MODES: readonly LiveChatMode[] = [
  ...UNKNOWN_ERRORS.filter((type) => type !== 'not_found').map((type) => ({
    name: `an unknown or deleted chat: ${type}`,
    settings: { chats: { unknownError: type } },
  })),
  ...UNKNOWN_ERRORS.filter((type) => type !== 'authorization').map((type) => ({
    name: `somebody else's chat: ${type}`,
    settings: { chats: { foreignError: type } },
  })),
  ...(['missing_access', 'authorization', 'validation'] as const).map((type) => ({
    name: `an unknown chat in the Agent API: ${type}`,
    settings: { chats: { unknownErrorForAgents: type } },
  })),
  { name: 'a chat out of reach: authorization', settings: { chats: { noAccessError: 'authorization' } } },
  { name: 'a second chat: limit_reached', settings: { chats: { secondChatError: 'limit_reached' } } },
  { name: 'an anonymized chat: gone', settings: { chats: { anonymizedChats: 'gone' } } },
  { name: 'an anonymized chat: listed', settings: { chats: { anonymizedChats: 'listed' } } },
  ...(['validation', 'authorization'] as const).flatMap((type) => [
    { name: `chat properties at the start: ${type}`, settings: { chats: { initialChatProperties: type } } },
    { name: `thread properties at the start: ${type}`, settings: { chats: { initialThreadProperties: type } } },
  ]),
  { name: "a customer's system_message: validation", settings: { chats: { customerSystemMessages: 'validation' } } },
  { name: 'own system messages in event_ids: yes', settings: { chats: { systemMessagesInEventIds: true } } },
  { name: "LiveChat's grey lines: system events", settings: { chats: { systemEvents: 'system' } } },
  { name: 'an unknown tag: validation', settings: { chats: { unknownTags: 'validation' } } },
  { name: 'several public agents: allowed', settings: { chats: { severalPublicAgents: true } } },
  ...(['error', 'never', 'automatic'] as const).map((summaries) => ({
    name: `summaries: ${summaries}`,
    settings: { chats: { summaries } },
  })),
  { name: 'the form of a summary: content', settings: { chats: { summaryForm: 'content' } } },
  { name: 'the cookie secret: a new one with each token', settings: { accounts: { rotateCookieSecret: true } } },
  { name: 'the cookies of a token: none', settings: { accounts: { sendCookies: false } } },
  { name: 'replayed cookies: ignored', settings: { accounts: { cookies: 'ignore' } } },
  { name: 'replayed cookies: refused', settings: { accounts: { cookies: 'refuse' } } },
  { name: 'the region: fra, strict', settings: { region: { name: 'fra', strict: true } } },
  ...(['plain', 'suffixed', 'either'] as const).map((header) => ({
    name: `the region: fra with tokens of fra-a, X-Region ${header}`,
    settings: { region: { name: 'fra' as const, suffix: '-a' as const, strict: true, header } },
  })),
  { name: 'unknown fields of a request: ignored', settings: { requests: { unknownFields: 'ignore' } } },
  { name: 'scopes of list_routing_statuses: both', settings: { requests: { routingStatusScopes: 'both' } } },
  ...(['name', 'email', 'avatar', 'session_fields'] as const).map((field) => ({
    name: `update_customer with ${field}: refused`,
    settings: { customers: { refusedFields: { [field]: 'validation' as const } } },
  })),
  { name: 'private notes: no field for them', settings: { desk: { privateNotes: false } } },
  { name: 'names of agents: missing', settings: { desk: { agentNames: false } } },
  { name: 'pictures of agents: missing', settings: { desk: { agentAvatars: false } } },
  { name: 'work schedulers: missing', settings: { desk: { workSchedulers: false } } },
  { name: 'webhooks leave: before the answer', settings: { webhooks: { leave: 'at-once' } } },
  { name: 'webhooks come: in any order', settings: { webhooks: { delayMs: { min: 0, max: 400 } } } },
  { name: 'webhooks come: once, twice or three times', settings: { webhooks: { duplicateRate: 0.3 } } },
  { name: 'additional data: everywhere', settings: { webhooks: { additionalData: 'everywhere' } } },
  { name: 'additional data: never', settings: { webhooks: { additionalData: 'never' } } },
  { name: 'payloads: those of 3.5', settings: { webhooks: { payloadVersion: '3.5' } } },
  {
    name: 'initial events: inside incoming_chat and as incoming_event',
    settings: { webhooks: { initialEventsAlsoIncoming: true } },
  },
  {
    name: 'initial events: as incoming_event only',
    settings: { webhooks: { initialEventsInIncomingChat: false, initialEventsAlsoIncoming: true } },
  },
  {
    name: 'author_type agent: lets system messages through',
    settings: {
      webhooks: { authorTypeAgent: { tokenEchoes: true, systemMessages: true, notes: true, welcome: true } },
    },
  },
  {
    name: 'author_type agent: lets human words through only',
    settings: {
      webhooks: { authorTypeAgent: { tokenEchoes: false, systemMessages: false, notes: false, welcome: false } },
    },
  },
  { name: 'the queue in incoming_chat: missing', settings: { webhooks: { queueInIncomingChat: false } } },
  { name: 'moved queue places: as thread properties', settings: { webhooks: { queuePositionsAsProperties: true } } },
  { name: 'chat_deactivated: without user_id', settings: { webhooks: { deactivatedWithout: ['user_id'] } } },
  { name: 'chat_deactivated: without thread_id', settings: { webhooks: { deactivatedWithout: ['thread_id'] } } },
]
