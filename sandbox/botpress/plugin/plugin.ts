import type { Activity } from '../activity'
import type { Session } from '../api'
import type { Conversation, Payload, Tags } from '../objects'
import type { Gate } from './gate'
import { asBot, type Caller, type Installed, type Platform } from '../platform'
import { getConversation, updateConversation } from '../runtime-api/conversations'
import { createMessage } from '../runtime-api/messages'
import { readState, setState } from '../runtime-api/states'
import { updateUser } from '../runtime-api/users'

/** The HITL plugin in one bot, under the alias `hitl`. It acts through the Runtime API with the bot's identity. */
export type Plugin = {
  readonly platform: Platform
  readonly installed: Installed
  readonly activity: Activity
  readonly gate: Gate
  /** The bot's own identity. */
  readonly bot: Caller
  readonly sessions: Session[]
  /** Payloads of the upstream messages that are an agent's: known before the message is seen by anybody. */
  readonly relayed: WeakSet<Payload>
}

export function newPlugin(platform: Platform, installed: Installed, activity: Activity, gate: Gate): Plugin {
  return { platform, installed, activity, gate, bot: asBot(installed), sessions: [], relayed: new WeakSet() }
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

export const tagOf = (object: { tags: Tags }, name: string): string | undefined => object.tags[`hitl#${name}`]

const prefixed = (tags: Tags): Tags =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [`hitl#${name}`, value]))

export function tagConversation({ platform, bot }: Plugin, id: string, tags: Tags): void {
  updateConversation(platform, bot, id, { tags: prefixed(tags) })
}

export function tagUser({ platform, bot }: Plugin, id: string, tags: Tags): void {
  updateUser(platform, bot, id, { tags: prefixed(tags) })
}

export function conversationOf({ platform, bot }: Plugin, id: string): Conversation {
  return getConversation(platform, bot, id)
}

/** Up to 1.4.0 the plugin compares with the integration's name, although `integration` holds the alias. */
export function isOurs(plugin: Plugin, { integration }: Conversation): boolean {
  return integration === (isNewest(plugin) ? plugin.installed.alias : plugin.installed.name)
}

export function isActive({ platform, bot }: Plugin, conversationId: string): boolean {
  const state = readState(platform, bot, { type: 'conversation', id: conversationId, name: 'hitl#hitl' })
  return state?.hitlActive === true
}

/** Also sets the typing indicator's state, which has no prefix. */
export function setActive({ platform, bot }: Plugin, conversationId: string, hitlActive: boolean): void {
  const address = { type: 'conversation', id: conversationId } as const
  setState(platform, bot, { ...address, name: 'hitl#hitl' }, { hitlActive })
  setState(platform, bot, { ...address, name: 'typingIndicatorEnabled' }, { enabled: !hitlActive })
}

export function remember({ platform, bot }: Plugin, conversationId: string, name: string, payload: Payload): void {
  setState(platform, bot, { type: 'conversation', id: conversationId, name: `hitl#${name}` }, payload)
}

export function recall({ platform, bot }: Plugin, conversationId: string, name: string): Payload | undefined {
  return readState(platform, bot, { type: 'conversation', id: conversationId, name: `hitl#${name}` })
}

/** Says something as the bot; nothing when the text is `undefined`. */
export function say({ platform, bot, installed }: Plugin, conversationId: string, text: string | undefined): void {
  if (text === undefined) return
  const message = { type: 'text', payload: { text }, userId: installed.botId, conversationId, tags: {} }
  createMessage(platform, bot, message)
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
