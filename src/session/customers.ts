import { isApiError } from '@botpress/client'
import type { Client } from '../bp'
import type { Clock } from '../clock'
import type { AccountsApi } from '../livechat/api'
import { isFailure } from '../livechat/errors'
import type { CustomerId } from '../livechat/types'
import type { CustomerIdentity } from './identities'
import type { Memory } from './memory'

/** The token is renewed this long before its end, in milliseconds; one that ends in mid-call is renewed then. */
const RENEW_BEFORE_MS = 60_000

/** When the other process is likely to have stored what it got, in milliseconds. */
const RENEWED_ELSEWHERE_AFTER_MS = [0, 1000]

/** What proves to LiveChat that we are a customer. */
type Proof = { customerId: CustomerId; cookieSecret: string }

/** Identities and their tokens. Alone reads and writes the state `customer`. */
export class Customers {
  constructor(
    private readonly client: Client,
    private readonly accounts: AccountsApi,
    private readonly memory: Memory,
    private readonly clock: Clock,
  ) {}

  /** What is stored for a user. `any` takes a warm copy. */
  async load(userId: string, age: 'fresh' | 'any'): Promise<CustomerIdentity | undefined> {
    const copy = age === 'any' ? this.memory.customers.get(userId) : undefined
    return copy ?? this.read(userId)
  }

  remembered(userId: string): CustomerIdentity | undefined {
    return this.memory.customers.get(userId)
  }

  /**
   * The same for the customer of a running handoff. Another process may have been given another customer meanwhile, so a
   * warm copy that does not fit is read again. `undefined`: this customer is not ours any more.
   */
  async withTokenOf(userId: string, customerId: CustomerId): Promise<CustomerIdentity | undefined> {
    const warm = await this.withToken(userId)
    if (warm?.customerId === customerId) return warm
    const stored = await this.load(userId, 'fresh')
    return stored?.customerId === customerId ? this.withToken(userId) : undefined
  }

  /** The identity with a token that is valid now; renewed once for any number of callers. */
  async withToken(userId: string): Promise<CustomerIdentity | undefined> {
    const identity = await this.load(userId, 'any')
    return identity && (this.isValid(identity) ? identity : this.renew(userId, identity))
  }

  isValid({ expiresAt }: CustomerIdentity): boolean {
    return expiresAt - RENEW_BEFORE_MS > this.clock.now()
  }

  /**
   * A new token for the same customer. When LiveChat no longer knows this customer, `customerId` of the result differs
   * and its chat is forgotten: the history stays with the old customer. `later`: an `update` follows soon and stores the
   * token too, unless LiveChat has sent a new proof of the identity, which is never at risk. Throws `LiveChatError`.
   */
  renew(userId: string, stale: CustomerIdentity, save: 'now' | 'later' = 'now'): Promise<CustomerIdentity> {
    const newer = this.memory.customers.get(userId)
    if (newer && newer.accessToken !== stale.accessToken && this.isValid(newer)) return Promise.resolve(newer)
    const running = this.memory.renewals.get(userId)
    if (running) return running
    const renewal = this.renewNow(userId, stale, save).finally(() => this.memory.renewals.delete(userId))
    this.memory.renewals.set(userId, renewal)
    return renewal
  }

  /** A customer that nobody stands for yet. `save` it before a chat is opened, or a crash would lose who it was. */
  async create(): Promise<CustomerIdentity> {
    const { accessToken, customerId, cookieSecret, expiresInSeconds } = await this.accounts.customerToken()
    return { customerId, cookieSecret, accessToken, expiresAt: this.clock.now() + expiresInSeconds * 1000 }
  }

  /** Another customer for a user whose old one can have no chat any more. */
  async startOver(userId: string): Promise<void> {
    await this.replace(userId, await this.create())
  }

  /** Stores a new identity, unless another process was faster: then that one is returned. */
  async saveNew(userId: string, identity: CustomerIdentity): Promise<CustomerIdentity> {
    const { state } = await this.client.getOrSetState({ type: 'user', id: userId, name: 'customer', payload: identity })
    return this.remember(userId, state.payload as CustomerIdentity)
  }

  /** Changes the named fields only, so that two processes do not undo each other's work. */
  async update(
    userId: string,
    identity: CustomerIdentity,
    change: Partial<CustomerIdentity>,
  ): Promise<CustomerIdentity> {
    const changed = this.remember(userId, { ...this.newest(userId, identity), ...change })
    const payload = { ...this.memory.unsavedTokens.get(userId), ...change }
    await this.client.patchState({ type: 'user', id: userId, name: 'customer', payload })
    this.memory.unsavedTokens.delete(userId)
    return changed
  }

  /** What a caller holds may be older than what was renewed or noted meanwhile. */
  private newest(userId: string, identity: CustomerIdentity): CustomerIdentity {
    const warm = this.memory.customers.get(userId)
    return warm?.customerId === identity.customerId ? warm : identity
  }

  private async renewNow(userId: string, stale: CustomerIdentity, save: 'now' | 'later'): Promise<CustomerIdentity> {
    const { customerId, cookieSecret } = stale
    const token = cookieSecret ? await this.sameCustomer(userId, { customerId, cookieSecret }) : await this.create()
    if (token.customerId !== customerId) return this.replace(userId, token)
    const { accessToken, expiresAt } = token
    const secret = token.cookieSecret ?? cookieSecret
    const change = { accessToken, expiresAt, ...(secret && { cookieSecret: secret }) }
    this.memory.unsavedTokens.set(userId, change)
    const renewed = this.remember(userId, { ...this.newest(userId, stale), ...change })
    if (save === 'later' && secret === cookieSecret) return renewed
    // The token works whether or not Botpress keeps it, and the next write stores it.
    return this.update(userId, renewed, {}).catch(() => renewed)
  }

  /** A refused cookie costs the history, not the handoff; a ban or a passing fault is no reason for a new customer. */
  private async sameCustomer(userId: string, identity: Proof): Promise<CustomerIdentity> {
    try {
      const { expiresInSeconds, ...token } = await this.accounts.customerToken(identity)
      return { ...token, expiresAt: this.clock.now() + expiresInSeconds * 1000 }
    } catch (error) {
      if (!isFailure(error, 'credentials', 'not-found', 'refused', 'our-mistake')) throw error
      return (await this.renewedElsewhere(userId, identity)) ?? this.create()
    }
  }

  /** Another process may have renewed just before, and LiveChat have ended the cookie that we hold. */
  private async renewedElsewhere(userId: string, held: Proof): Promise<CustomerIdentity | undefined> {
    for (const pauseMs of RENEWED_ELSEWHERE_AFTER_MS) {
      await this.clock.sleep(pauseMs)
      const stored = await this.read(userId)
      const isNewer = stored?.customerId === held.customerId && stored.cookieSecret !== held.cookieSecret
      if (isNewer && this.isValid(stored)) return stored
    }
    return undefined
  }

  private async replace(userId: string, identity: CustomerIdentity): Promise<CustomerIdentity> {
    this.memory.unsavedTokens.delete(userId)
    await this.client.setState({ type: 'user', id: userId, name: 'customer', payload: identity })
    return this.remember(userId, identity)
  }

  private async read(userId: string): Promise<CustomerIdentity | undefined> {
    try {
      const { state } = await this.client.getState({ type: 'user', id: userId, name: 'customer' })
      return this.remember(userId, state.payload as CustomerIdentity)
    } catch (error) {
      if (isApiError(error) && error.type === 'ResourceNotFound') return undefined
      throw error
    }
  }

  private remember(userId: string, identity: CustomerIdentity): CustomerIdentity {
    this.memory.customers.set(userId, identity)
    return identity
  }
}
