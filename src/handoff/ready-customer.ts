import { inTime } from '../clock'
import { isFailure, LiveChatError } from '../livechat/errors'
import { describe } from '../log'
import type { CustomerIdentity } from '../session/identities'
import { fingerprint, type CustomerProfile } from '../translate/profile'
import type { SessionOptions } from '../translate/session-options'
import type { Deps } from '../wiring'
import type { Start } from './start-types'

/** How long a start waits for LiveChat to take a name, in milliseconds: the customer waits too. */
const DETAILS_MAY_TAKE_MS = 12_000

type Details = CustomerProfile & Pick<SessionOptions, 'sessionFields'>

export type ReadyCustomer = {
  identity: CustomerIdentity
  /** LiveChat gave another customer than the one of earlier handoffs: their history is not with this one. */
  isReplaced: boolean
  /** Fingerprint of what LiveChat knows of them now. */
  profile: string | undefined
}

/** A customer with a valid token, whom LiveChat knows by name. Throws `LiveChatError`. */
export async function readyCustomer(start: Start, profile: CustomerProfile, deps: Deps): Promise<ReadyCustomer> {
  const { stored, pointers } = start
  if (!stored) return newCustomer(start, profile, deps)
  const identity = deps.customers.isValid(stored) ? stored : await deps.customers.renew(start.input.userId, stored)
  const isReplaced = identity.customerId !== stored.customerId
  const isKnown = !isReplaced && pointers.profile === fingerprint(profile)
  const isSent = await sendDetails(start, isKnown ? {} : profile, identity, deps)
  const sentBefore = isReplaced ? undefined : pointers.profile
  return { identity, isReplaced, profile: isSent ? fingerprint(profile) : sentBefore }
}

async function newCustomer(start: Start, profile: CustomerProfile, deps: Deps): Promise<ReadyCustomer> {
  const created = await deps.customers.create()
  // Kept before a chat exists: a crash in between must not lose who the customer is.
  const [identity, isSent] = await Promise.all([
    deps.customers.saveNew(start.input.userId, created),
    sendDetails(start, profile, created, deps),
  ])
  const isTheSame = identity.customerId === created.customerId // another process may have been faster
  return { identity, isReplaced: false, profile: isSent && isTheSame ? fingerprint(profile) : undefined }
}

/** Session fields end with the customer's session, so they go every time; the rest only when it changed. */
async function sendDetails(
  { input: { userId }, options: { sessionFields = [] } }: Start,
  profile: CustomerProfile,
  identity: CustomerIdentity,
  deps: Deps,
): Promise<boolean> {
  const details: Details = { ...profile, ...(sessionFields.length > 0 && { sessionFields }) }
  if (Object.keys(details).length === 0) return true
  const send = (some: Details) =>
    deps.access.asIdentity(userId, identity, (current) => deps.livechat.customer.updateCustomer(current, some))
  try {
    const sending = send(details).catch((error: unknown) => send(withoutAddresses(details, error)))
    await inTime(sending, { ms: DETAILS_MAY_TAKE_MS, tooLate }, deps.clock)
    return true
  } catch (error) {
    // A name that LiveChat does not take is no reason to leave somebody without an agent.
    deps.log.warn(`The customer's details could not be sent: ${describe(error)}`)
    return false
  }
}

const tooLate = () =>
  new LiveChatError({ api: 'customer', action: 'update_customer', failure: 'try-later', type: 'too_slow' })

/** One address that LiveChat finds malformed has it refuse all: the rest is worth a second try. Else `error` is thrown. */
function withoutAddresses({ email, avatar, ...rest }: Details, error: unknown): Details {
  const isWorthIt = (email ?? avatar) !== undefined && Object.keys(rest).length > 0
  if (!isWorthIt || !isFailure(error, 'our-mistake') || error.type !== 'validation') throw error
  return rest
}
