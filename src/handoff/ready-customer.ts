import { inTime } from '../clock'
import { isFailure, LiveChatError } from '../livechat/errors'
import { describe } from '../log'
import type { CustomerIdentity } from '../session/identities'
import { fingerprint, smallerUpdates, type CustomerProfile, type ProfileUpdate } from '../translate/profile'
import type { Deps } from '../wiring'
import type { Start } from './start-types'

/** How long a start waits for LiveChat to take a name, in milliseconds: the customer waits too. */
const DETAILS_MAY_TAKE_MS = 12_000

type ReadyCustomer = {
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
  const update: ProfileUpdate = { ...profile, ...(sessionFields.length > 0 && { sessionFields }) }
  if (Object.keys(update).length === 0) return true
  const send = (part: ProfileUpdate) =>
    deps.access.asIdentity(userId, identity, (current) => deps.livechat.customer.updateCustomer(current, part))
  try {
    return await inTime(sendInParts(update, send, deps), { ms: DETAILS_MAY_TAKE_MS, tooLate }, deps.clock)
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
