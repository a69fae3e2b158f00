import { MAX_SESSION_FIELDS } from '../livechat/limits'
import { refusal } from '../problems'
import { IdentityLost } from '../session/customer-access'
import type { Pointers } from '../session/identities'
import { LeaseLost } from '../session/lease'
import type { Session } from '../session/session'
import { maskFor } from '../translate/mask'
import { maskPayload } from '../translate/mask-payload'
import { permittedProfile } from '../translate/privacy'
import { customerProfile } from '../translate/profile'
import type { SessionOptions } from '../translate/session-options'
import { factFields } from '../translate/summary'
import { startKeyOf } from '../translate/start-key'
import type { Deps } from '../wiring'
import { makeRoom } from './earlier-handoff'
import { finishStart } from './finish-start'
import { isAnonymized, openThread } from './open-thread'
import { openingOf } from './opening'
import { readyCustomer } from './ready-customer'
import type { Start, StartInput } from './start-types'

/** The lease of a start: another one of the same customer may take over after this, in milliseconds. */
const START_LEASE_MS = 6_000

/**
 * Opens a LiveChat thread for a Botpress user and the conversation that stands for it, under the user's lease. The same
 * call again, before the plugin had the first answer, returns the same conversation; a chat without a conversation is never
 * left open. Throws `Refusal`, `LiveChatError`, `AlreadyInHandoff`, `RetryLater`.
 */
export async function startHandoff(input: StartInput, options: SessionOptions, deps: Deps): Promise<Session> {
  const startKey = startKeyOf({ ...input, options }, deps.installationMark)
  const begin = () => startUnderLease({ input, options, startKey }, deps)
  return deps.memory.startLock.run(input.userId, deps.deadline, () =>
    begin().catch((error: unknown) => {
      if (error instanceof LeaseLost) return begin()
      throw error
    }),
  )
}

type Wanted = Pick<Start, 'input' | 'options' | 'startKey'>

async function startUnderLease(wanted: Wanted, deps: Deps): Promise<Session> {
  const { user, stored, lease } = await takeTurn(wanted.input.userId, deps)
  try {
    if (!user) throw refusal('unknownUser')
    const pointers = user.pointers.chatId ? user.pointers : { ...stored?.oldPointers, ...definedIn(user.pointers) }
    const start: Start = { ...wanted, ...masked(wanted, deps), lease, user, stored: stored?.identity, pointers }
    return (await makeRoom(start, deps)) ?? (await open(start, deps))
  } finally {
    await deps.leases.release(lease)
  }
}

/** The start key recognizes what was given; LiveChat gets what is not masked. */
function masked({ input, options }: Pick<Start, 'input' | 'options'>, { privacyOf, wordsFor }: Deps) {
  const mask = maskFor(privacyOf(options).mask)
  const { summary, intent, sentiment, priority, customerLanguage, tags, sessionFields = [] } = options
  const said = maskPayload({ summary, intent, sentiment, priority, customerLanguage }, mask)
  const given = sessionFields.map(({ name, value }) => ({ name: mask(name), value: mask(value) }))
  const facts = given.length > 0 ? factFields(said, given, wordsFor(options).toAgent) : []
  return {
    input: { ...maskPayload(input, mask), userId: input.userId },
    options: {
      ...options,
      ...said,
      ...(tags && { tags: tags.map(mask) }),
      sessionFields: [...given, ...facts].slice(0, MAX_SESSION_FIELDS),
    },
  }
}

/** User, identity and lease at once; what was read before the lease was free is read again. */
async function takeTurn(userId: string, deps: Deps) {
  const { endUsers, customers, leases } = deps
  const read = () => Promise.all([endUsers.get(userId), customers.read(userId)])
  const [[user, stored], lease] = await Promise.all([read(), leases.tryTake(userId, START_LEASE_MS)])
  if (lease) return { user, stored, lease }
  const later = await leases.wait(userId, START_LEASE_MS)
  const [userLater, storedLater] = await read()
  return { user: userLater, stored: storedLater, lease: later }
}

async function open(start: Start, deps: Deps, isSecondTry = false): Promise<Session> {
  const { input, options, startKey, user, pointers } = start
  const { userId } = input
  const { identity, isReplaced, profile } = await readyCustomer(
    start,
    permittedProfile(customerProfile({ ...user, email: user.email ?? user.given?.email }), deps.privacyOf(options)),
    deps,
  )
  const context = { startKey, identity, user, options, isReplaced: isReplaced || isSecondTry }
  const opening = await openingOf(input, context, deps)
  const chatId = isReplaced ? undefined : pointers.chatId
  try {
    const opened = await deps.access.asIdentity(userId, identity, (current) =>
      openThread({ start, identity: current, opening, chatId }, deps),
    )
    return await finishStart(opened, { start, identity, profile }, deps)
  } catch (error) {
    if (isSecondTry || !(await isSomebodyElseNow(error, userId, deps))) throw error
    const replacement = (await deps.customers.read(userId))?.identity
    return open({ ...start, stored: replacement, pointers: {} }, deps, true)
  }
}

/** Whether another LiveChat customer stands for the user now than when `error` came. */
async function isSomebodyElseNow(error: unknown, userId: string, { customers }: Deps): Promise<boolean> {
  if (error instanceof IdentityLost) return true
  if (!isAnonymized(error)) return false
  await customers.startOver(userId)
  return true
}

const definedIn = (pointers: Pointers): Pointers =>
  Object.fromEntries(Object.entries(pointers).filter(([, value]) => value !== undefined))
