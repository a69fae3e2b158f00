import type { Faults } from '../http/faults'
import type { Chance } from './chance'
import type { Declared } from './definition'
import type { Event, Message, Payload } from './objects'
import type { Settings } from './settings'
import type { Store } from './store'

/** The integration as installed in one bot. */
export type Installed = {
  readonly botId: string
  readonly botUserId: string
  readonly integrationId: string
  readonly alias: string
  readonly name: string
  readonly webhookId: string
  readonly webhookUrl: string
  readonly declared: Declared
  configuration: Payload
  /** Last body of `configureIntegration`. */
  configured: Payload
}

/** Who calls the Runtime API: an integration inside a bot (`alias` given), or that bot itself. */
export type Caller = { readonly installed: Installed; readonly alias?: string }

/** What the operations of the Runtime API work on and set in motion. */
export type Platform = {
  readonly store: Store
  readonly settings: Settings
  readonly faults: Faults
  readonly chance: Chance
  readonly url: string
  /** Hands a new message to the other side: `incoming` to the bot, `outgoing` to the integration. */
  messageCreated(installed: Installed, message: Message, delayMs: number): void
  /** Hands a new event to the bot. */
  eventCreated(installed: Installed, event: Event, delayMs: number): void
  cancelEvent(eventId: string): void
  /** `type` without alias. */
  callAction(installed: Installed, type: string, input: Payload): Promise<Payload>
}

export const asBot = (installed: Installed): Caller => ({ installed })
export const asIntegration = (installed: Installed, alias = installed.alias): Caller => ({ installed, alias })

/** Owner under which the caller's objects are kept; `''` is the bot. */
export const ownerOf = (caller: Caller): string => caller.alias ?? ''

/** The declarations the caller is held against; upstream integrations of the emulator's own have none. */
export function declaredFor(caller: Caller): Declared | undefined {
  return caller.alias === caller.installed.alias ? caller.installed.declared : undefined
}
