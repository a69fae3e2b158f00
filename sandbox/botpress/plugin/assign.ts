import type { Conversation, User } from '../objects'
import { asIntegration } from '../platform'
import { getOrCreateUser, getUser, updateUser } from '../runtime-api/users'
import { say, tagConversation, tagOf, tagUser, type Plugin } from './plugin'
import { sessionConfig, textOf } from './texts'

const UNKNOWN_AGENT = 'A Human Agent'

/** Marks both conversations with the agent and tells the customer. Each call tells it again. */
export async function assign(plugin: Plugin, downstream: Conversation, upstreamId: string, agentUserId: string) {
  const agent = getUser(plugin.platform, plugin.bot, agentUserId)
  const tags = { humanAgentId: agent.id, humanAgentName: agent.name ?? UNKNOWN_AGENT }
  tagConversation(plugin, upstreamId, tags)
  tagConversation(plugin, downstream.id, tags)
  say(plugin, upstreamId, textOf(sessionConfig(plugin, upstreamId), 'onHumanAgentAssignedMessage'))
  await webchatUserOf(plugin, agent, upstreamId, { again: true })
}

/** Id of the webchat user that shows the agent's name and picture; nothing outside webchat.
 *  Its id is kept as the agent user's `hitl#upstream`, which would break the link of a customer's user. */
export async function webchatUserOf(
  plugin: Plugin,
  agent: User,
  upstreamId: string,
  { again }: { again: boolean },
): Promise<string | undefined> {
  const { platform, bot, installed } = plugin
  const integration = platform.store.conversations.get(upstreamId)?.object.integration
  if (integration !== 'webchat' || sessionConfig(plugin, upstreamId).useHumanAgentInfo === false) return undefined
  const known = tagOf(getUser(platform, bot, agent.id), 'upstream')
  if (known && !again) return known
  const webchat = asIntegration(installed, 'webchat')
  const { user } = await getOrCreateUser(platform, webchat, {
    tags: { agent: agent.id },
    discriminateByTags: ['agent'],
  })
  const { name, pictureUrl } = agent
  const profile = { ...(name === undefined ? {} : { name }), ...(pictureUrl === undefined ? {} : { pictureUrl }) }
  updateUser(platform, webchat, user.id, profile)
  tagUser(plugin, agent.id, { upstream: user.id })
  return user.id
}
