import { z } from 'zod'
import { id, properties, url } from './schemas'

/** The fields of each type of event that customers and agents may send alike. */

const customId = z.string().optional()

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

export const recipients = z.enum(['all', 'agents'])

const common = { custom_id: customId, properties: properties.optional() }
export const message = {
  ...common,
  type: z.literal('message'),
  text: z.string().min(1),
  postback: postback.optional(),
  /** The name of `visibility` up to 3.3. LiveChat's own samples still send it. */
  recipients: recipients.optional(),
}
export const file = { ...common, type: z.literal('file'), url, alternative_text: z.string().optional() }
export const richMessage = { ...common, type: z.literal('rich_message'), elements: z.array(element).max(10).optional() }
export const custom = { ...common, type: z.literal('custom'), content: z.record(z.string(), z.unknown()).optional() }
const formField = z.looseObject({ type: z.string(), label: z.string() })
export const filledForm = { ...common, type: z.literal('filled_form'), form_id: id, fields: z.array(formField) }
export const form = { ...common, type: z.literal('form'), form_id: id, fields: z.array(formField) }
/** No `properties`: the tables list none for this type. */
export const systemMessage = {
  type: z.literal('system_message'),
  system_message_type: id,
  text: z.string().optional(),
  text_vars: z.record(z.string(), z.unknown()).optional(),
  custom_id: customId,
}

export const templates = ['cards', 'sticker', 'quick_replies'] as const
