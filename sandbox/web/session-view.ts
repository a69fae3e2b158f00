import type { Customer } from '../botpress'
import { chatOf, type Sandbox } from '../sandbox'
import type { DeskView, Phase, SessionView } from './view'

/** Where the customer's newest handoff stands, read from both platforms. */
export function sessionView(
  { botpress, installation, configuration }: Sandbox,
  customer: Customer,
  desk: DeskView,
): SessionView {
  const session = installation.sessions.findLast(({ upstreamId }) => upstreamId === customer.conversationId)
  const group = desk.groups.find(({ id }) => id === configuration.groupId)
  if (!session) return { phase: 'bot', group }
  const ids = session.downstreamId === undefined ? undefined : chatOf(botpress, session.downstreamId)
  const agent = agentIn(desk, ids)
  return { phase: phaseOf(session.phase, agent), conversationId: session.downstreamId, ...ids, agent, group }
}

function phaseOf(phase: Sandbox['installation']['sessions'][number]['phase'], agent: string | undefined): Phase {
  switch (phase) {
    case 'failed':
      return 'bot'
    case 'ended':
      return 'ended'
    case 'active':
      return agent === undefined ? 'waiting' : 'agent'
    case 'starting':
    case 'returned':
    case 'linked':
      return 'starting'
  }
}

/** A bot agent in the chat is nobody to talk to. */
function agentIn(desk: DeskView, ids: { chatId: string; threadId: string } | undefined): string | undefined {
  const chat = desk.chats.find(({ chatId, threadId }) => chatId === ids?.chatId && threadId === ids.threadId)
  return desk.agents.find(({ id, isBot }) => !isBot && chat?.agentIds.includes(id))?.name
}
