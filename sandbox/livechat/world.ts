import type { Settings } from './settings'
import type { Store } from './store'
import type { Webhooks } from './webhooks'

/** What every part of the emulator works on. */
export type World = {
  store: Store
  settings: Settings
  webhooks: Webhooks
  /** Base URL of the emulator, without a final slash. */
  url: () => string
}
