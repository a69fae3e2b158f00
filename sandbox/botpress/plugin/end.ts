import { deactivate, inPhase, isActive, say, sessionWith, tagOf, type EndReason, type Plugin } from './plugin'
import { ABORT_TEXT, sessionConfig, textOf } from './texts'
import type { PluginConfig } from '../settings'

type Pair = { upstreamId: string; downstreamId: string }

/** The integration said `hitlStopped`: it is not called back. The customer gets the sentence while both sides are deactivated. */
export async function endByAgent(plugin: Plugin, pair: Pair): Promise<void> {
  const config = await sessionConfig(plugin, pair.upstreamId)
  const told = say(plugin, pair.upstreamId, textOf(config, 'onHitlStoppedMessage'))
  await Promise.allSettled([told, deactivateBoth(plugin, pair, 'agent-closed-ticket')])
  await continueWorkflow(plugin, pair.upstreamId, config)
}

/** The customer typed the close command. When the integration's `stopHitl` throws, the rest is skipped. */
export async function endByUser(plugin: Plugin, pair: Pair, config: PluginConfig): Promise<void> {
  await stopIntegration(plugin, pair, config, 'patient-used-termination-command')
  await say(plugin, pair.upstreamId, textOf(config, 'onUserHitlCloseMessage'))
  await continueWorkflow(plugin, pair.upstreamId, config)
}

/** The plugin's action `stopHitl`: the bot goes on by itself. */
export async function endByBot(plugin: Plugin, upstreamId: string): Promise<void> {
  const upstream = await plugin.client.getConversation(upstreamId)
  const downstreamId = tagOf(upstream, 'downstream')
  if (!(await isActive(plugin, upstreamId)) || !downstreamId) return
  await plugin.client.getConversation(downstreamId)
  const config = await sessionConfig(plugin, upstreamId)
  await stopIntegration(plugin, { upstreamId, downstreamId }, config, 'close-action-called')
}

/** Ignored without a limit, and once an agent was ever assigned in the upstream conversation: that tag is never cleared. */
export async function endByTimeout(plugin: Plugin, pair: Pair, startedAt: string): Promise<void> {
  const { upstreamId, downstreamId } = pair
  if (tagOf(await plugin.client.getConversation(upstreamId), 'humanAgentId')) return
  if (!(await isActive(plugin, upstreamId)) || !(await isActive(plugin, downstreamId))) return
  const config = await sessionConfig(plugin, upstreamId)
  const { agentAssignedTimeoutSeconds: limitSeconds } = config
  if (!limitSeconds || Date.now() - Date.parse(startedAt) < limitSeconds * 1000) return
  await stopIntegration(plugin, pair, config, 'agent-assignment-timeout')
  await say(plugin, upstreamId, textOf(config, 'onAgentAssignedTimeoutMessage'))
  await continueWorkflow(plugin, upstreamId, config)
}

/** Something the plugin relies on is missing: only the side where it noticed ends, and the integration is not told. */
export async function abort(plugin: Plugin, conversationId: string): Promise<void> {
  await deactivate(plugin, conversationId, 'internal-error')
  inPhase(plugin, sessionWith(plugin, conversationId), 'ended', 'internal-error')
  await say(plugin, conversationId, ABORT_TEXT)
}

/** Round trips lie between the text and the action, so the text normally comes first. */
async function stopIntegration(plugin: Plugin, pair: Pair, config: PluginConfig, reason: EndReason): Promise<void> {
  await say(plugin, pair.downstreamId, textOf(config, 'onUserHitlCancelledMessage'))
  await deactivateBoth(plugin, pair, reason)
  await plugin.client.callAction('stopHitl', { conversationId: pair.downstreamId })
}

async function deactivateBoth(plugin: Plugin, { upstreamId, downstreamId }: Pair, reason: EndReason): Promise<void> {
  await Promise.allSettled([upstreamId, downstreamId].map((id) => deactivate(plugin, id, reason)))
  inPhase(plugin, sessionWith(plugin, downstreamId), 'ended', reason)
}

/** The bot goes on behind its Start HITL card, for the person who started the handoff. */
async function continueWorkflow(plugin: Plugin, upstreamId: string, config: PluginConfig): Promise<void> {
  if (!config.flowOnHitlStopped) return
  const { client } = plugin
  const { upstreamUserId } = (await client.getState(upstreamId, 'initiatingUser')).payload
  await client.createEvent({
    type: 'hitl#continueWorkflow',
    payload: { conversationId: upstreamId },
    conversationId: upstreamId,
    ...(typeof upstreamUserId === 'string' && { userId: upstreamUserId }),
  })
}
