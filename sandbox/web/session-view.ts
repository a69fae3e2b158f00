import type { Customer } from '../botpress'
import { chatOf, type Sandbox } from '../sandbox'
import type { DeskView, Ids, Phase, SessionView } from './view'

type Parts = Pick<Sandbox, 'botpress' | 'installation' | 'configuration'>

/** Where the customer's newest handoff stands, read from both platforms, and the ids of all of them. */
export function sessionView(parts: Parts, customer: Customer, desk: DeskView): SessionView {
  const { botpress, installation, configuration } = parts
  const sessions = installation.sessions.filter(({ upstreamId }) => upstreamId === customer.conversationId)
  const handoffs = sessions.map(({ downstreamId }) => idsOf(botpress, downstreamId))
  const group = desk.groups.find(({ id }) => id === configuration.groupId)
  const [session, ids] = [sessions.at(-1), handoffs.at(-1)]
  if (!session || !ids) return { phase: 'bot', handoffs, ...(group && { group }) }
  const agent = agentIn(desk, ids)
  const phase = phaseOf(session.phase, agent)
  return { phase, ...ids, handoffs, ...(agent !== undefined && { agent }), ...(group && { group }) }
}

function idsOf(botpress: Sandbox['botpress'], conversationId: string | undefined): Ids {
  return conversationId === undefined ? {} : { conversationId, ...chatOf(botpress, conversationId) }
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
function agentIn(desk: DeskView, ids: Ids): string | undefined {
  const chat = desk.chats.find(({ chatId, threadId }) => chatId === ids.chatId && threadId === ids.threadId)
  return desk.agents.find(({ id, isBot }) => !isBot && chat?.agentIds.includes(id))?.name
}
