import { z } from 'zod'
import * as events from '../requests/event-schemas'
import { chatRequest, groupIds, id, limit, modes, paged, sortOrder, visibility } from '../requests/schemas'

/** Request bodies of the Agent Chat API; anything else is refused as `validation`. */

const agentTemplate = z.enum([...events.templates, 'ecommerce'])

/** What an agent may put into the initial events: everybody sees them, so no `visibility` ("Start chat"). */
const agentInitialEvent = z.discriminatedUnion('type', [
  z.strictObject(events.message),
  z.strictObject(events.file),
  z.strictObject({ ...events.richMessage, template_id: agentTemplate }),
  z.strictObject(events.custom),
  z.strictObject(events.filledForm),
  z.strictObject(events.form),
  z.strictObject(events.systemMessage),
])

const seen = { visibility: visibility.optional() }

/** What an agent may send. */
const agentEvent = z.discriminatedUnion('type', [
  z.strictObject({ ...events.message, ...seen }),
  z.strictObject({ ...events.file, ...seen }),
  z.strictObject({ ...events.richMessage, ...seen, template_id: agentTemplate }),
  z.strictObject({ ...events.custom, ...seen }),
  z.strictObject({ ...events.filledForm, ...seen }),
  z.strictObject({ ...events.form, ...seen }),
  z.strictObject({ ...events.systemMessage, ...seen }),
])

const users = z
  .array(z.strictObject({ id, type: z.enum(['agent', 'customer']) }))
  .refine((given) => given.filter(({ type }) => type === 'customer').length <= 1, 'at most one customer')
  .refine((given) => given.filter(({ type }) => type === 'agent').length <= 4, 'at most four further agents')
  .optional()

export const start = z.strictObject({ chat: chatRequest(agentInitialEvent, { users }).optional(), ...modes })
export const resume = z.strictObject({ chat: chatRequest(agentInitialEvent, { id, users }), ...modes })

const time = z.iso.datetime({ offset: true }).optional()
const listFilters = {
  include_chats_without_threads: z.boolean().optional(),
  group_ids: groupIds.optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
}
/** 3.6 renamed `include_active` to `active` and changed its meaning (changelog of the Agent Chat API). */
export const listChats = {
  '3.5': paged({
    filters: z.strictObject({ ...listFilters, include_active: z.boolean().optional() }).optional(),
    limit: limit(100),
    sort_order: sortOrder,
  }),
  '3.6': paged({
    filters: z.strictObject({ ...listFilters, active: z.boolean().nullable().optional() }).optional(),
    limit: limit(100),
    sort_order: sortOrder,
  }),
}

/** `limit` and `filters` exclude `min_events_count`. */
export const listThreads = paged({
  chat_id: id,
  sort_order: sortOrder,
  limit: limit(100),
  min_events_count: limit(100),
  filters: z.strictObject({ from: time, to: time }).optional(),
}).refine(
  ({ min_events_count, limit, filters }) => min_events_count === undefined || !(limit ?? filters),
  '`min_events_count` excludes `limit` and `filters`',
)

const archiveFilters = {
  from: time,
  to: time,
  group_ids: groupIds.optional(),
  thread_ids: z.array(id).min(1).max(20).optional(),
}

function archives<Filters extends z.ZodRawShape>(filters: Filters) {
  return paged({
    filters: z
      .strictObject(filters)
      .refine(
        (given) => !('thread_ids' in given) || Object.keys(given).length === 1,
        '`thread_ids` excludes the others',
      )
      .optional(),
    limit: limit(100),
    sort_order: sortOrder,
  })
}

export const listArchives = {
  '3.5': archives(archiveFilters),
  '3.6': archives({
    ...archiveFilters,
    customer_id: id.optional(),
    customer_email: z.string().optional(),
    chat_ids: z.array(id).min(1).max(1000).optional(),
  }),
}

export const sendEvent = z.strictObject({ chat_id: id, event: agentEvent })
export const deactivate = z.strictObject({ id, ignore_requester_presence: z.boolean().optional() })

const ids = z.union([z.array(z.int()).min(1), z.array(z.string()).min(1)])
export const transferChat = z.strictObject({
  id,
  target: z.strictObject({ type: z.enum(['group', 'agent']), ids }).optional(),
  ignore_agents_availability: z.boolean().optional(),
  ignore_requester_presence: z.boolean().optional(),
})
export const tagThread = z.strictObject({ chat_id: id, thread_id: id, tag: z.string().min(1) })
export const addUser = z.strictObject({
  chat_id: id,
  user_id: id,
  user_type: z.enum(['agent', 'customer']),
  visibility,
  ignore_requester_presence: z.boolean().optional(),
})
export const removeUser = z.strictObject({
  chat_id: id,
  user_id: id,
  user_type: z.literal('agent'),
  ignore_requester_presence: z.boolean().optional(),
})
export const listRoutingStatuses = z.strictObject({
  filters: z.strictObject({ group_ids: z.array(z.int()).optional() }).optional(),
})
export const setRoutingStatus = z.strictObject({
  status: z.enum(['accepting_chats', 'not_accepting_chats', 'offline']),
  agent_id: id.optional(),
})
export const chatAndOneThread = z.strictObject({ chat_id: id, thread_id: id })
export const onlyChatId = z.strictObject({ chat_id: id })
