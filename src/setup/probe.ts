import type { Clock } from '../clock'
import type { AccountsApi, CustomerSession } from '../livechat/api'
import { isFailure } from '../livechat/errors'
import { CustomerId } from '../livechat/ids'

/** The customer with whom settings are proved, kept so that each proof does not leave another customer behind. */
export type ProbeIdentity = { customerId: string; cookieSecret?: string }

/** Where the probe's identity is kept between two proofs. */
export type ProbeStore = {
  load(): Promise<ProbeIdentity | undefined>
  save(identity: ProbeIdentity): Promise<void>
}

/** What a process remembers of the probe. */
export type WarmProbe = { token?: { accessToken: string; expiresAt: number }; asking?: Promise<CustomerSession> }

/** A token is not used in the last minutes of its life, in milliseconds. */
const SPARE_MS = 5 * 60_000

/** A customer who never opens a chat: with its token the app's settings are proved and groups are asked about. */
export class Probe {
  constructor(
    private readonly accounts: AccountsApi,
    private readonly store: ProbeStore,
    private readonly warm: WarmProbe,
    private readonly clock: Clock,
  ) {}

  /** A token that LiveChat gives now, which proves client id, organization and redirect URI. Throws `LiveChatError`. */
  prove(): Promise<CustomerSession> {
    this.warm.asking ??= this.newToken().finally(() => {
      this.warm.asking = undefined
    })
    return this.warm.asking
  }

  /** Runs `call` with a token that may be a warm one; once more with a new one when LiveChat refuses it. */
  async withToken<T>(call: (session: CustomerSession) => Promise<T>): Promise<T> {
    const { token } = this.warm
    if (!token || token.expiresAt - SPARE_MS <= this.clock.now()) return call(await this.prove())
    try {
      return await call(token)
    } catch (error) {
      if (!isFailure(error, 'credentials', 'banned')) throw error
      return call(await this.prove())
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

  /** Cookies that no longer prove the identity cost one more customer; a wrong client id fails without them too. */
  private async again(customerId: string, cookieSecret: string) {
    try {
      return await this.accounts.customerToken({ customerId: CustomerId.parse(customerId), cookieSecret })
    } catch (error) {
      if (isFailure(error, 'try-later', 'unexpected')) throw error
      return this.accounts.customerToken()
    }
  }
}
