import type { Botpress, BotpressOptions } from './api'
import { Emulator } from './emulator'

export type * from './api'
export type * from './cards'
export { conflict } from './conflicts'
export type { Declared } from './definition'
export { loadDefinition } from './definition'
export type { Conversation, Event, Message, Payload, State, StateType, Tags, User } from './objects'
export type { BotScript, CodeCard } from './script'
export { REALISTIC, type PluginConfig, type Settings } from './settings'

/** Starts the emulator of the Botpress cloud on a free loopback port. */
export function startBotpress(options: BotpressOptions): Promise<Botpress> {
  return Emulator.start(options)
}
