import type { Conversation } from '../objects'
import { createEvent } from '../runtime-api/events'
import {
  conversationOf,
  inPhase,
  isActive,
  say,
  sessionWith,
  setActive,
  tagConversation,
  tagOf,
  type EndReason,
  type Plugin,
} from './plugin'
import { ABORT_TEXT, sessionConfig, textOf } from './texts'

type Pair = { upstreamId: string; downstreamId: string }

/** The integration said `hitlStopped`: it is not called back. */
export function endByAgent(plugin: Plugin, { upstreamId, downstreamId }: Pair): void {
  const config = sessionConfig(plugin, upstreamId)
  deactivate(plugin, { upstreamId, downstreamId }, 'agent-closed-ticket')
  say(plugin, upstreamId, textOf(config, 'onHitlStoppedMessage'))
  continueWorkflow(plugin, upstreamId)
}

/** The customer typed the close command. When the integration's `stopHitl` throws, the rest is skipped. */
export async function endByUser(plugin: Plugin, pair: Pair): Promise<void> {
  await stopIntegration(plugin, pair, 'patient-used-termination-command')
  say(plugin, pair.upstreamId, textOf(sessionConfig(plugin, pair.upstreamId), 'onUserHitlCloseMessage'))
  continueWorkflow(plugin, pair.upstreamId)
}

/** The plugin's action `stopHitl`: the bot goes on by itself. */
export async function endByBot(plugin: Plugin, upstreamId: string): Promise<void> {
  const downstreamId = tagOf(conversationOf(plugin, upstreamId), 'downstream')
  if (!isActive(plugin, upstreamId) || !downstreamId) return
  await stopIntegration(plugin, { upstreamId, downstreamId }, 'close-action-called')
}

/** Ignored once an agent was ever assigned in the upstream conversation: that tag is never cleared. */
export async function endByTimeout(plugin: Plugin, pair: Pair, startedAt: string): Promise<void> {
  const { upstreamId } = pair
  const config = sessionConfig(plugin, upstreamId)
  const elapsedSeconds = (Date.now() - Date.parse(startedAt)) / 1000
  if (tagOf(conversationOf(plugin, upstreamId), 'humanAgentId') || !isActive(plugin, upstreamId)) return
  if (elapsedSeconds < (config.agentAssignedTimeoutSeconds ?? 0)) return
  await stopIntegration(plugin, pair, 'agent-assignment-timeout')
  say(plugin, upstreamId, textOf(config, 'onAgentAssignedTimeoutMessage'))
  continueWorkflow(plugin, upstreamId)
}

/** Something the plugin relies on is missing: only the side where it noticed ends, and the integration is not told. */
export function abort(plugin: Plugin, { id }: Conversation): void {
  setActive(plugin, id, false)
  tagConversation(plugin, id, { hitlEndReason: 'internal-error' })
  say(plugin, id, ABORT_TEXT)
  inPhase(plugin, sessionWith(plugin, id), 'ended', 'internal-error')
}

async function stopIntegration(plugin: Plugin, pair: Pair, reason: EndReason): Promise<void> {
  const { upstreamId, downstreamId } = pair
  say(plugin, downstreamId, textOf(sessionConfig(plugin, upstreamId), 'onUserHitlCancelledMessage'))
  deactivate(plugin, pair, reason)
  await plugin.platform.callAction(plugin.installed, 'stopHitl', { conversationId: downstreamId })
}

function deactivate(plugin: Plugin, { upstreamId, downstreamId }: Pair, reason: EndReason): void {
  for (const id of [downstreamId, upstreamId]) {
    setActive(plugin, id, false)
    tagConversation(plugin, id, { hitlEndReason: reason })
  }
  inPhase(plugin, sessionWith(plugin, downstreamId), 'ended', reason)
}

function continueWorkflow(plugin: Plugin, upstreamId: string): void {
  if (sessionConfig(plugin, upstreamId).flowOnHitlStopped === false) return
  createEvent(plugin.platform, plugin.bot, {
    type: 'hitl#continueWorkflow',
    payload: { conversationId: upstreamId },
    conversationId: upstreamId,
  })
}
