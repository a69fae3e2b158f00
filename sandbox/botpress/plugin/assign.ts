import type { Conversation, User } from '../objects'
import { say, tagOf, type Plugin } from './plugin'
import { sessionConfig, textOf } from './texts'

const UNKNOWN_AGENT = 'A Human Agent'

/** Marks both conversations with the agent and tells the customer. Each call tells it again. */
export async function assign(plugin: Plugin, downstreamId: string, upstreamId: string, agentUserId: string) {
  const { client } = plugin
  const upstream = await client.getConversation(upstreamId)
  const agent = await client.getUser(agentUserId)
  const config = await sessionConfig(plugin, upstreamId)
  const tags = { humanAgentId: agent.id, humanAgentName: agent.name || UNKNOWN_AGENT }
  await Promise.all([
    client.tagConversation(downstreamId, tags),
    client.tagConversation(upstreamId, tags),
    say(plugin, upstreamId, textOf(config, 'onHumanAgentAssignedMessage')),
    webchatUserOf(plugin, agent, upstream, { again: true }),
  ])
}

/** Id of the webchat user that shows the agent's name and picture; none outside webchat, or where webchat refuses.
 *  It is kept as the agent user's `hitl#upstream`, which would break the link of a customer's user. */
export async function webchatUserOf(
  plugin: Plugin,
  agent: User,
  upstream: Conversation,
  { again }: { again: boolean },
): Promise<string | undefined> {
  const { useHumanAgentInfo } = await sessionConfig(plugin, upstream.id)
  if (upstream.integration !== 'webchat' || !useHumanAgentInfo) return undefined
  const known = tagOf(agent, 'upstream')
  if (known && !again) return known
  try {
    const { id } = await plugin.client.callWebchat(agent)
    await plugin.client.tagUser(agent.id, { upstream: id })
    return id
  } catch {
    return undefined // the agent's words appear as the bot's
  }
}
