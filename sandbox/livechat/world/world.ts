import type { Emission } from './emission'
import type { WebhookRegistration } from './model'
import type { Settings } from './settings'
import type { Store } from './store'

export type NewRegistration = Omit<WebhookRegistration, 'id' | 'activeFrom'>

/** What `run` causes at once waits in it until `dispatch`, and leaves without waiting after that. */
export type Outbox = { run: <T>(work: () => T) => T; dispatch: () => void }

/** Where changes are reported to the outside; the room `webhooks` delivers them. */
export type Outlet = {
  /** Tells every registration that wants to know. */
  emit(emission: Emission): void
  registrations(): readonly WebhookRegistration[]
  /** Answers the registration's id. */
  register(registration: NewRegistration): string
  unregister(id: string): void
  /** Does the work after so many milliseconds, outside of the call that asks for it; 0: at once, within it. */
  later(delayMs: number, work: () => void): void
  /** An outbox for one call. */
  collect(): Outbox
}

/** What every part of the emulator works on. */
export type World = {
  store: Store
  settings: Settings
  webhooks: Outlet
  /** Base URL of the emulator, without a final slash. */
  url: () => string
}
