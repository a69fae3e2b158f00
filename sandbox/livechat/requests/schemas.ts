import { z } from 'zod'

/** What the request bodies of all three APIs are made of, as the tables of the documents list it. */

const propertyValue = z.union([z.string(), z.number(), z.boolean()])
export const properties = z.record(z.string(), z.record(z.string(), propertyValue))
export const visibility = z.enum(['all', 'agents'])
export const id = z.string().min(1)
export const groupIds = z.array(z.int().min(0)).min(1).max(200)
const access = z.strictObject({ group_ids: groupIds })
export const url = z.url({ protocol: /^https?$/ })

/** `chat` of start and resume; only agents list users, only resuming names the chat. */
export function chatRequest<Event extends z.ZodType, Extra extends z.ZodRawShape>(event: Event, extra: Extra) {
  const thread = z.strictObject({ events: z.array(event).optional(), properties: properties.optional() })
  return z.strictObject({
    ...extra,
    access: access.optional(),
    properties: properties.optional(),
    thread: thread.optional(),
  })
}

export const modes = { active: z.boolean().optional(), continuous: z.boolean().optional() }

export const sortOrder = z.enum(['asc', 'desc']).optional()
/** A page is asked for by its id alone ("Pagination"). */
export function paged<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape).filter((name) => name !== 'chat_id')
  return z
    .strictObject({ ...shape, page_id: z.string().optional() })
    .refine(
      (given: Record<string, unknown>) =>
        given.page_id === undefined || names.every((name) => given[name] === undefined),
      '`page_id` excludes every other parameter',
    )
}

export const limit = (max: number) => z.int().min(1).max(max).optional()
export const chatAndThread = z.strictObject({ chat_id: id, thread_id: id.optional() })
export const chatId = z.strictObject({ id })
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
export const threadProperties = z.strictObject({ chat_id: id, thread_id: id, properties })
export const empty = z.strictObject({})
