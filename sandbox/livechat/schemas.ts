import { z } from 'zod'

/** Request bodies as the tables of the documents list them; anything else is refused as `validation`. */

const customId = z.string().optional()
const propertyValue = z.union([z.string(), z.number(), z.boolean()])
export const properties = z.record(z.string(), z.record(z.string(), propertyValue))
const visibility = z.enum(['all', 'agents'])
const id = z.string().min(1)
const groupIds = z.array(z.int().min(0)).min(1).max(200)
export const access = z.strictObject({ group_ids: groupIds })
const url = z.url({ protocol: /^https?$/ })

const postback = z
  .strictObject({
    id,
    thread_id: id,
    event_id: id,
    type: z.string().optional(),
    value: z.string().optional(),
    ecommerce: z.record(z.string(), z.unknown()).optional(),
  })
  .refine((given) => (given.type === undefined) === (given.value === undefined), '`type` and `value`: both or neither')

const button = z
  .strictObject({
    text: z.string().min(1),
    type: z.enum(['webview', 'message', 'url', 'phone', 'cancel']).optional(),
    value: z.string().optional(),
    postback_id: z.string(),
    user_ids: z.array(z.string()).optional(),
    webview_height: z.enum(['compact', 'full', 'tall']).optional(),
    target: z.enum(['new', 'current']).optional(),
    role: z.enum(['default', 'primary', 'danger']).optional(),
  })
  .refine((given) => given.type !== 'webview' || given.webview_height, '`webview_height` is required for `webview`')

const element = z.strictObject({
  title: z.string().optional(),
  subtitle: z.string().optional(),
  image: z
    .strictObject({
      url,
      name: z.string().optional(),
      content_type: z.string().optional(),
      size: z.int().optional(),
      width: z.int().optional(),
      height: z.int().optional(),
      alternative_text: z.string().optional(),
    })
    .optional(),
  buttons: z.array(button).max(13).optional(),
})

const common = { custom_id: customId, properties: properties.optional() }
const message = { ...common, type: z.literal('message'), text: z.string().min(1), postback: postback.optional() }
const file = { ...common, type: z.literal('file'), url, alternative_text: z.string().optional() }
const richMessage = { ...common, type: z.literal('rich_message'), elements: z.array(element).max(10).optional() }
const custom = { ...common, type: z.literal('custom'), content: z.record(z.string(), z.unknown()) }
const formField = z.looseObject({ type: z.string(), label: z.string() })
const filledForm = { ...common, type: z.literal('filled_form'), form_id: id, fields: z.array(formField) }
const form = { ...common, type: z.literal('form'), form_id: id, fields: z.array(formField) }
/** No `properties`: the tables list none for this type. */
const systemMessage = {
  type: z.literal('system_message'),
  system_message_type: id,
  text: z.string().optional(),
  text_vars: z.record(z.string(), z.unknown()).optional(),
  custom_id: customId,
}
const recipients = z.enum(['all', 'agents'])
const templates = ['cards', 'sticker', 'quick_replies'] as const

/** What a customer may put into an event: no `visibility`, no author, no time (contract 5.2). */
const customerEvent = z.discriminatedUnion('type', [
  z.strictObject(message),
  z.strictObject(file),
  z.strictObject({ ...richMessage, template_id: z.enum(templates) }),
  z.strictObject(custom),
  z.strictObject({ ...filledForm, recipients }),
  z.strictObject(form),
  z.strictObject({ ...systemMessage, recipients: recipients.optional() }),
])

const agentTemplate = z.enum([...templates, 'ecommerce'])

/** What an agent may put into the initial events: everybody sees them, so no `visibility` (contract 4.2). */
const agentInitialEvent = z.discriminatedUnion('type', [
  z.strictObject(message),
  z.strictObject(file),
  z.strictObject({ ...richMessage, template_id: agentTemplate }),
  z.strictObject(custom),
  z.strictObject(filledForm),
  z.strictObject(form),
  z.strictObject(systemMessage),
])

const seen = { visibility: visibility.optional() }

/** What an agent may send. */
const agentEvent = z.discriminatedUnion('type', [
  z.strictObject({ ...message, ...seen }),
  z.strictObject({ ...file, ...seen }),
  z.strictObject({ ...richMessage, ...seen, template_id: agentTemplate }),
  z.strictObject({ ...custom, ...seen }),
  z.strictObject({ ...filledForm, ...seen }),
  z.strictObject({ ...form, ...seen }),
  z.strictObject({ ...systemMessage, ...seen }),
])

/** `chat` of start and resume; only agents list users, only resuming names the chat. */
function chatRequest<Event extends z.ZodType, Extra extends z.ZodRawShape>(event: Event, extra: Extra) {
  const thread = z.strictObject({ events: z.array(event).optional(), properties: properties.optional() })
  return z.strictObject({
    ...extra,
    access: access.optional(),
    properties: properties.optional(),
    thread: thread.optional(),
  })
}

const modes = { active: z.boolean().optional(), continuous: z.boolean().optional() }
const users = z
  .array(z.strictObject({ id, type: z.enum(['agent', 'customer']) }))
  .refine((given) => given.filter(({ type }) => type === 'customer').length <= 1, 'at most one customer')
  .refine((given) => given.filter(({ type }) => type === 'agent').length <= 4, 'at most four further agents')
  .optional()

export const customerStart = z.strictObject({ chat: chatRequest(customerEvent, {}).optional(), ...modes })
export const customerResume = z.strictObject({ chat: chatRequest(customerEvent, { id }), ...modes })
export const agentStart = z.strictObject({ chat: chatRequest(agentInitialEvent, { users }).optional(), ...modes })
export const agentResume = z.strictObject({ chat: chatRequest(agentInitialEvent, { id, users }), ...modes })

const sortOrder = z.enum(['asc', 'desc']).optional()
/** A page is asked for by its id alone (contract 9.4). */
function paged<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape).filter((name) => name !== 'chat_id')
  return z
    .strictObject({ ...shape, page_id: z.string().optional() })
    .refine(
      (given: Record<string, unknown>) =>
        given.page_id === undefined || names.every((name) => given[name] === undefined),
      '`page_id` excludes every other parameter',
    )
}

const limit = (max: number) => z.int().min(1).max(max).optional()
export const customerListChats = paged({ limit: limit(25), sort_order: sortOrder })
export const customerListThreads = paged({
  chat_id: id,
  sort_order: sortOrder,
  limit: limit(100),
  min_events_count: limit(100),
})
const listFilters = {
  include_chats_without_threads: z.boolean().optional(),
  group_ids: groupIds.optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
}
/** 3.6 renamed `include_active` to `active` and changed its meaning (contract 1.3). */
export const agentListChats = {
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

export const chatAndThread = z.strictObject({ chat_id: id, thread_id: id.optional() })
export const chatId = z.strictObject({ id })
export const customerSend = z.strictObject({
  chat_id: id,
  event: customerEvent,
  attach_to_last_thread: z.boolean().optional(),
})
export const agentSend = z.strictObject({ chat_id: id, event: agentEvent })
export const agentDeactivate = z.strictObject({ id, ignore_requester_presence: z.boolean().optional() })

export const sessionFields = z.array(
  z.record(z.string(), z.string()).refine((field) => Object.keys(field).length === 1, 'one key in each session field'),
)
export const setSessionFields = z.strictObject({ session_fields: sessionFields })
export const updateCustomer = z
  .strictObject({
    name: z.string().optional(),
    email: z.email().optional(),
    avatar: url.optional(),
    session_fields: sessionFields.optional(),
    omnichannel: z.record(z.string(), z.unknown()).optional(),
    address: z.record(z.string(), z.string()).optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'at least one field is required')

export const groupStatuses = z
  .strictObject({ all: z.boolean().optional(), group_ids: z.array(z.int()).optional() })
  .refine((given) => given.all === true || given.group_ids !== undefined, '`all` or `group_ids` is required')
export const sneakPeek = z.strictObject({ chat_id: id, sneak_peek_text: z.string() })
export const markSeen = z.strictObject({ chat_id: id, seen_up_to: z.iso.datetime({ offset: true }) })
export const richMessagePostback = z.strictObject({
  chat_id: id,
  thread_id: id,
  event_id: id,
  postback: z.strictObject({
    id,
    toggled: z.boolean(),
    button_type: z.string().optional(),
    button_value: z.string().optional(),
    ecommerce: z.record(z.string(), z.unknown()).optional(),
  }),
})
export const chatProperties = z.strictObject({ id, properties })
export const threadProperties = z.strictObject({ chat_id: id, thread_id: id, properties })
export const deleteEvent = z.strictObject({ chat_id: id, thread_id: id, event_id: id })

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
export const onlyChatId = z.strictObject({ chat_id: id })

const listed = z
  .strictObject({ values: z.array(z.string()).optional(), exclude_values: z.array(z.string()).optional() })
  .refine((given) => (given.values === undefined) !== (given.exclude_values === undefined), 'only one of the two')
export const registerWebhook = z.strictObject({
  action: z.string().min(1),
  // Once limited to 255 characters (historical); only the URL's limit is documented today.
  secret_key: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }).max(500),
  owner_client_id: id,
  type: z.enum(['license', 'bot']),
  description: z.string().optional(),
  filters: z
    .strictObject({
      author_type: z.enum(['customer', 'agent']).optional(),
      only_my_chats: z.boolean().optional(),
      chat_presence: z.strictObject({ user_ids: listed.optional(), my_bots: z.boolean().optional() }).optional(),
      source_type: z.array(z.enum(['my_client', 'other_clients', 'system'])).optional(),
      agent_ids: listed.optional(),
    })
    .optional(),
  additional_data: z.array(z.enum(['chat_properties', 'chat_presence_user_ids'])).optional(),
})
export const ownerClientId = z.strictObject({ owner_client_id: id })
export const unregisterWebhook = z.strictObject({ id, owner_client_id: id })
export const webhookNames = z.strictObject({ version: z.string().optional() })
const groupFields = z.array(z.enum(['agent_priorities', 'routing_status'])).optional()
export const listGroups = z.strictObject({ fields: groupFields })
export const getGroup = z.strictObject({ id: z.int(), fields: groupFields })
const agentFields = z
  .array(
    z.enum([
      'work_scheduler',
      'groups',
      'email_subscriptions',
      'notifications',
      'job_title',
      'mobile',
      'max_chats_count',
      'suspended',
      'awaiting_approval',
      'last_logout',
    ]),
  )
  .optional()
export const listAgents = z.strictObject({
  filters: z.strictObject({ group_ids: z.array(z.int()).optional(), suspended: z.boolean().optional() }).optional(),
  fields: agentFields,
})
export const getAgent = z.strictObject({ id, fields: agentFields })
export const empty = z.strictObject({})
