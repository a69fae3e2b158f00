import { isApiError } from '@botpress/client'
import type { Client } from '../bp'
import type { ProbeIdentity, ProbeStore } from './probe'

/** `clientId`: the app that it was registered for, by which alone LiveChat removes it; default the configured one. */
export type Registration = { id: string; action: string; url: string; clientId?: string }

/** What an installation remembers of its set-up: state `setup`. Secrets are there as HMACs only. */
export type Setup = {
  /** Which set of webhooks was registered; empty when none was. */
  version: string
  registrations: Registration[]
  secretHash?: string
  previousSecretHash?: string
  /** Milliseconds since 1970. */
  previousSecretUntil?: number
  probe?: ProbeIdentity
  region?: string
  /** The address that the owner was told to use for webhooks made by hand. */
  manualUrl?: string
}

/** What accepts a delivery beside the configured secret. */
export type StoredSecrets = Pick<Setup, 'secretHash' | 'previousSecretHash' | 'previousSecretUntil'>

/** Where LiveChat was told to call, which Botpress tells `register` alone. */
export function addressOf({ registrations: [newest], manualUrl }: Setup): string | undefined {
  return newest?.url ?? (manualUrl || undefined)
}

const NOTHING: Setup = { version: '', registrations: [] }

/** Alone reads and writes the state `setup`. */
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
      if (isApiError(error) && error.type === 'ResourceNotFound') return NOTHING
      throw error
    }
  }

  /** Changes the named fields only, so that two calls at once do not undo each other's work. */
  async change(known: Setup, change: Partial<Setup>): Promise<Setup> {
    const changed = { ...known, ...change }
    if (JSON.stringify(changed) === JSON.stringify(known)) return known
    // Whether a state that was never set can be patched is not documented.
    if (known === NOTHING) await this.client.getOrSetState({ ...this.address, payload: NOTHING })
    await this.client.patchState({ ...this.address, payload: change })
    return changed
  }

  /** Only what a later installation can use again is kept: the probe and the region. */
  async forgetWebhooks({ probe, region }: Setup, left: Registration[]): Promise<void> {
    const payload = { ...NOTHING, registrations: left, ...(probe && { probe }), ...(region && { region }) }
    await this.client.setState({ ...this.address, payload })
  }

  /** The part of it that holds the probe. */
  get probe(): ProbeStore {
    return {
      load: async () => (await this.load()).probe,
      save: async (probe) => void (await this.change(await this.load(), { probe })),
    }
  }

  private get address() {
    return { type: 'integration', id: this.integrationId, name: 'setup' } as const
  }
}
