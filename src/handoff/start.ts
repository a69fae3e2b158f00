import { refusal } from '../problems'
import type { CustomerIdentity } from '../session/identities'
import type { Session } from '../session/session'
import { describe } from '../log'
import { customerProfile } from '../translate/profile'
import type { SessionOptions } from '../translate/session-options'
import { startKeyOf } from '../translate/start-key'
import type { Deps } from '../wiring'
import { asCustomer, IdentityLost } from './as-customer'
import { isWiped, openThread } from './open-thread'
import { openingOf, type StartInput } from './opening'
import { readyCustomer } from './ready-customer'
import { refuseWhileTalking } from './refuse-while-talking'
import { settle } from './settle'

type Customer = { name?: string; email?: string; pictureUrl?: string }

/**
 * Opens a LiveChat thread for a Botpress user and the conversation that stands for it. The same call again returns the
 * same conversation; a chat without a conversation is never left open. Throws `Refusal`, `LiveChatError`,
 * `AlreadyInHandoff`.
 */
export async function startHandoff(input: StartInput, options: SessionOptions, deps: Deps): Promise<Session> {
  const startKey = startKeyOf({ ...input, options })
  return deps.memory.starts.take(input.userId, deps.deadline, async () => {
    const [customer, stored] = await Promise.all([
      loadCustomer(input.userId, deps),
      deps.customers.load(input.userId, 'any'),
    ])
    const before = stored?.current?.startKey === startKey ? await liveSession(stored, deps) : undefined
    if (before) return before
    const previous = previousSession(stored, deps)
    return open({ input, options, startKey, customer, stored, previous }, deps)
  })
}

type Start = {
  input: StartInput
  options: SessionOptions
  startKey: string
  customer: Customer
  stored: CustomerIdentity | undefined
  /** The handoff before this one, unless it is known to be over. */
  previous: Promise<Session | undefined>
}

async function open(start: Start, deps: Deps, isSecondTry = false): Promise<Session> {
  const { input, options, startKey, customer, stored, previous } = start
  const { userId } = input
  const beforeTelling = () => refuseWhileTalking(previous, startKey, deps)
  const { sessionFields } = options
  const known = { userId, stored, profile: customerProfile(customer), sessionFields, beforeTelling }
  const { identity, isReplaced, profile } = await readyCustomer(known, deps)
  const context = { startKey, customerName: customer.name, options, isReplaced: isReplaced || isSecondTry }
  const opening = await openingOf(input, context, deps)
  try {
    const opened = await asCustomer(userId, identity, deps, (current) =>
      openThread({ userId, identity: current, startKey, opening }, deps),
    )
    return await settle(opened, { userId, startKey, identity, profile, options, previous }, deps)
  } catch (error) {
    if (isSecondTry || !(await isSomebodyElseNow(error, userId, deps))) throw error
    return open({ ...start, stored: await deps.customers.load(userId, 'any') }, deps, true)
  }
}

/** Whether another LiveChat customer stands for the user now than when `error` came. */
async function isSomebodyElseNow(error: unknown, userId: string, { customers }: Deps): Promise<boolean> {
  if (error instanceof IdentityLost) return true
  if (!isWiped(error)) return false
  await customers.startOver(userId)
  return true
}

async function loadCustomer(userId: string, { endUsers }: Deps): Promise<Customer> {
  const user = await endUsers.get(userId)
  if (!user) throw refusal('unknownUser')
  return user
}

/** The session of a repeated call. LiveChat is asked, since an end that nobody told us of would return a dead one. */
async function liveSession({ chatId, current }: CustomerIdentity, deps: Deps): Promise<Session | undefined> {
  if (!chatId || !current) return undefined
  const key = { chatId, threadId: current.threadId }
  const [{ session }, chat] = await Promise.all([
    deps.sessions.find(key),
    deps.livechat.agent.getChat(key).catch(() => undefined),
  ])
  return session && !session.ended && chat?.thread?.active !== false ? session : undefined
}

/** The handoff before this one, if it may still count as alive somewhere. Runs beside the start and never fails it. */
async function previousSession(stored: CustomerIdentity | undefined, deps: Deps): Promise<Session | undefined> {
  const { chatId, current } = stored ?? {}
  if (!chatId) return undefined
  const warm = current && deps.sessions.remembered({ chatId, threadId: current.threadId })
  if (warm?.ended) return undefined
  return deps.sessions.newestOf(chatId).catch((error: unknown) => {
    deps.log.warn(`The handoff before this one could not be looked up: ${describe(error)}`)
    return undefined
  })
}
