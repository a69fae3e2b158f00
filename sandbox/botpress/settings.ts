import { noLatency, type Latency } from '../http/latency'

/** Texts and switches a bot owner gives the HITL plugin. A text `NULL` means "say nothing"; empty or unset means the default. */
export type PluginConfig = {
  onHitlHandoffMessage?: string
  onHumanAgentAssignedMessage?: string
  onHitlStoppedMessage?: string
  /** Goes to the agent's side. */
  onUserHitlCancelledMessage?: string
  /** Goes to the agent's side. */
  onIncompatibleMsgTypeMessage?: string
  onUserHitlCloseMessage?: string
  onAgentAssignedTimeoutMessage?: string
  /** Compared trimmed and in lower case. */
  userHitlCloseCommand?: string
  /** Unset or 0: no timeout. */
  agentAssignedTimeoutSeconds?: number
  /** Only for upstream `webchat`; default true. */
  useHumanAgentInfo?: boolean
  /** Default true. */
  flowOnHitlStopped?: boolean
}

/** Everything that can be switched while the emulator runs. Where Botpress promises nothing, both answers are possible. */
export type Settings = {
  /** Of every call of the Runtime API. Calls of the integration by the platform do not wait. */
  latency: Latency
  plugin: {
    version: '1.3.0' | '1.4.2'
    config: PluginConfig
    /** Milliseconds between the integration's return from `startHitl` and the link of the two conversations. */
    linkDelayMs: number
    /** Milliseconds between the link and `hitlActive: true`. */
    activationDelayMs: number
  }
  processing: {
    /** Milliseconds between the creation of an event and its processing by the bot. */
    eventDelayMs: number
    /** What goes first when several are due. */
    order: 'created' | 'events-first' | 'messages-first'
    /** Whether the hooks of one conversation may overlap. */
    concurrent: boolean
  }
  /** Whether `schedule` delays: on everything, on events alone, or nowhere. */
  schedule: 'honoured' | 'events-only' | 'ignored'
  /** Whether get-or-create writes the given values over what it finds. */
  getOrCreateUpdates: boolean
  /** Whether answers of get-or-create carry `meta.created`. */
  sendsCreated: boolean
  /** When false, two get-or-create calls at about the same time both create. */
  getOrCreateAtomic: boolean
  /** Whether getOrCreateMessage looks for its tags in the given conversation only, or in all of the bot's. */
  messageScope: 'conversation' | 'bot'
  /** Whether get-or-create without `discriminateByTags` wants no further tags on what it finds. */
  exactTags: boolean
  /** Milliseconds from a new conversation's `createdAt` to its `updatedAt`: nothing promises that they are equal. */
  creationTakesMs: number
  /** Milliseconds for which a new object is not found by its tags. */
  tagLookupLagMs: number
  /** Whether an integration reads the tags and objects of others. */
  integrationSees: 'own' | 'everything'
  /** How payloads and action outputs are held against the declared schemas; `extras-allowed` lets unknown keys pass. */
  payloadChecks: 'strict' | 'extras-allowed' | 'off'
  /** Version of the `hitl` interface; only 2.1.0 knows `additionalData`. */
  hitlInterface: '2.0.0' | '2.1.0'
  /** How often each `message_created` is delivered. */
  messageDeliveries: number
  /** Whether the messages of one conversation are delivered one after the other or all at once. */
  messageOrder: 'in-order' | 'at-once'
  /** Whether an author must be a participant of the conversation before a message can be created in the author's name. */
  participantsRequired: boolean
  /** Objects per page of a list, hence the greatest length of a `messageHistory`. */
  pageSize: number
  /** What the integration reads as `req.path` of its webhook's bare address. */
  bareWebhookPath: '' | '/'
  /** Milliseconds the platform waits for the integration. */
  integrationTimeoutMs: number
  /** Milliseconds between the attempts of the bot's client after a lost answer of an action (three more at most). */
  actionRetryMs: number
}

type AnyFunction = (...given: never[]) => unknown
export type DeepPartial<T> = {
  [K in keyof T]?: T[K] extends AnyFunction ? T[K] : T[K] extends object ? DeepPartial<T[K]> : T[K]
}

const LATENCY_SEED = 2

/** What an emulator starts with: the likelier answer of today's service, without any delay. */
export function defaultSettings(): Settings {
  return {
    latency: noLatency(LATENCY_SEED),
    plugin: { version: '1.4.2', config: {}, linkDelayMs: 0, activationDelayMs: 0 },
    processing: { eventDelayMs: 0, order: 'created', concurrent: false },
    schedule: 'honoured',
    getOrCreateUpdates: true,
    sendsCreated: true,
    getOrCreateAtomic: true,
    messageScope: 'conversation',
    exactTags: false,
    creationTakesMs: 0,
    tagLookupLagMs: 0,
    integrationSees: 'own',
    payloadChecks: 'strict',
    hitlInterface: '2.0.0',
    messageDeliveries: 1,
    messageOrder: 'in-order',
    participantsRequired: false,
    pageSize: 20,
    bareWebhookPath: '',
    integrationTimeoutMs: 60_000,
    actionRetryMs: 1_000,
  }
}

/** Writes `changes` over `settings`, one level down for `latency`, `plugin` and `processing`. */
export function applySettings(settings: Settings, changes: DeepPartial<Settings>): void {
  const { latency, plugin, processing, ...rest } = changes
  Object.assign(settings, rest)
  Object.assign(settings.latency, latency)
  Object.assign(settings.plugin, plugin)
  Object.assign(settings.processing, processing)
}
