import { noLatency, type Latency } from '../../http/latency'

/** What is answered about a chat, thread or event that is not there: the documents do not say it. */
export type UnknownError =
  'not_found' | 'validation' | 'authorization' | 'chat_inactive' | 'chat_anonymized' | 'license_not_found'

/** Fields that a customer's `update_customer` takes. */
export type ProfileField = 'name' | 'email' | 'avatar' | 'session_fields' | 'omnichannel' | 'address'

/** What the draws of a delivery may go by. `id`: its number in the order of all deliveries. */
export type Drawn = { id: number; action: string; envelope: object }

const byNumber = ({ id }: Drawn) => String(id)

/**
 * How the emulated account behaves: what an administrator can set, and one switch for each question that LiveChat's
 * documents leave open. Each switch names its default with the reason. Change fields at any time; `livechat.reset()`
 * restores the defaults and the start options.
 */
export type Settings = {
  /** Of every call but downloads of files. Webhooks do not wait. */
  latency: Latency
  accounts: {
    /** How many tokens of one client and customer live at once; one more silently revokes the oldest. Default 25, as documented. */
    maxLiveTokens: number
    /**
     * `true`: every token call gives a new `__lc_cst`. Default `false`: the official sample keeps the first value for ever,
     * and that works.
     */
    rotateCookieSecret: boolean
    /** Does a new `__lc_cst` make the older ones useless? Default `false`, for the same reason. */
    oldSecretsDie: boolean
    /** `false`: a successful token answer carries no `Set-Cookie`. Default `true`: the official sample reads it from each. */
    sendCookies: boolean
    /**
     * What replayed cookies do: give the identity back (default, as documented), be refused with 401, or be ignored, which makes
     * a new identity.
     */
    cookies: 'accept' | 'refuse' | 'ignore'
  }
  region: {
    /** Data centre of the organization, and prefix of every token made from now on. Default `dal`, as LiveChat's. */
    name: 'dal' | 'fra'
    /** What follows the name in the prefix of a token. Default none: most samples print `dal:` and `fra:`, new ones `fra-a:`. */
    suffix: '' | '-a' | '-b'
    /**
     * `true`: calls without a matching `X-Region` get `misdirected_request`; no header stands for `dal`. Default `false`: the
     * documents no longer ask for the header.
     */
    strict: boolean
    /**
     * Which `X-Region` names a region whose tokens carry a suffix: the plain name, the name with its suffix, or either.
     * `misdirected_request` names the one that is taken. Default `either`: no document decides.
     */
    header: 'plain' | 'suffixed' | 'either'
  }
  requests: {
    /** Fields that no request table lists. Default `refuse`: what we send is then checked against the documents. */
    unknownFields: 'refuse' | 'ignore'
    /**
     * Scopes of `list_routing_statuses`. `each-kind` (default, the plainer reading of "to list statuses of bots"): people
     * are listed with `agents--all:ro`, bots with `agents-bot--all:ro`. `both`: a token that lacks one is refused.
     */
    routingStatusScopes: 'each-kind' | 'both'
  }
  routing: {
    /** `true`: the router assigns an available agent at the start. Default `false`: chats wait until a test picks them up. */
    autoAssign: boolean
    /** Greeting that LiveChat writes in the name of the agent assigned at the start; absent: none. */
    welcomeMessage?: string
    /** `false`: a chat that nobody can take is refused or left unassigned, never queued. Default `true`: most plans queue. */
    queueEnabled: boolean
  }
  chats: {
    /**
     * The Customer API's error type for an unknown or deleted chat, thread or event. Default `not_found`, the type of
     * the Agent API, although the Customer API's published list lacks it.
     */
    unknownError: UnknownError
    /** The Customer API's error type for somebody else's chat. Default `authorization`, as seen in the Agent API. */
    foreignError: UnknownError
    /** The Agent API's error type for an unknown or deleted chat or thread. Default `not_found`: its list has that type. */
    unknownErrorForAgents: 'not_found' | 'missing_access' | 'authorization' | 'validation'
    /**
     * The error type of a second chat. Default `chat_limit_reached`, which the Customer SDK knows; the published list has only
     * `limit_reached`.
     */
    secondChatError: 'chat_limit_reached' | 'limit_reached'
    /**
     * What is left of an anonymized chat: nothing, the customer's one chat (default: the harder case that hides), or that and
     * a row in `list_chats`.
     */
    anonymizedChats: 'gone' | 'counted' | 'listed'
    /** What becomes of `chat.properties` given at the start by a customer. Default `accept`: the request table lists them. */
    initialChatProperties: 'accept' | 'validation' | 'authorization'
    /** What becomes of `chat.thread.properties` given at the start by a customer. Default `accept`, for the same reason. */
    initialThreadProperties: 'accept' | 'validation' | 'authorization'
    /** What becomes of a customer's own `system_message`. Default `accept`: the request table and the SDK have it. */
    customerSystemMessages: 'accept' | 'validation'
    /** Do own system messages count as user-generated, so that `event_ids` contains them? Default `false`: the shorter list. */
    systemMessagesInEventIds: boolean
    /**
     * The form of LiveChat's own grey lines, end reasons included. Default `system_message`, as today; `system` events
     * with `source`, `subtype` and `details` are announced as their replacement.
     */
    systemEvents: 'system_message' | 'system'
    /** What `tag_thread` does with a name that none of the chat's groups has. Default `accept`: no rule is documented. */
    unknownTags: 'accept' | 'validation'
    /** Error type when the token's groups do not reach the chat. Default `missing_access`, after its published meaning. */
    noAccessError: 'missing_access' | 'authorization'
    /** May a chat have more than one agent with visibility `all`? Default `false`: LiveChat enables it on request only. */
    severalPublicAgents: boolean
    /**
     * What becomes of summaries. `ok` (default): each asked-for one succeeds. `error`: its status is `error`. `never`: the
     * request is accepted and nothing follows. `automatic`: every closed thread is summarized without a request.
     */
    summaries: 'ok' | 'error' | 'never' | 'automatic'
    /** Milliseconds from the request to the summary; LiveChat: seconds up to a minute. Default 0: tests wait for nothing. */
    summaryDelayMs: number
    /** `thread.summary` as documented (`text`, default) or as seen in the wild: `content` with title and bullets. */
    summaryForm: 'text' | 'content'
  }
  customers: {
    /** Error type of `update_customer` and `set_customer_session_fields` when a field is given. Default: none is refused. */
    refusedFields: Partial<
      Record<ProfileField, 'validation' | 'authorization' | 'customer_session_fields_limit_reached'>
    >
  }
  desk: {
    /**
     * Do agents have a note field in chats of customers who came through the API? Default `true`; the vendor says that
     * there is none for "custom widgets", and not whether such a customer counts.
     */
    privateNotes: boolean
    /** `false`: users of chats and webhooks show agents without a name. Default `true`, as documented. */
    agentNames: boolean
    /** `false`: agents are shown without an avatar. Default `true`. */
    agentAvatars: boolean
    /** `false`: `work_scheduler` is missing from answers that asked for it. Default `true`: the field is documented. */
    workSchedulers: boolean
  }
  webhooks: {
    /** Milliseconds until an attempt counts as failed; LiveChat: about 10 000. */
    timeoutMs: number
    /** Pauses before the retries, so also their number; LiveChat: three within about a minute. */
    retryDelaysMs: number[]
    /** Multiplies `retryDelaysMs`. */
    timeScale: number
    /** Milliseconds until a new registration gets deliveries; LiveChat: up to 120 000. Default 0: tests wait for nothing. */
    propagationDelayMs: number
    /** Overrides the payload version of every registration. Default none: the version of the registering call counts. */
    payloadVersion?: '3.5' | '3.6'
    /**
     * When webhooks are sent: once the causing call was answered (default: what a test asks for then comes after it), or
     * while it is still under way. LiveChat promises neither.
     */
    leave: 'after-answer' | 'at-once'
    /**
     * Each delivery waits this long first, drawn by `seed`, so that deliveries overtake. Default none: quick tests. `skew`: 1
     * (default) spreads evenly; the greater, the fewer are late, e.g. one of five later than a quarter of `max` with 6.
     */
    delayMs: { min: number; max: number; skew?: number }
    /** Chance from 0 to 1 of each further copy of a delivery, two at most, by `seed`. Default 0: LiveChat promises nothing. */
    duplicateRate: number
    /** Decides delays and copies: the same seed gives the same ones for the same order of events. */
    seed: number
    /** What the draws of a delivery go by beside the seed. Default: its number in the order of all deliveries. */
    drawnBy: (delivery: Drawn) => string
    /**
     * Which webhooks carry `additional_data`. `documented` (default): all but `chat_transferred` and `thread_summary_set`,
     * whose samples never have it. `everywhere`: all that asked for it. `never`: none.
     */
    additionalData: 'documented' | 'everywhere' | 'never'
    /** Are the initial events inside `incoming_chat`? Default `true`, as documented. */
    initialEventsInIncomingChat: boolean
    /** Do the initial events come as `incoming_event` too? Default `false`: the documents put them into `incoming_chat`. */
    initialEventsAlsoIncoming: boolean
    /**
     * What the filter `author_type: "agent"` lets through besides human agents' and bots' words. Default: all that an agent
     * wrote, and no system messages, which nobody wrote.
     */
    authorTypeAgent: { tokenEchoes: boolean; systemMessages: boolean; notes: boolean; welcome: boolean }
    /** Is `thread.queue` in `incoming_chat`? Default `true`: it is a field of the thread. */
    queueInIncomingChat: boolean
    /** Are changed queue positions published as thread properties `lc2.queue_pos`? Default `false`: no longer documented. */
    queuePositionsAsProperties: boolean
    /** Fields that `chat_deactivated` lacks. Default none; without `user_id` an agent's close looks like the router's. */
    deactivatedWithout: readonly ('user_id' | 'thread_id')[]
  }
}

const LATENCY_SEED = 1

export function defaultSettings(): Settings {
  return {
    latency: noLatency(LATENCY_SEED),
    accounts: {
      maxLiveTokens: 25,
      rotateCookieSecret: false,
      oldSecretsDie: false,
      sendCookies: true,
      cookies: 'accept',
    },
    region: { name: 'dal', suffix: '', strict: false, header: 'either' },
    requests: { unknownFields: 'refuse', routingStatusScopes: 'each-kind' },
    routing: { autoAssign: false, queueEnabled: true },
    chats: {
      unknownError: 'not_found',
      foreignError: 'authorization',
      unknownErrorForAgents: 'not_found',
      secondChatError: 'chat_limit_reached',
      anonymizedChats: 'counted',
      initialChatProperties: 'accept',
      initialThreadProperties: 'accept',
      customerSystemMessages: 'accept',
      systemMessagesInEventIds: false,
      systemEvents: 'system_message',
      unknownTags: 'accept',
      noAccessError: 'missing_access',
      severalPublicAgents: false,
      summaries: 'ok',
      summaryDelayMs: 0,
      summaryForm: 'text',
    },
    customers: { refusedFields: {} },
    desk: { privateNotes: true, agentNames: true, agentAvatars: true, workSchedulers: true },
    webhooks: {
      timeoutMs: 10_000,
      retryDelaysMs: [5_000, 15_000, 30_000],
      timeScale: 1,
      propagationDelayMs: 0,
      leave: 'after-answer',
      delayMs: { min: 0, max: 0 },
      duplicateRate: 0,
      seed: 1,
      drawnBy: byNumber,
      additionalData: 'documented',
      initialEventsInIncomingChat: true,
      initialEventsAlsoIncoming: false,
      authorTypeAgent: { tokenEchoes: true, systemMessages: false, notes: true, welcome: true },
      queueInIncomingChat: true,
      queuePositionsAsProperties: false,
      deactivatedWithout: [],
    },
  }
}

/** Each group of settings may be given in part. */
export type SettingsPatch = { [Section in keyof Settings]?: Partial<Settings[Section]> }

/** Brings `settings` back to the defaults plus `patch`, in place: whoever holds the object sees the change. */
export function restore(settings: Settings, patch: SettingsPatch = {}): void {
  const fresh = defaultSettings()
  const sections = Object.keys(fresh) as (keyof Settings)[]
  for (const name of sections) Object.assign(settings, { [name]: { ...fresh[name], ...patch[name] } })
}
