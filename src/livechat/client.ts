import type { LiveChatApi, LiveChatOptions } from './api'

/** The version of LiveChat's APIs that everything here is written for (contract 1.2). */
export const API_VERSION = '3.6'

/** The vendor's APIs for one installation. */
export function createLiveChat(options: LiveChatOptions): LiveChatApi {
  throw new Error(`not built yet for ${options.clientId}`)
}
