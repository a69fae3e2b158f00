import type { Customer, Event } from '../../sandbox/botpress'
import type { Exchange } from '../../sandbox/http/wire'
import type { Sandbox } from '../../sandbox/sandbox'

/** Events that the integration sent about one handoff, oldest first. */
export function eventsSent({ botpress }: Sandbox, type: string, conversationId: string): Event[] {
  const about = ({ payload }: Event) => [payload.conversationId, payload.hitlConversationId].includes(conversationId)
  return botpress.eventsOf(type).filter(about)
}

/** The agents announced to the bot in one handoff, by name, in order. */
export function agentsAnnounced(sandbox: Sandbox, conversationId: string): (string | undefined)[] {
  return eventsSent(sandbox, 'hitlAssigned', conversationId).map(
    ({ payload }) => sandbox.botpress.store.users.get(String(payload.userId))?.object.name,
  )
}

/** Exchanges of that name at either platform, LiveChat's first. A webhook passes both. */
export function callsNamed(sandbox: Sandbox, operation: string): Exchange[] {
  const all = [...sandbox.livechat.wire.exchanges, ...sandbox.botpress.wire.exchanges]
  return all.filter((exchange) => exchange.operation === operation)
}

/** Requests of the integration to the two platforms since then, in order; webhooks and actions are what it was asked. */
export function callsSince({ livechat, botpress }: Sandbox, mark: number): Exchange[] {
  return [...livechat.wire.exchanges, ...botpress.wire.exchanges]
    .filter(({ to, startedAt }) => to !== 'integration' && startedAt >= mark)
    .sort((a, b) => a.startedAt - b.startedAt)
}

/** How events name a customer whose card named no ids: as far as the integration sees the plugin's tags and addresses. */
export function seenUpstream({ botpress }: Sandbox, { userId, conversationId }: Customer) {
  const seesLink = botpress.settings.integrationSees === 'everything'
  return { upstreamUserId: userId, ...(seesLink && { upstreamConversationId: conversationId }) }
}
