import type { Session, StartHitlInput } from '../cards'
import type { Conversation, Message, Payload } from '../objects'
import type { PluginConfig } from '../settings'
import { fieldOf, filledIn } from '../studio-form'
import { UserLinks } from './link-user'
import { activate, inPhase, isActive, isOurs, say, tagOf, type Plugin } from './plugin'
import { configured, textOf } from './texts'

type StartInput = StartHitlInput & { upstreamId: string; upstreamUserId: string }

/** The plugin's action `startHitl`, step by step. Returns nothing when the plugin ignores the call. */
export async function startHitl(plugin: Plugin, input: StartInput): Promise<Session | undefined> {
  const { upstreamId } = input
  const upstream = await plugin.client.getConversation(upstreamId)
  if (tagOf(upstream, 'upstream') || isOurs(plugin, upstream)) return undefined
  if (await isActive(plugin, upstreamId)) return undefined
  const startMessageId = (await lastIncoming(plugin, upstreamId))?.id
  if (startMessageId !== undefined && startMessageId === tagOf(upstream, 'startMessageId')) return undefined
  const session: Session = { upstreamId, phase: 'starting' }
  plugin.sessions.push(session)
  try {
    await handOver(plugin, { ...input, startMessageId }, session)
  } catch (thrown) {
    inPhase(plugin, session, 'failed', thrown instanceof Error ? thrown.message : String(thrown))
    throw thrown
  }
  return session
}

type Handover = StartInput & { startMessageId: string | undefined }

async function handOver(plugin: Plugin, input: Handover, session: Session): Promise<void> {
  const { platform, activity, gate } = plugin
  const { upstreamId } = input
  const config = await configureSession(plugin, input)
  // The customer reads of the handoff before the integration is asked, also when it then fails.
  await say(plugin, upstreamId, textOf(config, 'onHitlHandoffMessage'))
  const downstream = await askIntegration(plugin, input)
  session.downstreamId = downstream.id
  inPhase(plugin, session, 'returned')
  await gate.pass('link')
  await activity.sleep(platform.settings.plugin.linkDelayMs)
  await link(plugin, input, downstream.id)
  inPhase(plugin, session, 'linked')
  await gate.pass('activation')
  await activity.sleep(platform.settings.plugin.activationDelayMs)
  await Promise.all([activate(plugin, upstreamId), activate(plugin, downstream.id)])
  inPhase(plugin, session, 'active')
  await scheduleTimeout(plugin, input, downstream.id, config)
}

async function configureSession({ client, platform }: Plugin, input: StartInput): Promise<PluginConfig> {
  const config = { ...configured(platform.settings), ...input.configurationOverrides }
  await client.setState(input.upstreamId, 'effectiveSessionConfig', config)
  return config
}

async function askIntegration(plugin: Plugin, input: StartInput): Promise<Conversation> {
  const { client, installed, platform } = plugin
  const links = new UserLinks(plugin)
  const userId = await links.downstreamIdOf(input.upstreamUserId, input.userEmail)
  const messageHistory = await historyOf(plugin, input.upstreamId, links)
  const { title, description } = input
  const form = fieldOf(installed.declared.actions.startHitl?.input, 'hitlSession')
  const hitlSession = filledIn(form, input.hitlSession, platform.settings.emptySettings)
  const known = { ...given({ title, description, hitlSession }), userId, messageHistory }
  const { conversationId } = await client.callAction('startHitl', known)
  return client.getConversation(String(conversationId))
}

async function link({ client }: Plugin, input: Handover, downstreamId: string): Promise<void> {
  const { upstreamId, upstreamUserId, startMessageId } = input
  await client.setState(upstreamId, 'initiatingUser', { upstreamUserId })
  await Promise.all([
    client.tagConversation(upstreamId, { downstream: downstreamId }),
    client.tagConversation(downstreamId, { upstream: upstreamId }),
  ])
  if (startMessageId !== undefined) await client.tagConversation(upstreamId, { startMessageId })
}

/** One page of the conversation, sorted by `createdAt`: messages of one millisecond stay newest first. */
async function historyOf(plugin: Plugin, conversationId: string, links: UserLinks): Promise<Payload[]> {
  const { messages } = await plugin.client.listMessages(conversationId)
  const oldestFirst = messages.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
  return Promise.all(oldestFirst.map((message) => historyItem(message, links)))
}

/** Neither id nor time; every outgoing message counts as the bot's, an earlier agent's too. */
async function historyItem({ direction, userId, type, payload }: Message, links: UserLinks): Promise<Payload> {
  const source =
    direction === 'outgoing' ? { type: 'bot' } : { type: 'user', userId: await links.downstreamIdOf(userId) }
  return { source, type, payload }
}

async function scheduleTimeout(plugin: Plugin, input: StartInput, downstreamId: string, config: PluginConfig) {
  const { agentAssignedTimeoutSeconds: seconds } = config
  if (!seconds) return
  await plugin.client.createEvent({
    type: 'hitl#humanAgentAssignedTimeout',
    payload: { sessionStartedAt: new Date().toISOString(), downstreamConversationId: downstreamId },
    schedule: { delay: seconds * 1000 },
    conversationId: input.upstreamId,
    userId: input.upstreamUserId,
  })
}

/** Reads page after page, newest first, until there is one. */
async function lastIncoming({ client }: Plugin, conversationId: string): Promise<Message | undefined> {
  for (let token: string | undefined; ;) {
    const { messages, next } = await client.listMessages(conversationId, token)
    const found = messages.find(({ direction }) => direction === 'incoming')
    if (found || next === undefined) return found
    token = next
  }
}

/** Absent rather than undefined, as JSON leaves them. */
const given = (values: Payload): Payload =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
