import type { Clock } from '../clock'
import type { AccountsApi, CustomerSession } from '../livechat/api'
import { isFailure } from '../livechat/errors'
import { CustomerId } from '../livechat/ids'
import type { ProbeIdentity, SetupState, WarmProbe } from '../setup-state'

/** Where the probe's identity is kept between two checks. */
type ProbeStore = {
  load(): Promise<ProbeIdentity | undefined>
  save(identity: ProbeIdentity): Promise<void>
}

type Needs = {
  livechat: { accounts: AccountsApi }
  setup: Pick<SetupState, 'load' | 'change'>
  memory: { probe: WarmProbe }
  clock: Clock
}

/** The probe of an installation, which the state `setup` keeps. */
export function probeOf({ livechat, setup, memory, clock }: Needs): Probe {
  const store: ProbeStore = {
    load: async () => (await setup.load()).probe,
    save: (probe) => setup.change({ probe }),
  }
  return new Probe(livechat.accounts, store, memory.probe, clock)
}

/** A token is not used in the last minutes of its life, in milliseconds. */
const TOKEN_SPARE_MS = 5 * 60_000

/** A customer who never opens a chat: its token verifies the settings of the app, and asks about groups. */
export class Probe {
  constructor(
    private readonly accounts: AccountsApi,
    private readonly store: ProbeStore,
    private readonly warm: WarmProbe,
    private readonly clock: Clock,
  ) {}

  /** A token that LiveChat issues now, which verifies client id, organization and redirect URI. Throws `LiveChatError`. */
  verify(): Promise<CustomerSession> {
    this.warm.asking ??= this.newToken().finally(() => {
      this.warm.asking = undefined
    })
    return this.warm.asking
  }

  /** Runs `call` with a token that may be a warm one; once more with a new one when LiveChat refuses it. */
  async withToken<T>(call: (session: CustomerSession) => Promise<T>): Promise<T> {
    const { token } = this.warm
    if (!token || token.expiresAt - TOKEN_SPARE_MS <= this.clock.now()) return call(await this.verify())
    try {
      return await call(token)
    } catch (error) {
      if (!isFailure(error, 'credentials', 'banned')) throw error
      return call(await this.verify())
    }
  }

  private async newToken(): Promise<CustomerSession> {
    const kept = await this.store.load()
    const token = kept?.cookieSecret
      ? await this.again(kept.customerId, kept.cookieSecret)
      : await this.accounts.customerToken()
    const { accessToken, customerId, cookieSecret = kept?.cookieSecret, expiresInSeconds } = token
    this.warm.token = { accessToken, expiresAt: this.clock.now() + expiresInSeconds * 1000 }
    const isSame = kept?.customerId === customerId && kept.cookieSecret === cookieSecret
    if (!isSame) await this.store.save({ customerId, ...(cookieSecret && { cookieSecret }) })
    return { accessToken }
  }

  /** Cookies that are no longer valid cost one more customer; a wrong client id fails without them too. */
  private async again(customerId: string, cookieSecret: string) {
    try {
      return await this.accounts.customerToken({ customerId: CustomerId.parse(customerId), cookieSecret })
    } catch (error) {
      if (isFailure(error, 'try-later', 'unexpected')) throw error
      return this.accounts.customerToken()
    }
  }
}
