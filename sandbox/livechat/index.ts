import { Faults } from '../http/faults'
import { Wire } from '../http/wire'
import type { LiveChat, LiveChatOptions } from './api'

export type * from './api'
export type * from './model'
export type { Settings, SettingsPatch } from './settings'
export * as defaults from './defaults'
export { errorAnswer } from './errors'

/** Starts the emulator on 127.0.0.1. */
export function startLiveChat(options: LiveChatOptions = {}): Promise<LiveChat> {
  const parts = { ...options, wire: new Wire(), faults: new Faults() }
  return Promise.reject(new Error(`the emulator is not wired yet (${Object.keys(parts).join(', ')})`))
}
