import type { Conversation, Message, Payload, Tags } from '../objects'
import { assign, webchatUserOf } from './assign'
import { abort, endByUser } from './end'
import { isActive, isNewest, isOurs, say, SUPPORTED_TYPES, tagOf, type Plugin } from './plugin'
import { isCloseCommand, sessionConfig, textOf, unsupportedText } from './texts'

/** What becomes of a message or an event after the plugin has seen it. */
export type Verdict = 'stop' | 'pass-to-bot'

/** Runs before the bot sees a message that came in through any integration. */
export async function onMessage(plugin: Plugin, message: Message): Promise<Verdict> {
  const conversation = await plugin.client.getConversation(message.conversationId)
  const isInHumanHands = await isActive(plugin, conversation.id)
  if (isOurs(plugin, conversation)) {
    // Whatever comes while the session is not active is swallowed.
    if (isInHumanHands) await passAgentMessage(plugin, conversation, message)
    return 'stop'
  }
  if (!isInHumanHands) return 'pass-to-bot'
  await passCustomerMessage(plugin, conversation, message)
  return 'stop'
}

/** Customer to agent. Whoever had said nothing before the handoff has no link: their words end the upstream side. */
async function passCustomerMessage(plugin: Plugin, upstream: Conversation, message: Message): Promise<void> {
  const { client, platform } = plugin
  const config = await sessionConfig(plugin, upstream.id)
  if (!SUPPORTED_TYPES.includes(message.type)) {
    return say(plugin, upstream.id, unsupportedText(platform.settings.plugin.version))
  }
  const author = await client.getUser(message.userId)
  const downstreamId = tagOf(upstream, 'downstream')
  const authorId = tagOf(author, 'downstream')
  if (!downstreamId || !authorId) return abort(plugin, upstream.id)
  await client.getConversation(downstreamId)
  if (isCloseCommand(config, message.payload.text)) {
    return endByUser(plugin, { upstreamId: upstream.id, downstreamId }, config)
  }
  const tags: Tags = isNewest(plugin) ? { 'hitl#upstream': message.id } : {}
  const { type, payload } = message
  await client.createMessage({
    conversationId: downstreamId,
    type,
    payload: { type, ...payload, userId: authorId },
    tags,
  })
}

/** Agent to customer. Whether an agent was assigned is decided by what was read first, calls before the assignment. */
async function passAgentMessage(plugin: Plugin, downstream: Conversation, message: Message): Promise<void> {
  const { client } = plugin
  const agent = await client.getUser(message.userId)
  const upstreamId = tagOf(downstream, 'upstream')
  if (!upstreamId) return abort(plugin, downstream.id)
  const config = await sessionConfig(plugin, upstreamId)
  if (!SUPPORTED_TYPES.includes(message.type)) {
    return say(plugin, downstream.id, textOf(config, 'onIncompatibleMsgTypeMessage'))
  }
  const upstream = await client.getConversation(upstreamId)
  const shownAs = await webchatUserOf(plugin, agent, upstream, { again: false })
  if (!tagOf(downstream, 'humanAgentId')) await assign(plugin, downstream.id, upstreamId, agent.id)
  await passUp(plugin, message, upstreamId, shownAs)
}

async function passUp(
  plugin: Plugin,
  { id, type, payload }: Message,
  conversationId: string,
  shownAs: string | undefined,
) {
  const { client, relayed } = plugin
  const { additionalData } = payload
  const extra: Tags = typeof additionalData === 'string' ? { 'hitl#additionalData': additionalData } : {}
  const whole: Payload = { type, ...payload, userId: shownAs }
  if (shownAs === undefined) delete whole.userId
  relayed.add(whole)
  const tags = isNewest(plugin) ? { 'hitl#downstream': id, ...extra } : {}
  await client.createMessage({ conversationId, type, payload: whole, tags })
}
