import { isFailure } from '../livechat/errors'
import type { CustomerIdentity } from '../session/identities'
import type { Deps } from '../wiring'

/**
 * LiveChat no longer knows the customer of a chat (cookie refused) and gave us another one, who may not speak there.
 */
export class IdentityLost extends Error {
  override readonly name = 'IdentityLost'
}

/**
 * Does something with a customer's token; one that LiveChat no longer takes is renewed, once. Where it refuses the new one
 * too, the token is not what is wrong: that one is not renewed for a minute, or each message would make another.
 */
export async function asCustomer<Result>(
  userId: string,
  identity: CustomerIdentity,
  { customers, memory: { refusedTokens } }: Deps,
  act: (identity: CustomerIdentity) => Promise<Result>,
): Promise<Result> {
  try {
    return await act(identity)
  } catch (error) {
    if (!isRefusedToken(error) || refusedTokens.get(userId) === identity.accessToken) throw error
    const renewed = await customers.renew(userId, identity)
    if (renewed.customerId !== identity.customerId) throw new IdentityLost('LiveChat gave another customer')
    return act(renewed).catch((again: unknown) => {
      if (isRefusedToken(again)) refusedTokens.set(userId, renewed.accessToken)
      throw again
    })
  }
}

/** A customer's token has no scopes, so this can only mean that it is no longer taken, however the answer was worded. */
function isRefusedToken(error: unknown): boolean {
  return isFailure(error, 'credentials') && error.api === 'customer'
}
