import type { ActionProps } from '../bp'
import { endHandoff } from '../handoff/end'
import { isStillThere } from '../handoff/still-there'
import { tryGetChat } from '../handoff/try-get-chat'
import { refusal } from '../problems'
import type { Session } from '../session/session'
import { ACTION_MS, LEASE_MS } from '../timing'
import { identifyingAddress } from '../translate/address'
import type { Deps } from '../wiring'
import { action } from './action'

type Input = ActionProps['forgetInBotpress']['input']
type Forgotten = { chatIds: string[]; customerIds: string[] }
type Output = Forgotten & { users: number; conversations: number; remains: string }

/** No method of LiveChat's erases a customer, a chat or a thread (Agent, Customer and Configuration API, method lists). */
const REMAINS =
  "LiveChat keeps the chats and the customers listed here: it offers no API to erase them. Ask LiveChat's support. The customer's own conversation with the bot is not deleted either."

/**
 * Deletes what this integration holds of a customer in Botpress: the conversations of their handoffs with all messages, the
 * LiveChat identity, and name, picture and tags of the user. Throws a refusal while a handoff is open, and when something
 * may be left; the same call again then deletes the rest.
 */
export const forgetInBotpress = action<'forgetInBotpress'>({
  ms: ACTION_MS,
  failed: 'A customer was not deleted, or not all of it',
  act: forgetAll,
  answerTo: () => {
    throw refusal('notForgotten')
  },
})

async function forgetAll(input: Input, deps: Deps): Promise<Output> {
  const userIds = await usersOf(input, deps)
  if (userIds.length === 0) throw refusal('unknownCustomer')
  const ids = { chats: new Set<string>(), customers: new Set<string>() }
  let conversations = 0
  for (const userId of userIds) conversations += await forget(userId, ids, deps)
  const lists = { chatIds: [...ids.chats], customerIds: [...ids.customers] }
  return { users: userIds.length, conversations, ...lists, remains: REMAINS }
}

async function usersOf({ userId, email }: Input, { endUsers }: Deps) {
  const id = userId?.trim()
  const address = identifyingAddress(email ?? undefined)
  const known = id && (await endUsers.get(id)) ? [id] : []
  return [...new Set([...known, ...(address ? await endUsers.withAddress(address) : [])])]
}

type Ids = { chats: Set<string>; customers: Set<string> }

/**
 * The end of a handoff may have got lost: only a chat that is open keeps its customer. Who looks as the customer alone could
 * take a lost identity for an end, while an agent waits there. Throws a refusal for an open one.
 */
async function endUnlessAlive(session: Session, deps: Deps): Promise<void> {
  const seen = await tryGetChat(session, 'Whether a handoff goes on is not known with the agent token', deps)
  const isAlive = seen ? seen.thread?.active !== false : await isStillThere(session, deps)
  if (isAlive) throw refusal('customerInHandoff')
  await endHandoff(session, { undelivered: 0 }, deps)
}

/** Returns how many conversations were deleted. What names the chats goes last, so that a call that fails can be repeated. */
async function forget(userId: string, { chats, customers }: Ids, deps: Deps): Promise<number> {
  const lease = await deps.leases.wait(userId, LEASE_MS)
  try {
    const [user, stored, sessions] = await Promise.all([
      deps.endUsers.get(userId),
      deps.customers.read(userId),
      deps.sessions.ofUser(userId),
    ])
    for (const session of sessions) if (!session.ended) await endUnlessAlive(session, deps)
    for (const id of [user?.pointers.chatId, ...sessions.map(({ chatId }) => chatId)]) if (id) chats.add(id)
    for (const id of [stored?.identity.customerId, ...sessions.map(({ customerId }) => customerId)])
      if (id) customers.add(id)
    for (const session of sessions) await deps.sessions.delete(session)
    await deps.customers.forget(userId)
    await deps.endUsers.blank(userId)
    return sessions.length
  } finally {
    await deps.leases.release(lease)
  }
}
