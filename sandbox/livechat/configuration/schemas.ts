import { z } from 'zod'
import { id } from '../requests/schemas'

/** Request bodies of the Configuration API; anything else is refused as `validation`. */

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
export const webhookNames = z.strictObject({ version: z.enum(['3.4', '3.5', '3.6']).optional() })
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
