import type { Payload } from './objects'
import type { PluginConfig } from './settings'

// What the cards of a bot's flows take, and what comes of them.

/** Inputs of the plugin's `startHitl` card that a bot author fills in. */
export type StartHitlInput = {
  title?: string
  description?: string
  hitlSession?: Payload
  userEmail?: string
  configurationOverrides?: PluginConfig
}

/** What `callAction` of the bot's client answers, or how it fails. Rejects with `ActionFailed`. */
export type ActionOutput = Payload

/** One handoff as the plugin went through it. */
export type Session = {
  readonly upstreamId: string
  /** Unknown until the integration has returned. */
  downstreamId?: string
  phase: 'starting' | 'returned' | 'linked' | 'active' | 'ended' | 'failed'
  /** The plugin's `hitlEndReason`, or the error that made the start fail. */
  reason?: string
}
