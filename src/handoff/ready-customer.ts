import { inTime } from '../clock'
import { isFailure, LiveChatError } from '../livechat/errors'
import { describe } from '../log'
import type { CustomerIdentity } from '../session/identities'
import { fingerprint, smallerUpdates, type CustomerProfile, type ProfileUpdate } from '../translate/profile'
import type { SessionOptions } from '../translate/session-options'
import type { Deps } from '../wiring'
import { asCustomer } from './as-customer'

/** How long a start waits for LiveChat to take a name, in milliseconds: the customer waits too. */
const DETAILS_MAY_TAKE_MS = 12_000

type Known = {
  userId: string
  stored: CustomerIdentity | undefined
  profile: CustomerProfile
  sessionFields: SessionOptions['sessionFields']
  /** Runs before LiveChat is told anything of a customer who was here before; what it throws is thrown. */
  beforeTelling: () => Promise<void>
}

export type ReadyCustomer = {
  identity: CustomerIdentity
  /** LiveChat gave another customer than the one of earlier handoffs: their history is not with this one. */
  isReplaced: boolean
  /** Fingerprint of what LiveChat knows of them now. */
  profile: string | undefined
}

/** A customer with a valid token, whom LiveChat knows by name. Throws `LiveChatError`. */
export async function readyCustomer(known: Known, deps: Deps): Promise<ReadyCustomer> {
  const { userId, stored, profile } = known
  if (!stored) return newCustomer(known, deps)
  const identity = deps.customers.isValid(stored) ? stored : await deps.customers.renew(userId, stored, 'later')
  const isReplaced = identity.customerId !== stored.customerId
  const isKnown = !isReplaced && stored.profile === fingerprint(profile)
  const isSent = await sendProfile({ ...known, profile: isKnown ? {} : profile }, identity, deps)
  const told = isReplaced ? undefined : stored.profile
  return { identity, isReplaced, profile: isSent ? fingerprint(profile) : told }
}

async function newCustomer(known: Known, deps: Deps): Promise<ReadyCustomer> {
  const created = await deps.customers.create()
  // Kept before a chat exists: a crash in between must not lose who the customer is.
  const [identity, isSent] = await Promise.all([
    deps.customers.saveNew(known.userId, created),
    sendProfile(known, created, deps),
  ])
  const isTold = isSent && identity.customerId === created.customerId // another process may have been faster
  return { identity, isReplaced: false, profile: isTold ? fingerprint(known.profile) : undefined }
}

/** Session fields end with the customer's session, so they go every time; the rest only when it changed. */
async function sendProfile(known: Known, identity: CustomerIdentity, deps: Deps): Promise<boolean> {
  const { userId, profile, sessionFields = [] } = known
  const update: ProfileUpdate = { ...profile, ...(sessionFields.length > 0 && { sessionFields }) }
  if (Object.keys(update).length === 0) return true
  if (known.stored) await known.beforeTelling()
  const send = (part: ProfileUpdate) =>
    asCustomer(userId, identity, deps, (current) => deps.livechat.customer.updateCustomer(current, part))
  try {
    const sending = sendInParts(update, send, deps)
    return await inTime(sending, { ms: DETAILS_MAY_TAKE_MS, tooLate }, deps.clock)
  } catch (error) {
    // A name that LiveChat does not take is no reason to leave somebody without an agent.
    deps.log.warn(`The customer's details could not be sent: ${describe(error)}`)
    return false
  }
}

const tooLate = () =>
  new LiveChatError({ api: 'customer', action: 'update_customer', failure: 'try-later', type: 'too_slow' })

/**
 * Sends an update; when LiveChat refuses it because of a field, its parts one by one. Answers whether anything was taken.
 * What is refused by itself is lost: LiveChat would refuse it again with the next handoff.
 */
async function sendInParts(
  update: ProfileUpdate,
  send: (part: ProfileUpdate) => Promise<void>,
  deps: Deps,
): Promise<boolean> {
  try {
    await send(update)
    return true
  } catch (error) {
    if (!isFailure(error, 'our-mistake', 'too-large')) throw error
    deps.log.warn(`LiveChat refused ${Object.keys(update).join(', ')} of the customer: ${describe(error)}`)
    let isTaken = false
    for (const part of smallerUpdates(update, error.type)) isTaken = (await sendInParts(part, send, deps)) || isTaken
    return isTaken
  }
}
