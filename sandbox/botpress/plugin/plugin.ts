import type { Activity } from '../activity'
import type { Session } from '../cards'
import type { Conversation, Payload, Tags } from '../objects'
import type { Installed, Platform } from '../platform'
import { PluginClient } from './client'
import type { Gate } from './gate'

/** The HITL plugin in one bot, under the alias `hitl`. It acts through the Runtime API with the bot's identity. */
export type Plugin = {
  readonly platform: Platform
  readonly installed: Installed
  readonly activity: Activity
  readonly gate: Gate
  readonly client: PluginClient
  readonly sessions: Session[]
  /** Payloads of the upstream messages that are an agent's: known before the message is seen by anybody. */
  readonly relayed: WeakSet<Payload>
  /** What the plugin logs as an error, oldest first. */
  readonly log: string[]
}

export function newPlugin(platform: Platform, installed: Installed, activity: Activity, gate: Gate): Plugin {
  const client = new PluginClient(platform, installed)
  return { platform, installed, activity, gate, client, sessions: [], relayed: new WeakSet(), log: [] }
}

/** Message types that pass through the plugin, either way. */
export const SUPPORTED_TYPES = ['text', 'image', 'video', 'audio', 'file', 'bloc']

export type EndReason =
  | 'agent-closed-ticket'
  | 'patient-used-termination-command'
  | 'close-action-called'
  | 'agent-assignment-timeout'
  | 'internal-error'

export const isNewest = ({ platform }: Plugin) => platform.settings.plugin.version === '1.4.2'

/** As the object was when it was read: calls later it may be otherwise. */
export const tagOf = (object: { tags: Tags }, name: string): string | undefined => object.tags[`hitl#${name}`]

/** Up to 1.4.0 the plugin compares with the integration's name, although `integration` holds the alias. */
export function isOurs(plugin: Plugin, { integration }: Conversation): boolean {
  return integration === (isNewest(plugin) ? plugin.installed.alias : plugin.installed.name)
}

/** Says something as the bot; nothing when the text is `undefined`. */
export async function say({ client }: Plugin, conversationId: string, text: string | undefined): Promise<void> {
  if (text === undefined) return
  await client.createMessage({ conversationId, type: 'text', payload: { type: 'text', text }, tags: {} })
}

/** A get-or-set: a conversation that was never in human hands is noted as inactive. */
export async function isActive({ client }: Plugin, conversationId: string): Promise<boolean> {
  const { payload } = await client.getOrSetState(conversationId, 'hitl', { hitlActive: false })
  return payload.hitlActive === true
}

export async function activate({ client }: Plugin, conversationId: string): Promise<void> {
  await client.setState(conversationId, 'hitl', { hitlActive: true })
  await client.setState(conversationId, 'typingIndicatorEnabled', { enabled: false })
}

export async function deactivate({ client }: Plugin, conversationId: string, reason: EndReason): Promise<void> {
  await Promise.all([
    client.setState(conversationId, 'hitl', { hitlActive: false }),
    client.tagConversation(conversationId, { hitlEndReason: reason }),
    client.setState(conversationId, 'typingIndicatorEnabled', { enabled: true }),
  ])
}

export function sessionWith(plugin: Plugin, conversationId: string): Session | undefined {
  return plugin.sessions.findLast(
    ({ upstreamId, downstreamId }) => upstreamId === conversationId || downstreamId === conversationId,
  )
}

export function inPhase(plugin: Plugin, session: Session | undefined, phase: Session['phase'], reason?: string): void {
  if (!session) return
  session.phase = phase
  if (reason !== undefined) session.reason = reason
  plugin.platform.store.changed()
}
