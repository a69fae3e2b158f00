/** What the emulator keeps. Records that go over the wire (events, threads, access) keep the vendor's casing. */

export type PropertyValue = string | number | boolean
export type Properties = Record<string, Record<string, PropertyValue>>
export type Access = { group_ids: number[] }
export type Visibility = 'all' | 'agents'

type Button = {
  text?: string
  type?: string
  value?: string
  postback_id?: string
  user_ids?: string[]
  webview_height?: string
  target?: string
  role?: string
}
export type RichElement = {
  title?: string
  subtitle?: string
  image?: { url: string; name?: string; content_type?: string; alternative_text?: string }
  buttons?: Button[]
}

/** What an event says; which fields are there depends on its type. */
type EventContent = {
  type: string
  custom_id?: string
  properties?: Properties
  text?: string
  url?: string
  name?: string
  content_type?: string
  template_id?: string
  elements?: RichElement[]
  system_message_type?: string
  text_vars?: Record<string, unknown>
  postback?: { id: string; thread_id: string; event_id: string; type?: string; value?: string }
  [further: string]: unknown
}

/** One event of a thread, as the Agent API and the webhooks show it. */
export type ChatEvent = EventContent & {
  id: string
  created_at: string
  visibility: Visibility
  /** Absent on system messages. */
  author_id?: string
  deleted?: boolean
}

/** What somebody sends: the event before the server gives it an id, a time and an author. */
export type NewEvent = EventContent & { visibility?: Visibility; recipients?: string }

export type Queue = { position: number; wait_time: number; queued_at: string }

/** What LiveChat made of a closed thread, in the documented form. */
export type Summary = { status: 'ok' | 'error'; text: string; updated_at: string }

export type Thread = {
  id: string
  active: boolean
  created_at: string
  user_ids: string[]
  events: ChatEvent[]
  properties: Properties
  access: Access
  tags: string[]
  queue?: Queue
  previous_thread_id?: string
  next_thread_id?: string
  summary?: Summary
}

export type Member = {
  id: string
  type: 'agent' | 'customer'
  present: boolean
  events_seen_up_to: string
  visibility: Visibility
}

export type Chat = {
  id: string
  customerId?: string
  users: Member[]
  properties: Properties
  access: Access
  threads: Thread[]
  anonymized: boolean
  /** What the customer is typing right now, as the last `send_sneak_peek` told. */
  sneakPeek?: string
  /** Threads started with the write-only property `routing.ignore_bots`: never shown in `properties`. */
  ignoreBotsIn: Set<string>
  /** Closed threads whose summary was asked for, or comes by itself: no second one is made. */
  summarized: Set<string>
}

export type RoutingStatus = 'accepting_chats' | 'not_accepting_chats' | 'offline'

export type WorkScheduler = {
  /** IANA name; empty: that of the agent, which is not told. */
  timezone: string
  /** A day may have several rows. Times are `HH:MM`. */
  schedule: { day: Weekday; enabled: boolean; start: string; end: string }[]
}
export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'

/** Who of a group gets chats before whom; supervisors get none from the router. */
export type Priority = 'first' | 'normal' | 'last' | 'supervisor'

/** A human agent (id: login e-mail) or a bot (id: 32 hex digits). */
export type Agent = {
  id: string
  accountId: string
  name: string
  role: 'owner' | 'viceowner' | 'administrator' | 'normal'
  groups: number[]
  /** The agent's priority in a group where it is not `normal`, by the group's id. */
  priorities?: Readonly<Record<number, Priority>>
  status: RoutingStatus
  /** Above this number of active chats new ones are queued. */
  maxChats: number
  bot: boolean
  /** May lack its scheme, as LiveChat's own do at times. */
  avatar?: string
  jobTitle?: string
  /** Working hours as an administrator set them; they are a plan, the status is something else. */
  workScheduler?: WorkScheduler
  /** The app that owns a bot. */
  ownerClientId?: string
  suspended?: boolean
}

export type Group = { id: number; name: string; languageCode: string; tags: string[] }

export type Customer = {
  id: string
  createdAt: string
  name?: string
  email?: string
  avatar?: string
  sessionFields: Record<string, string>[]
  banned: boolean
  /** Every `__lc_cst` that is still valid for this identity, the newest last. */
  cookieSecrets: string[]
  /** The app whose token created the identity. */
  clientId: string
}

export type CustomerToken = { token: string; customerId: string; clientId: string; expiresAt: number }

/** A personal access token; it acts as the agent who made it. */
export type PersonalAccessToken = { agentId: string; accountId: string; secret: string; scopes: string[] }

/** An app of the Developer Console. */
export type App = {
  clientId: string
  organizationId: string
  /** The whitelist of the Authorization block ("Redirect URIs"). */
  redirectUris: string[]
  /** Webhooks flow only where the app is installed. */
  installed: boolean
  webhooksEnabled: boolean
}

export type WebhookFilters = {
  author_type?: 'customer' | 'agent'
  only_my_chats?: boolean
  chat_presence?: { user_ids?: { values?: string[]; exclude_values?: string[] }; my_bots?: boolean }
  source_type?: ('my_client' | 'other_clients' | 'system')[]
  agent_ids?: { values?: string[]; exclude_values?: string[] }
}

export type WebhookRegistration = {
  id: string
  action: string
  url: string
  secret_key: string
  owner_client_id: string
  type: 'license' | 'bot'
  description?: string
  filters?: WebhookFilters
  additional_data?: ('chat_properties' | 'chat_presence_user_ids')[]
  /** Version of the payloads it gets: that of the URL it was registered with. */
  version: '3.5' | '3.6'
  /** Milliseconds since the epoch from which on it gets deliveries (propagation takes up to two minutes in reality). */
  activeFrom: number
}

/** A call that told something of a person to a region that is not the organization's. */
export type Misdirected = {
  operation: string
  /** The region that the call went to: its `X-Region`, or `dal` without one. */
  region: string
  /** Names of the fields that held it, such as `name`, `email`, `text` or `file`. */
  fields: string[]
  /** Was the call answered `misdirected_request`, so that it had to be repeated? */
  refused: boolean
}

export type StoredFile = {
  bytes: Uint8Array
  name: string
  contentType: string
  /** Path on the emulator's CDN while the file has not been used in an event. */
  temporaryPath: string
  permanentPath: string
  uploadedAt: number
  used: boolean
}

/** Who causes something. `clientId` is what `properties.source.client_id` of an event shows. */
export type Actor =
  | { kind: 'customer'; id: string; clientId: string }
  | { kind: 'agent'; id: string; clientId: string }
  | { kind: 'router' }
