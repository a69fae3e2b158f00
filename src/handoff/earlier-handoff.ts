import { deadlineIn } from '../clock'
import { isFailure, isFailureOfAccess } from '../livechat/errors'
import type { Chat, Thread } from '../livechat/types'
import type { Session } from '../session/session'
import { transition } from '../session/transitions'
import { ALIVE_MS, START_MAY_TAKE_MS } from '../timing'
import { upstreamUserIn } from '../translate/address'
import { wasBrokenOff } from '../translate/broken-off'
import { startKeyIn } from '../translate/start-key'
import type { Deps } from '../wiring'
import { closeChat } from './close-chat'
import { endHandoff } from './end'
import { lookForLastWords, writeLastWords } from './last-words'
import { markEnd } from './mark-end'
import type { Start } from './start-types'
import { Signal } from '../signal'

/** Another handoff of the same customer is alive: two people, or two windows, may share an address. */
export class AlreadyInHandoff extends Signal {
  override readonly name = 'AlreadyInHandoff'
}

/** A first answer that arrived is followed by the plugin's link within this time, in milliseconds. */
const LINKED_WITHIN_MS = 2_500
const POLL_MS = 500
/** Whoever asked for the start has given up by then, in milliseconds. */
const NOTICED_WITHIN_MS = 60_000
/** A bot mostly listens within this time, which leaves enough of the lease for the start itself; in milliseconds. */
const LISTENS_WITHIN_MS = 4_000
/** The plugin's processing of an end is waited for, so that it cannot end what begins now; in milliseconds. */
const STOP_PROCESSED_WITHIN_MS = 1_500
/** An agent's words of just now are worth that much of the lease, in milliseconds. */
const LAST_WORDS_WORTH_MS = 1_500

/**
 * What becomes of the customer's handoff before this one, under the lease: the same call again gets its conversation, a
 * live one refuses the new one, any other is ended. `undefined`: the way is free. Throws `AlreadyInHandoff`.
 */
export async function makeRoom(start: Start, deps: Deps): Promise<Session | undefined> {
  const { chatId, threadId } = start.pointers
  if (!chatId) return undefined
  const copy = threadId && deps.sessions.remembered({ chatId, threadId })
  if (copy?.ended) return undefined // an end is never taken back, so an old copy is as good
  const session = threadId
    ? (await deps.sessions.find({ chatId, threadId })).session
    : await deps.sessions.newestOf(chatId)
  return session && !session.ended ? giveWay(session, start, deps) : undefined
}

/** The same for a live session that LiveChat shows. `thread`: where it was looked at already. */
export async function giveWay(
  session: Session,
  start: Start,
  deps: Deps,
  thread?: Thread,
): Promise<Session | undefined> {
  if (isSameStart(session, start, thread) && (await isRepeatedCall(session, deps))) return session
  const seen = thread ?? (await threadOf(session, start, deps))
  if (seen && !seen.active) {
    await untilBotListens(session, deps)
    await endHandoff(session, { undelivered: 0 }, deps)
  } else {
    const now = await deps.sessions.get(session.conversationId) // the bot may have taken it back while LiveChat was asked
    if (now && !now.ended) await replace(now, seen, start, deps)
  }
  return undefined
}

/** The opening of the thread says so itself, or the note that was left with the customer. */
function isSameStart({ threadId }: Session, { startKey, pointers }: Start, thread?: Thread): boolean {
  if (thread) return thread.events.some(({ customId }) => startKeyIn(customId) === startKey)
  return pointers.startKey === startKey && pointers.threadId === threadId
}

/**
 * A repetition can only come before the plugin has the first answer. Equal words alone are no evidence: two people with one
 * address may say them. So the plugin's link is waited for, and where it would leave no trace, the words are not believed.
 */
async function isRepeatedCall(session: Session, deps: Deps): Promise<boolean> {
  const { clock, sessions, activation } = deps
  const ageOf = ({ createdAt }: Session) => clock.now() - createdAt
  let seen: Session | undefined = session
  while (seen && ageOf(seen) < LINKED_WITHIN_MS && !activation.wasNoticed(seen)) {
    await clock.sleep(POLL_MS)
    seen = await sessions.get(session.conversationId)
  }
  if (!seen || seen.ended || ageOf(seen) > START_MAY_TAKE_MS) return false
  return !activation.wasNoticed(seen) && (await activation.leavesTraces(seen))
}

/** Nobody wrote for long, or the bot has its conversation back: the earlier handoff ends, though no agent ended it. */
async function replace(session: Session, thread: Thread | undefined, start: Start, deps: Deps): Promise<void> {
  const isSameConversation = isFromSameConversation(session, start)
  const isFree = isSameConversation || isSamePerson(session, start) || !isAlive(thread, deps)
  if (!isFree && !(await isAbandoned(session, deps))) throw new AlreadyInHandoff('the chat has a live handoff')
  const { tags, notices } = transition(session, { kind: 'replaced', isSameConversation })
  if (notices.some(({ kind }) => kind === 'stopped')) {
    const looking = lookForLastWords(session, { unknown: 'What an agent said last', ms: LAST_WORDS_WORTH_MS }, deps)
    await untilBotListens(session, deps)
    await writeLastWords(session, await looking, deps)
    await deps.events.stoppedAndProcessed(session, STOP_PROCESSED_WITHIN_MS)
  }
  await markEnd(session, tags, deps)
  deps.log.info(`An earlier handoff gave way: chat ${session.chatId}, thread ${session.threadId}`)
  if (thread) await closeChat(session, deps)
}

/** The end of a handoff that has only just begun would be dropped without a sign, and its window stay with nobody. */
async function untilBotListens(session: Session, { activation, clock }: Deps): Promise<void> {
  await activation.waitUntilActive(session, deadlineIn(LISTENS_WITHIN_MS, clock))
}

/** The same person in another window: their earlier handoff gives way, so that nobody is locked out by a lost end. */
function isSamePerson({ upstream }: Session, { options, user }: Start): boolean {
  const isNamed = options.upstreamUserId !== undefined && options.upstreamUserId === upstream.userId
  return isNamed || upstreamUserIn(user.email) !== undefined
}

/**
 * The plugin starts no handoff in a conversation that is in one: it has ended the earlier one without telling us. Where the
 * bot does not name the conversation, the history may show that the plugin broke a handoff off in it.
 */
function isFromSameConversation({ upstream }: Session, { options, input }: Start): boolean {
  const { upstreamConversationId: given } = options
  if (given !== undefined && upstream.conversationId !== undefined) return upstream.conversationId === given
  return wasBrokenOff(input.messageHistory)
}

/** The answer of its start never reached the bot, which would have taken notice long ago. */
async function isAbandoned(session: Session, { activation, clock }: Deps): Promise<boolean> {
  if (clock.now() - session.createdAt < NOTICED_WITHIN_MS || activation.wasNoticed(session)) return false
  return activation.leavesTraces(session)
}

/** Whether somebody wrote, or the thread was opened, within the last minutes. */
export function isAlive(thread: Thread | undefined, { clock }: Deps): boolean {
  if (!thread) return false
  const times = [thread.createdAt, ...thread.events.map(({ createdAt }) => createdAt)].map((time) =>
    Date.parse(time ?? ''),
  )
  return clock.now() - Math.max(...times.filter((time) => !Number.isNaN(time)), 0) < ALIVE_MS
}

/** `undefined`: LiveChat knows no such thread any more, or shows it to us no longer. Throws `LiveChatError`. */
async function threadOf(
  { chatId, threadId, userId }: Session,
  { stored }: Start,
  deps: Deps,
): Promise<Thread | undefined> {
  const look = (): Promise<Chat> => {
    if (!stored) return deps.livechat.agent.getChat({ chatId, threadId })
    return deps.access.asIdentity(userId, stored, (identity) =>
      deps.livechat.customer.getChat(identity, { chatId, threadId }),
    )
  }
  try {
    return (await look()).thread
  } catch (error) {
    if (isFailure(error, 'not-found', 'session-over', 'refused', 'our-mistake') || isFailureOfAccess(error))
      return undefined
    throw error
  }
}
