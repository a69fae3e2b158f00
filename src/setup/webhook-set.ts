import type { WebhookRegistration } from '../livechat/api'
import type { Settings } from '../settings'

/** Changes whenever the set below changes, so that the next save brings older installations up to date. */
export const WEBHOOK_SET_VERSION = '1'

/** Marks our registrations in LiveChat's console. */
export const WEBHOOK_MARK = 'livechat-hitl'

/** "Up to 3 webhooks per action per Client ID", all installations together (Configuration API, register_webhook). */
export const MAX_WEBHOOKS_PER_ACTION = 3

export type WantedWebhook = Pick<WebhookRegistration, 'action' | 'filters'> & {
  /** Without it there is no handoff; a token that may not register has it made by hand. */
  isEssential: boolean
}

// Customers' own words come back without this filter, one paid delivery each.
const BY_AGENTS = { author_type: 'agent' }

/** Those that each installation needs. */
export const WEBHOOKS: readonly WantedWebhook[] = [
  { action: 'incoming_event', filters: BY_AGENTS, isEssential: true },
  { action: 'chat_deactivated', isEssential: true },
  { action: 'chat_transferred', isEssential: true },
  { action: 'incoming_chat', isEssential: false },
  { action: 'user_added_to_chat', isEssential: false },
  { action: 'user_removed_from_chat', isEssential: false },
  { action: 'event_updated', filters: BY_AGENTS, isEssential: false },
  { action: 'event_deleted', isEssential: false },
]

/** The settings that want more webhooks. The set-up check in the terminal does not know them. */
export type OfFeatures = Partial<Pick<Settings, 'handBackTags' | 'summarize'>>

/** Webhooks of a feature that is off until its setting is used. */
const OPTIONAL_WEBHOOKS: readonly (WantedWebhook & { isWanted: (settings: OfFeatures) => boolean })[] = [
  { action: 'thread_tagged', isEssential: false, isWanted: ({ handBackTags = [] }) => handBackTags.length > 0 },
  {
    // Summaries of all chats of the organization would come, and nothing in them says whose they are.
    action: 'thread_summary_set',
    filters: { only_my_chats: true },
    isEssential: false,
    isWanted: ({ summarize = 'off' }) => summarize !== 'off',
  },
]

/** The webhooks that these settings need. */
export function webhooksFor(settings: OfFeatures): readonly WantedWebhook[] {
  return [...WEBHOOKS, ...OPTIONAL_WEBHOOKS.filter(({ isWanted }) => isWanted(settings))]
}

/** A wanted webhook as LiveChat is asked for it. */
export function registrationOf(
  { action, filters }: WantedWebhook,
  { url, secretKey }: { url: string; secretKey: string },
): WebhookRegistration {
  const additionalData = ['chat_properties', 'chat_presence_user_ids'] // they tell our chats from other people's
  return { action, url, secretKey, description: WEBHOOK_MARK, filters, additionalData }
}
