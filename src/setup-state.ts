import type { Client } from './bp'
import { isNotFound } from './botpress-client'
import type { CustomerSession } from './livechat/api'

/** `clientId`: the app that it was registered for, by which alone LiveChat removes it. Default: the configured one. */
export type Registration = { id: string; action: string; url: string; clientId?: string }

/** The customer that settings are verified with, kept so that each check does not leave another customer behind. */
export type ProbeIdentity = { customerId: string; cookieSecret?: string }

/** What an installation remembers of its set-up: state `setup`. Secrets are there as HMACs only. */
export type Setup = {
  /** Which set of webhooks was registered; empty when none was. */
  version: string
  registrations: Registration[]
  /** The save that began last. */
  saveId?: string
  /** The Client ID last saved. */
  clientId?: string
  /** Client IDs before it, whose chats are accepted `until` (milliseconds since 1970). */
  formerClients?: { clientId: string; until: number }[]
  secretHash?: string
  previousSecretHash?: string
  /** Milliseconds since 1970. */
  previousSecretUntil?: number
  probe?: ProbeIdentity
  /** The region that LiveChat asked for, by the region that the token names. */
  regions?: Record<string, string>
  /** Whether all e-mail addresses of customers have their one spelling; version 1.0.0 stored them as given. */
  spellings?: 'unified'
  /** The address that the owner should use for webhooks made by hand. */
  manualUrl?: string
}

/** What a process remembers of the probe. */
export type WarmProbe = { token?: { accessToken: string; expiresAt: number }; asking?: Promise<CustomerSession> }

/** The address that LiveChat calls, which Botpress passes to `register` alone. */
export function webhookAddressOf({ registrations: [newest], manualUrl }: Setup): string | undefined {
  return newest?.url ?? (manualUrl || undefined)
}

const NOTHING: Setup = { version: '', registrations: [] }

/** Alone reads and writes the state `setup`. It is written whole: what a patch does to the other fields is not documented. */
export class SetupState {
  constructor(
    private readonly client: Client,
    private readonly integrationId: string,
  ) {}

  async load(): Promise<Setup> {
    try {
      const { state } = await this.client.getState(this.address)
      return { ...NOTHING, ...(state.payload as Partial<Setup>) }
    } catch (error) {
      if (isNotFound(error)) return NOTHING
      throw error
    }
  }

  /** Changes the named fields of what is stored now: what another process wrote to the others stays. */
  async change(change: Partial<Setup>): Promise<void> {
    await this.write(await this.load(), change)
  }

  /** The same, as long as no other save has begun since. Returns whether it was written. */
  async changeIfNewest(saveId: string, change: Partial<Setup>): Promise<boolean> {
    const stored = await this.load()
    if (stored.saveId !== saveId) return false
    await this.write(stored, change)
    return true
  }

  /** Only what a later installation can use again is kept: the probe and the regions. */
  async forgetWebhooks({ probe, regions }: Setup, left: Registration[]): Promise<void> {
    const payload = { ...NOTHING, registrations: left, ...(probe && { probe }), ...(regions && { regions }) }
    await this.client.setState({ ...this.address, payload })
  }

  private async write(stored: Setup, change: Partial<Setup>): Promise<void> {
    const payload = { ...stored, ...change }
    if (JSON.stringify(payload) !== JSON.stringify(stored)) await this.client.setState({ ...this.address, payload })
  }

  private get address() {
    return { type: 'integration', id: this.integrationId, name: 'setup' } as const
  }
}
