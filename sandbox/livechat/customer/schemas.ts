import { z } from 'zod'
import * as events from '../requests/event-schemas'
import { chatRequest, id, limit, modes, paged, properties, sortOrder, url } from '../requests/schemas'

/** Request bodies of the Customer Chat API; anything else is refused as `validation`. */

/** What a customer may put into an event: no `visibility`, no author, no time ("Send event" of the Customer Chat API). */
const customerEvent = z.discriminatedUnion('type', [
  z.strictObject(events.message),
  z.strictObject(events.file),
  z.strictObject({ ...events.richMessage, template_id: z.enum(events.templates) }),
  z.strictObject(events.custom),
  z.strictObject({ ...events.filledForm, recipients: events.recipients }),
  z.strictObject(events.form),
  z.strictObject({ ...events.systemMessage, recipients: events.recipients.optional() }),
])

export const start = z.strictObject({ chat: chatRequest(customerEvent, {}).optional(), ...modes })
export const resume = z.strictObject({ chat: chatRequest(customerEvent, { id }), ...modes })

export const listChats = paged({ limit: limit(25), sort_order: sortOrder })
export const listThreads = paged({
  chat_id: id,
  sort_order: sortOrder,
  limit: limit(100),
  min_events_count: limit(100),
})
export const sendEvent = z.strictObject({
  chat_id: id,
  event: customerEvent,
  attach_to_last_thread: z.boolean().optional(),
})

const sessionFields = z.array(
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
export const chatProperties = z.strictObject({ id, properties })
export const deleteEvent = z.strictObject({ chat_id: id, thread_id: id, event_id: id })
