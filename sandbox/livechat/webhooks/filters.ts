import type { Emission } from '../world/emission'
import type { Chat, WebhookRegistration } from '../world/model'
import type { Settings } from '../world/settings'

/** Does a registration's filter let the emission through? */
export function passesFilters(
  emission: Emission,
  registration: WebhookRegistration,
  settings: Settings,
  isMyBot: (userId: string) => boolean,
): boolean {
  const { filters = {}, owner_client_id: owner } = registration
  if (filters.author_type && !fitsAuthor(emission, filters.author_type, settings)) return false
  if (filters.only_my_chats && emission.chat?.properties.source?.client_id !== owner) return false
  if (filters.source_type && !filters.source_type.includes(sourceType(emission, owner))) return false
  if (filters.agent_ids && !listed(filters.agent_ids, emission.agentId ? [emission.agentId] : [])) return false
  const present = presentUsers(emission.chat)
  const presence = filters.chat_presence
  if (presence?.user_ids && !listed(presence.user_ids, present)) return false
  return !presence?.my_bots || present.some(isMyBot)
}

export function presentUsers(chat: Chat | undefined): string[] {
  return (chat?.users ?? []).filter(({ present }) => present).map(({ id }) => id)
}

function fitsAuthor({ written }: Emission, wanted: 'customer' | 'agent', settings: Settings): boolean {
  if (!written) return true
  if (wanted === 'customer') return written.by === 'customer'
  const lets = settings.webhooks.authorTypeAgent
  if (written.by === 'system') return lets.systemMessages
  if (written.by === 'customer') return false
  if (written.tokenEcho && !lets.tokenEchoes) return false
  if (written.welcome && !lets.welcome) return false
  return !written.note || lets.notes
}

function sourceType(emission: Emission, owner: string): 'my_client' | 'other_clients' | 'system' {
  if (!emission.sourceClientId) return 'system'
  return emission.sourceClientId === owner ? 'my_client' : 'other_clients'
}

function listed({ values, exclude_values }: { values?: string[]; exclude_values?: string[] }, ids: string[]): boolean {
  if (values) return ids.some((id) => values.includes(id))
  return !ids.some((id) => exclude_values?.includes(id))
}
