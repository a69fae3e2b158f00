import { isFailure } from '../livechat/errors'
import type { Cache } from './cache'
import type { Customers } from './customers'
import type { CustomerIdentity } from './identities'
import type { Session } from './session'
import { Signal } from '../signal'

/**
 * LiveChat no longer knows the customer of a chat (cookie refused) and gave us another one, who may not speak there.
 */
export class IdentityLost extends Signal {
  override readonly name = 'IdentityLost'
}

export type CustomerAccessMemory = {
  /** Tokens that LiveChat refused when they were quite new, by Botpress user. */
  refusedTokens: Cache<string>
}

type Act<Result> = (identity: CustomerIdentity) => Promise<Result>

/** The one way to act as a customer: with a valid token, and with a renewed one when LiveChat no longer takes it. */
export class CustomerAccess {
  constructor(
    private readonly customers: Customers,
    private readonly memory: CustomerAccessMemory,
  ) {}

  /**
   * Does something as the customer of a handoff. Throws `IdentityLost` when that customer is not ours any more, and what
   * `act` throws.
   */
  async asCustomer<Result>({ userId, customerId }: Pick<Session, 'userId' | 'customerId'>, act: Act<Result>) {
    const warm = await this.customers.load(userId)
    const identity = warm?.customerId === customerId ? warm : (await this.customers.read(userId))?.identity
    if (identity?.customerId !== customerId) throw new IdentityLost('the customer of this chat is not ours any more')
    return this.asIdentity(userId, await this.valid(userId, identity), act)
  }

  /**
   * The same with an identity in hand. A token that LiveChat refuses although it is new is not what is wrong: that one is
   * not renewed for a minute, or each message would make another.
   */
  async asIdentity<Result>(userId: string, identity: CustomerIdentity, act: Act<Result>): Promise<Result> {
    const { refusedTokens } = this.memory
    try {
      return await act(identity)
    } catch (error) {
      if (!isRefusedToken(error) || refusedTokens.get(userId) === identity.accessToken) throw error
      const renewed = await this.renewed(userId, identity)
      return act(renewed).catch((again: unknown) => {
        if (isRefusedToken(again)) refusedTokens.set(userId, renewed.accessToken)
        throw again
      })
    }
  }

  private async valid(userId: string, identity: CustomerIdentity): Promise<CustomerIdentity> {
    return this.customers.isValid(identity) ? identity : this.renewed(userId, identity)
  }

  private async renewed(userId: string, identity: CustomerIdentity): Promise<CustomerIdentity> {
    const renewed = await this.customers.renew(userId, identity)
    if (renewed.customerId !== identity.customerId) throw new IdentityLost('LiveChat gave another customer')
    return renewed
  }
}

/** A customer's token has no scopes, so this can only mean that it is no longer taken, however the answer was worded. */
function isRefusedToken(error: unknown): boolean {
  return isFailure(error, 'credentials') && error.api === 'customer'
}
