import type { Conversation, Message, Tags } from '../objects'
import { createMessage } from '../runtime-api/messages'
import { getUser } from '../runtime-api/users'
import { assign, webchatUserOf } from './assign'
import { abort, endByUser } from './end'
import { conversationOf, isActive, isNewest, isOurs, say, SUPPORTED_TYPES, tagOf, type Plugin } from './plugin'
import { isCloseCommand, sessionConfig, textOf, unsupportedText } from './texts'

/** What becomes of a message or an event after the plugin has seen it. */
export type Verdict = 'stop' | 'pass-to-bot'

/** Runs before the bot sees a message that came in through any integration. */
export async function onMessage(plugin: Plugin, message: Message): Promise<Verdict> {
  const conversation = conversationOf(plugin, message.conversationId)
  return isOurs(plugin, conversation)
    ? onDownstreamMessage(plugin, conversation, message)
    : onUpstreamMessage(plugin, conversation, message)
}

/** Customer to agent. */
async function onUpstreamMessage(plugin: Plugin, upstream: Conversation, message: Message): Promise<Verdict> {
  const { platform, bot } = plugin
  if (!isActive(plugin, upstream.id)) return 'pass-to-bot'
  if (!SUPPORTED_TYPES.includes(message.type)) {
    say(plugin, upstream.id, unsupportedText(platform.settings.plugin.version, SUPPORTED_TYPES))
    return 'stop'
  }
  const downstreamId = tagOf(upstream, 'downstream')
  const authorId = tagOf(getUser(platform, bot, message.userId), 'downstream')
  if (!downstreamId || !authorId) abort(plugin, upstream)
  else if (isClosing(plugin, upstream, message)) await endByUser(plugin, { upstreamId: upstream.id, downstreamId })
  else passDown(plugin, message, downstreamId, authorId)
  return 'stop'
}

function isClosing(plugin: Plugin, upstream: Conversation, { type, payload }: Message): boolean {
  return type === 'text' && isCloseCommand(sessionConfig(plugin, upstream.id), payload.text)
}

function passDown(plugin: Plugin, { id, type, payload }: Message, conversationId: string, userId: string): void {
  const { platform, bot, installed } = plugin
  createMessage(platform, bot, {
    type,
    userId: installed.botId,
    conversationId,
    payload: { type, ...payload, userId },
    tags: isNewest(plugin) ? { 'hitl#upstream': id } : {},
  })
}

/** Agent to customer. Whatever comes while the session is not active is swallowed. */
async function onDownstreamMessage(plugin: Plugin, downstream: Conversation, message: Message): Promise<Verdict> {
  if (!isActive(plugin, downstream.id)) return 'stop'
  const agent = getUser(plugin.platform, plugin.bot, message.userId)
  const upstreamId = tagOf(downstream, 'upstream')
  if (!upstreamId) {
    abort(plugin, downstream)
    return 'stop'
  }
  if (!SUPPORTED_TYPES.includes(message.type)) {
    say(plugin, downstream.id, textOf(sessionConfig(plugin, upstreamId), 'onIncompatibleMsgTypeMessage'))
    return 'stop'
  }
  const shownAs = await webchatUserOf(plugin, agent, upstreamId, { again: false })
  if (!tagOf(downstream, 'humanAgentId')) await assign(plugin, downstream, upstreamId, agent.id)
  passUp(plugin, message, upstreamId, shownAs)
  return 'stop'
}

function passUp(plugin: Plugin, { id, type, payload }: Message, conversationId: string, shownAs: string | undefined) {
  const { platform, bot, installed, relayed } = plugin
  const { additionalData } = payload
  const extra: Tags = typeof additionalData === 'string' ? { 'hitl#additionalData': additionalData } : {}
  const whole = { type, ...payload, userId: shownAs }
  relayed.add(whole)
  createMessage(platform, bot, {
    type,
    userId: installed.botId,
    conversationId,
    payload: whole,
    tags: isNewest(plugin) ? { 'hitl#downstream': id, ...extra } : {},
  })
}
