import * as z from 'zod/mini'
import type { Agent, ChatSummary, CustomerToken, Group, GroupStatus, RegisteredWebhook, RoutingStatus } from './api'
import { AgentId, ChatId, CustomerId, EventId, ThreadId } from './ids'
import { fitting, maybe, rowsOf, withScheme } from './shape'

// What the methods answer. Fields beyond the ones we use pass unread.

const text = maybe(z.string())

/** Methods "without response payload" answer `{}`, an empty body or, in samples, anything: all of it is fine. */
export const Nothing = z.pipe(
  z.unknown(),
  z.transform(() => undefined),
)

export const Started = z.object({ chat_id: ChatId, thread_id: ThreadId })
export const Resumed = z.object({ thread_id: ThreadId })
export const Sent = z.object({ event_id: EventId })
export const UploadedRow = z.object({ url: z.string().check(z.minLength(1)) })

const SummaryRow = z.pipe(
  z.object({
    id: ChatId,
    active: maybe(z.boolean()),
    last_thread_id: maybe(ThreadId),
    last_thread_summary: maybe(z.object({ id: maybe(ThreadId), active: maybe(z.boolean()) })),
  }),
  z.transform(({ id, active, last_thread_id, last_thread_summary: last }): ChatSummary => ({
    chatId: id,
    active: active ?? last?.active ?? false,
    lastThreadId: last_thread_id ?? last?.id,
  })),
)

/** 3.7 renames `chats_summary` to `chats_info`. */
export const ChatList = z.pipe(
  z.union([z.object({ chats_summary: z.array(z.unknown()) }), z.object({ chats_info: z.array(z.unknown()) })]),
  z.transform((body) => fitting(SummaryRow, 'chats_summary' in body ? body.chats_summary : body.chats_info)),
)

/**
 * The official SDK counts every status except `offline` as available [livechat.md: Availability and queue], so an
 * unknown one is online.
 */
export const GroupStatuses = z.pipe(
  z.object({ groups_status: z.record(z.string(), z.string()) }),
  z.transform(({ groups_status }) => {
    const known = (status: string): GroupStatus =>
      status === 'offline' || status === 'online_for_queue' ? status : 'online'
    return new Map(Object.entries(groups_status).map(([groupId, status]) => [Number(groupId), known(status)]))
  }),
)

/** The webhook spells statuses with spaces, the method with underscores. */
const RoutingStatusRow = z.pipe(
  z.object({ agent_id: AgentId, status: z.string() }),
  z.transform(({ agent_id, status }): RoutingStatus => ({ agentId: agent_id, status: status.replaceAll(' ', '_') })),
)
export const RoutingStatuses = rowsOf(RoutingStatusRow)

export const TokenShape = z.pipe(
  z.object({ access_token: z.string().check(z.minLength(1)), entity_id: CustomerId, expires_in: maybe(z.number()) }),
  z.transform(({ access_token, entity_id, expires_in }): CustomerToken => ({
    accessToken: access_token,
    customerId: entity_id,
    expiresInSeconds: expires_in ?? DEFAULT_TOKEN_LIFETIME_S,
  })),
)
/** What a customer token lives when the answer does not say it: 8 hours [livechat.md: Customer token]. */
const DEFAULT_TOKEN_LIFETIME_S = 28_800

export const OrganizationShape = z.pipe(
  z.object({ organization_id: z.string(), name: text }),
  z.transform(({ organization_id, name }) => ({ organizationId: organization_id, name })),
)

export const AccountShape = z.pipe(
  z.object({ account_id: z.string(), email: text, name: text }),
  z.transform(({ account_id, ...account }) => ({ accountId: account_id, ...account })),
)

export const WebhookId = z.object({ id: z.string().check(z.minLength(1)) })

const WebhookRow = z.pipe(
  z.object({
    id: z.string(),
    action: z.string(),
    url: z.string(),
    description: text,
    filters: maybe(z.record(z.string(), z.unknown())),
    type: text,
  }),
  z.transform((webhook): RegisteredWebhook => webhook),
)
export const Webhooks = rowsOf(WebhookRow)

export const WebhooksState = z.pipe(
  z.object({ license_webhooks_enabled: z.boolean() }),
  z.transform(({ license_webhooks_enabled }) => ({ enabled: license_webhooks_enabled })),
)

export const GroupShape = z.pipe(
  z.object({
    id: z.number(),
    name: text,
    language_code: text,
    routing_status: text,
    agent_priorities: maybe(z.record(z.string(), z.string())),
  }),
  z.transform((group): Group => ({
    id: group.id,
    name: group.name,
    languageCode: group.language_code,
    routingStatus: group.routing_status,
    agentPriorities: group.agent_priorities,
  })),
)
export const Groups = rowsOf(GroupShape)

/** Configuration API, create_agent. An agent without a schedule may show an empty object. */
const WorkSchedulerShape = maybe(
  z.pipe(
    z.object({
      timezone: maybe(z.string()),
      schedule: rowsOf(z.object({ day: z.string(), enabled: z.boolean(), start: z.string(), end: z.string() })),
    }),
    z.transform(({ timezone = '', schedule }) => ({ timezone, shifts: schedule })),
  ),
)

/** The picture is `avatar` in one sample and `avatar_path` in the other [livechat.md: Ids of people]. */
const AgentRow = z.pipe(
  z.object({
    id: AgentId,
    account_id: text,
    name: text,
    role: text,
    avatar: text,
    avatar_path: text,
    suspended: maybe(z.boolean()),
    work_scheduler: WorkSchedulerShape,
  }),
  z.transform(({ account_id, avatar, avatar_path, work_scheduler, ...agent }): Agent => ({
    ...agent,
    ...(work_scheduler && { workScheduler: work_scheduler }),
    accountId: account_id,
    avatar: withScheme(avatar ?? avatar_path),
  })),
)
export const AgentRows = rowsOf(AgentRow)
