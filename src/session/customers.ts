import type { Client } from '../bp'
import { isNotFound } from '../botpress-client'
import type { Clock } from '../clock'
import type { AccountsApi, CustomerProof } from '../livechat/api'
import { isFailure } from '../livechat/errors'
import type { Cache } from './cache'
import type { CustomerIdentity, Pointers } from './identities'

/** The token is renewed this long before its end, in milliseconds; one that ends in mid-call is renewed then. */
const RENEW_BEFORE_MS = 60_000
/** When another process is likely to have stored what it got, in milliseconds. */
const RENEWED_ELSEWHERE_AFTER_MS = [0, 1000]

/** Version 1.0.0 kept the pointers, which are tags of the user now, in the state too. */
type Stored = CustomerIdentity &
  Pick<Pointers, 'chatId' | 'profile'> & { current?: Pick<Pointers, 'threadId' | 'startKey'> }

export type CustomersMemory = {
  /** Copies by Botpress user: a token that is no longer valid is refused by LiveChat and renewed. */
  customers: Cache<CustomerIdentity>
  /** Tokens being renewed in this process, by Botpress user. */
  renewals: Map<string, Promise<CustomerIdentity>>
}

/** Identities of customers and their tokens. Alone reads and writes the state `customer`, always the whole of it. */
export class Customers {
  constructor(
    private readonly client: Client,
    private readonly accounts: AccountsApi,
    private readonly memory: CustomersMemory,
    private readonly clock: Clock,
  ) {}

  /** The identity of a user; a copy when there is one. */
  async load(userId: string): Promise<CustomerIdentity | undefined> {
    return this.memory.customers.get(userId) ?? (await this.read(userId))?.identity
  }

  /** The identity as Botpress has it, and the pointers that version 1.0.0 kept there. */
  async read(userId: string): Promise<{ identity: CustomerIdentity; oldPointers: Pointers } | undefined> {
    try {
      const { state } = await this.client.getState(customerStateOf(userId))
      const { chatId, profile, current, ...identity } = state.payload as Stored
      return { identity: this.remember(userId, identity), oldPointers: { chatId, profile, ...current } }
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }

  async forget(userId: string): Promise<void> {
    await this.client.setState({ ...customerStateOf(userId), payload: null })
    this.memory.customers.delete(userId)
  }

  isValid({ expiresAt }: CustomerIdentity): boolean {
    return expiresAt - RENEW_BEFORE_MS > this.clock.now()
  }

  /**
   * A new token for the same customer, stored; once for any number of callers. When LiveChat no longer knows this customer,
   * `customerId` of the result differs: the history stays with the old one. Throws `LiveChatError`.
   */
  renew(userId: string, stale: CustomerIdentity): Promise<CustomerIdentity> {
    const newer = this.memory.customers.get(userId)
    if (newer && newer.accessToken !== stale.accessToken && this.isValid(newer)) return Promise.resolve(newer)
    const running = this.memory.renewals.get(userId)
    if (running) return running
    const renewal = this.renewNow(userId, stale).finally(() => this.memory.renewals.delete(userId))
    this.memory.renewals.set(userId, renewal)
    return renewal
  }

  /** A customer that nobody stands for yet. Save it before a chat is opened, or a crash would lose who it was. */
  async create(): Promise<CustomerIdentity> {
    const { accessToken, customerId, cookieSecret, expiresInSeconds } = await this.accounts.customerToken()
    return { customerId, cookieSecret, accessToken, expiresAt: this.clock.now() + expiresInSeconds * 1000 }
  }

  /** Stores a new identity, unless another process was faster: then that one is returned. */
  async saveNew(userId: string, identity: CustomerIdentity): Promise<CustomerIdentity> {
    const { state } = await this.client.getOrSetState({ ...customerStateOf(userId), payload: identity })
    return this.remember(userId, state.payload as CustomerIdentity)
  }

  /** Another customer for a user whose old one can have no chat any more. */
  async startOver(userId: string): Promise<CustomerIdentity> {
    return this.save(userId, await this.create())
  }

  private async renewNow(userId: string, stale: CustomerIdentity): Promise<CustomerIdentity> {
    const { customerId, cookieSecret } = stale
    const renewed = cookieSecret ? await this.sameCustomer(userId, { customerId, cookieSecret }) : await this.create()
    const isSame = renewed.customerId === customerId
    const identity = { ...renewed, cookieSecret: renewed.cookieSecret ?? (isSame ? cookieSecret : undefined) }
    if (!isSame) return this.save(userId, identity)
    // The token works whether or not Botpress keeps it; the next process then renews once more.
    return this.save(userId, identity).catch(() => identity)
  }

  /** A refused cookie costs the history, not the handoff; a ban or a passing fault is no reason for a new customer. */
  private async sameCustomer(userId: string, proof: CustomerProof): Promise<CustomerIdentity> {
    try {
      const { expiresInSeconds, ...token } = await this.accounts.customerToken(proof)
      return { ...token, expiresAt: this.clock.now() + expiresInSeconds * 1000 }
    } catch (error) {
      if (!isFailure(error, 'credentials', 'not-found', 'refused', 'our-mistake')) throw error
      return (await this.renewedElsewhere(userId, proof)) ?? this.create()
    }
  }

  /** Another process may have renewed just before, and LiveChat have ended the cookie that we hold. */
  private async renewedElsewhere(userId: string, held: CustomerProof): Promise<CustomerIdentity | undefined> {
    for (const pauseMs of RENEWED_ELSEWHERE_AFTER_MS) {
      await this.clock.sleep(pauseMs)
      const stored = (await this.read(userId))?.identity
      const isNewer = stored?.customerId === held.customerId && stored.cookieSecret !== held.cookieSecret
      if (isNewer && this.isValid(stored)) return stored
    }
    return undefined
  }

  private async save(userId: string, identity: CustomerIdentity): Promise<CustomerIdentity> {
    this.remember(userId, identity)
    await this.client.setState({ ...customerStateOf(userId), payload: identity })
    return identity
  }

  private remember(userId: string, identity: CustomerIdentity): CustomerIdentity {
    this.memory.customers.set(userId, identity)
    return identity
  }
}

const customerStateOf = (userId: string) => ({ type: 'user', id: userId, name: 'customer' }) as const
