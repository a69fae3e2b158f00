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
  /** Only for upstream `webchat`. Unset: see `hostFillsDefaults`. */
  useHumanAgentInfo?: boolean
  /** Unset: see `hostFillsDefaults`. */
  flowOnHitlStopped?: boolean
}

/** Everything that can be switched while the emulator runs. Where Botpress promises nothing, both answers are possible. */
export type Settings = {
  /** Of every call of the Runtime API. Calls of the integration by the platform do not wait. */
  latency: Latency
  plugin: PluginSettings
  processing: ProcessingSettings
  /** What moves a conversation's `updatedAt`. A tag may be an object with times of its own. */
  movesUpdatedAt: {
    /** Tags written by the integration. */
    integrationTags: boolean
    /** Tags written by the bot or the plugin, e.g. the link of the two conversations. */
    pluginTags: boolean
    /** A new message in the conversation. */
    messages: boolean
  }
  conflicts: ConflictSettings
  /** Seed of everything random: which writes meet a conflict, how much the plugin's calls vary. */
  seed: number
  /** Whether `schedule` delays: on everything, on events alone, or nowhere. */
  schedule: 'honoured' | 'events-only' | 'ignored'
  /** Whether get-or-create writes the given values over what it finds. */
  getOrCreateUpdates: boolean
  /** Whether answers of get-or-create carry `meta.created`. */
  sendsCreated: boolean
  /** When false, two get-or-create calls at about the same time both find nothing and both create. */
  getOrCreateAtomic: boolean
  /** When false, two get-or-set calls at about the same time both find nothing and both write: the last one stays, and
   *  each caller is answered with its own payload. */
  getOrSetAtomic: boolean
  /** How long both take between their look and their write where they are not atomic, in milliseconds. */
  raceWindowMs: number
  /** What `patchState` does with the keys it is not given: keeps them (`merges`), or drops them without any check
   *  (`replaces`). `checks` merges, but only a payload that fits the whole schema by itself. `refuses` refuses every call. */
  patchState: 'merges' | 'replaces' | 'checks' | 'refuses'
  /** Whether getOrCreateMessage looks for its tags in the given conversation only, or in all of the bot's. */
  messageScope: 'conversation' | 'bot'
  /** Whether get-or-create without `discriminateByTags` wants no further tags on what it finds. */
  exactTags: boolean
  /** Milliseconds from a new conversation's `createdAt` to its `updatedAt`: nothing promises that they are equal. */
  creationTakesMs: number
  /** Milliseconds until written tags are found, by lists and by get-or-create: a new object is not found at all before,
   *  a changed one by its former tags. */
  tagLookupLagMs: number
  /** Whether an integration reads the tags and objects of others. */
  integrationSees: 'own' | 'everything'
  /** How payloads and action outputs are held against the declared schemas; `extras-allowed` lets unknown keys pass. */
  payloadChecks: 'strict' | 'extras-allowed' | 'off'
  /** How Studio saves settings and fields of the card's `hitlSession` that nobody filled in. */
  emptySettings: 'absent' | 'empty' | 'null'
  /** Version of the `hitl` interface; only 2.1.0 knows `additionalData`. */
  hitlInterface: '2.0.0' | '2.1.0'
  /** How often each `message_created` is delivered. */
  messageDeliveries: number
  /** Whether the messages of one conversation are delivered one after the other or all at once. */
  messageOrder: 'in-order' | 'at-once'
  /** Whether messages of a conversation may carry the same millisecond. A `messageHistory` holds such newest first. */
  sameMillisecond: boolean
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

type PluginSettings = {
  version: '1.3.0' | '1.4.2'
  config: PluginConfig
  /** Whether the host fills in `useHumanAgentInfo` and `flowOnHitlStopped` where they are unset. If not, unset means off. */
  hostFillsDefaults: boolean
  /** Milliseconds that each runtime call of the plugin takes, and how much more at random. */
  callMs: number
  callJitterMs: number
  /** Milliseconds between the integration's return from `startHitl` and the link of the two conversations. */
  linkDelayMs: number
  /** Milliseconds between the link and `hitlActive: true`. */
  activationDelayMs: number
  /** Whether `webchat:getOrCreateUser` works. Where it fails, an agent's words appear as the bot's. */
  webchatLink: 'works' | 'fails'
}

type ProcessingSettings = {
  /** Milliseconds between the creation of an event and its processing by the bot. */
  eventDelayMs: number
  /** What goes first when several are due. */
  order: 'created' | 'events-first' | 'messages-first'
  /** Whether the hooks of one conversation may overlap. */
  concurrent: boolean
  /** Whether an event waits for the hooks of the conversation that only its payload names. Nothing promises it: the
   *  platform itself knows only the conversation that an event names beside its payload. */
  payloadQueues: boolean
}

/** Writes of the integration (POST, PUT, PATCH, DELETE) that are refused once; the same request passes the next time. */
type ConflictSettings = {
  /** Name of an operation, or a prefix ending in `*`. */
  operation: string
  /** Share of the writes that are refused, 0 to 1. */
  rate: number
  /** Which refusals are possible. `Unavailable` is the 503 of a gateway. */
  kinds: ConflictKind[]
}

export type ConflictKind = 'ResourceLockedConflict' | 'AlreadyExists' | 'Unavailable'

type AnyFunction = (...given: never[]) => unknown
export type DeepPartial<T> = {
  [K in keyof T]?: T[K] extends AnyFunction ? T[K] : T[K] extends object ? DeepPartial<T[K]> : T[K]
}

const LATENCY_SEED = 2

/** What an emulator starts with: the likelier answer of today's service, without any delay. */
export function defaultSettings(): Settings {
  return {
    latency: noLatency(LATENCY_SEED),
    plugin: {
      version: '1.4.2',
      config: {},
      hostFillsDefaults: true,
      callMs: 0,
      callJitterMs: 0,
      linkDelayMs: 0,
      activationDelayMs: 0,
      webchatLink: 'works',
    },
    processing: { eventDelayMs: 0, order: 'created', concurrent: false, payloadQueues: false },
    movesUpdatedAt: { integrationTags: true, pluginTags: true, messages: false },
    conflicts: { operation: '*', rate: 0, kinds: ['ResourceLockedConflict', 'AlreadyExists', 'Unavailable'] },
    seed: 1,
    schedule: 'honoured',
    getOrCreateUpdates: true,
    sendsCreated: true,
    getOrCreateAtomic: true,
    getOrSetAtomic: true,
    raceWindowMs: 20,
    patchState: 'refuses',
    messageScope: 'conversation',
    exactTags: false,
    creationTakesMs: 0,
    tagLookupLagMs: 0,
    integrationSees: 'own',
    payloadChecks: 'strict',
    emptySettings: 'absent',
    hitlInterface: '2.0.0',
    messageDeliveries: 1,
    messageOrder: 'in-order',
    sameMillisecond: false,
    participantsRequired: false,
    pageSize: 20,
    bareWebhookPath: '',
    integrationTimeoutMs: 60_000,
    actionRetryMs: 1_000,
  }
}

/** Delays and overlaps as on the real platform: each call of the plugin takes 60 to 140 ms, and hooks overlap. */
export const REALISTIC: DeepPartial<Settings> = {
  plugin: { callMs: 60, callJitterMs: 80 },
  processing: { eventDelayMs: 50, concurrent: true },
}

/** Writes `changes` over `settings`: each group (`plugin`, `processing` …) key by key, anything else whole. */
export function applySettings(settings: Settings, changes: DeepPartial<Settings>): void {
  const current = settings as unknown as Record<string, unknown>
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) continue
    if (isGroup(current[key]) && isGroup(value)) Object.assign(current[key], value)
    else current[key] = value
  }
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
