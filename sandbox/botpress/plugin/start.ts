import type { Session, StartHitlInput } from '../api'
import type { Conversation, Message, Payload } from '../objects'
import { createEvent } from '../runtime-api/events'
import { listMessages } from '../runtime-api/messages'
import { getOrSetState } from '../runtime-api/states'
import type { PluginConfig } from '../settings'
import { downstreamUser } from './link-user'
import {
  conversationOf,
  inPhase,
  isOurs,
  remember,
  say,
  setActive,
  tagConversation,
  tagOf,
  type Plugin,
} from './plugin'
import { textOf } from './texts'

export type StartInput = StartHitlInput & { upstreamId: string; upstreamUserId: string }

/** The plugin's action `startHitl`, step by step. Returns nothing when the plugin ignores the call. */
export async function startHitl(plugin: Plugin, input: StartInput): Promise<Session | undefined> {
  const { upstreamId } = input
  const upstream = conversationOf(plugin, upstreamId)
  if (await isIgnored(plugin, upstream)) return undefined
  const session: Session = { upstreamId, phase: 'starting' }
  plugin.sessions.push(session)
  try {
    await handOver(plugin, input, session)
  } catch (thrown) {
    inPhase(plugin, session, 'failed', thrown instanceof Error ? thrown.message : String(thrown))
    throw thrown
  }
  return session
}

async function isIgnored(plugin: Plugin, upstream: Conversation): Promise<boolean> {
  if (tagOf(upstream, 'upstream') || isOurs(plugin, upstream)) return true
  const address = { type: 'conversation', id: upstream.id, name: 'hitl#hitl' } as const
  const { payload } = await getOrSetState(plugin.platform, plugin.bot, address, { hitlActive: false })
  if (payload.hitlActive === true) return true
  const last = lastIncoming(plugin, upstream.id)
  return last !== undefined && last.id === tagOf(upstream, 'startMessageId')
}

async function handOver(plugin: Plugin, input: StartInput, session: Session): Promise<void> {
  const { platform, installed, activity, gate } = plugin
  const { upstreamId, upstreamUserId } = input
  const config: PluginConfig = { ...platform.settings.plugin.config, ...input.configurationOverrides }
  remember(plugin, upstreamId, 'effectiveSessionConfig', config)
  // The customer is told before the integration is asked, and stays told when it fails.
  say(plugin, upstreamId, textOf(config, 'onHitlHandoffMessage'))
  const userId = await downstreamUser(plugin, upstreamUserId, input.userEmail)
  const messageHistory = await historyOf(plugin, upstreamId)
  const { conversationId } = await platform.callAction(installed, 'startHitl', {
    ...given({ title: input.title, description: input.description, hitlSession: input.hitlSession }),
    userId,
    messageHistory,
  })
  const downstream = conversationOf(plugin, String(conversationId))
  session.downstreamId = downstream.id
  inPhase(plugin, session, 'returned')
  await gate.pass('link')
  await activity.sleep(platform.settings.plugin.linkDelayMs)
  link(plugin, input, downstream.id)
  inPhase(plugin, session, 'linked')
  await gate.pass('activation')
  await activity.sleep(platform.settings.plugin.activationDelayMs)
  for (const id of [upstreamId, downstream.id]) setActive(plugin, id, true)
  inPhase(plugin, session, 'active')
  scheduleTimeout(plugin, input, downstream.id, config)
}

function link(plugin: Plugin, { upstreamId, upstreamUserId }: StartInput, downstreamId: string): void {
  remember(plugin, upstreamId, 'initiatingUser', { upstreamUserId })
  tagConversation(plugin, upstreamId, { downstream: downstreamId })
  tagConversation(plugin, downstreamId, { upstream: upstreamId })
  const last = lastIncoming(plugin, upstreamId)
  if (last) tagConversation(plugin, upstreamId, { startMessageId: last.id })
}

/** One page of the conversation, oldest first: the author of each message is mapped, all side by side. */
async function historyOf(plugin: Plugin, conversationId: string): Promise<Payload[]> {
  const { messages } = listMessages(plugin.platform, plugin.bot, { conversationId })
  return Promise.all(messages.reverse().map((message) => historyItem(plugin, message)))
}

async function historyItem(plugin: Plugin, { direction, userId, type, payload }: Message): Promise<Payload> {
  const source =
    direction === 'outgoing' ? { type: 'bot' } : { type: 'user', userId: await downstreamUser(plugin, userId) }
  return { source, type, payload }
}

function scheduleTimeout(plugin: Plugin, input: StartInput, downstreamId: string, config: PluginConfig): void {
  const { platform, bot } = plugin
  const { agentAssignedTimeoutSeconds: seconds = 0 } = config
  if (seconds <= 0) return
  createEvent(platform, bot, {
    type: 'hitl#humanAgentAssignedTimeout',
    payload: { sessionStartedAt: new Date().toISOString(), downstreamConversationId: downstreamId },
    schedule: { delay: seconds * 1000 },
    conversationId: input.upstreamId,
    userId: input.upstreamUserId,
  })
}

function lastIncoming({ platform }: Plugin, conversationId: string): Message | undefined {
  return platform.store.messagesIn(conversationId).findLast(({ direction }) => direction === 'incoming')
}

/** Absent rather than undefined, as JSON leaves them. */
const given = (values: Payload): Payload =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
