import { OperationTimeoutError } from '@botpress/client'
import { inTime } from '../clock'
import type { Chat, IncomingEvent } from '../livechat/types'
import { describe } from '../log'
import type { Newest } from '../session/messages'
import type { Session } from '../session/session'
import { entryOf } from '../session/transitions'
import { CLOCK_SKEW_MS } from '../timing'
import { sinceHandoff } from '../translate/handoff-times'
import { relayable } from '../translate/relayable'
import type { Deps } from '../wiring'
import { leavesGap } from './event-gaps'
import { tryGetChat } from './try-get-chat'

/**
 * This long after an announcement no words of that agent are held back any more, in milliseconds: a process gave them up, and
 * LiveChat has repeated the webhook.
 */
const HELD_BACK_MS = 15_000
/** So long after that, words of before are still looked for, but not waited for: the last who waited may be late by that. */
const STILL_LOOKED_FOR_MS = 1_500

/**
 * The chat, for the first words of an agent. While an agent is being announced, several processes hold words of theirs back,
 * and none knows of the others: the first to go on writes what was said before, see `saidBefore`. Later ones of this time look
 * as well where something came in between, which a process that looks first is slower to write.
 */
export function lookForEarlier(event: IncomingEvent, session: Session, deps: Deps): LookedAt {
  const hasLeft = entryOf(session, event.authorId)?.hasLeft ?? true
  const isYoung = sinceAnnounced(event, session, deps) < HELD_BACK_MS + STILL_LOOKED_FOR_MS
  const hasLooked = deps.memory.lookedBack.get(arrivalOf(event, session)) && !leavesGap(event.id, deps)
  const isNewHere = hasLeft || (isYoung && !hasLooked)
  return isNewHere && !session.ended ? tryGetChat(session, 'What an agent said before is not known', deps) : undefined
}

/** How long ago the author was announced, in milliseconds. */
const sinceAnnounced = ({ authorId }: IncomingEvent, session: Session, { clock }: Deps) =>
  clock.now() - (entryOf(session, authorId)?.announcedAt ?? 0)

/** Words from now on find the agent announced, in whichever process. */
export function noteLookedBack(event: IncomingEvent, session: Session, deps: Deps): void {
  deps.memory.lookedBack.set(arrivalOf(event, session), true)
}

/** One coming of one agent into one thread. */
const arrivalOf = ({ authorId = '' }: IncomingEvent, session: Session) =>
  `${session.threadId} ${authorId} ${entryOf(session, authorId)?.announcedAt ?? ''}`

export type LookedAt = Promise<Chat | undefined> | undefined

/** What the author of these words said before them and no message holds, oldest first. */
export async function saidBefore(
  event: IncomingEvent,
  chat: Chat | undefined,
  session: Session,
  deps: Deps,
): Promise<IncomingEvent[]> {
  const words = wordsIn(chat, deps).filter(({ authorId }) => authorId === event.authorId)
  const place = words.findIndex(({ id }) => id === event.id)
  if (place < 1) return []
  const before = words.slice(0, place)
  const newest = await newestOf(session, deps)
  const isHeldBack = sinceAnnounced(event, session, deps) < HELD_BACK_MS
  return isHeldBack ? missingAfterAll(before, newest, session, deps) : missingOf(before, newest)
}

/** A webhook is at work for about this long, in milliseconds. */
const ON_THEIR_WAY_MS = 1_000

/**
 * The words that no message holds, and that no other process is just writing: of young ones a second look tells, since
 * get-or-create may find what another process has written only after a moment [botpress.md: Get or create].
 */
export async function missingAfterAll(
  words: IncomingEvent[],
  newest: Newest | undefined,
  session: Session,
  deps: Deps,
): Promise<IncomingEvent[]> {
  const missing = missingOf(words, newest)
  const saidAt = Math.max(0, ...missing.map(({ createdAt }) => Date.parse(createdAt ?? '') || 0))
  const waitMs = saidAt + ON_THEIR_WAY_MS - deps.clock.now()
  if (!newest || waitMs <= 0) return missing
  await deps.clock.sleep(Math.min(waitMs, ON_THEIR_WAY_MS))
  return missingOf(words, await newestOf(session, deps))
}

/** What people have said in the chat since the handoff began: an agent may have opened the thread, and written, before. */
export function wordsIn(chat: Chat | undefined, { settings }: Deps): IncomingEvent[] {
  return sinceHandoff(chat?.thread?.events ?? []).filter((event) => relayable(event, settings).relay)
}

/** Where the messages are not known, so many of the last words are written again: those that are there are found. */
const WRITTEN_AGAIN = 5

/** The words that no message holds. What is older than the page of messages is there. */
function missingOf(words: IncomingEvent[], newest: Newest | undefined): IncomingEvent[] {
  if (!newest) return words.slice(-WRITTEN_AGAIN)
  const since = newest.isAll ? 0 : newest.oldestAt - CLOCK_SKEW_MS
  return words.filter(({ id, createdAt }) => !newest.eventIds.has(id) && !(Date.parse(createdAt ?? '') < since))
}

/** What is missing is worth that much of a webhook's time, in milliseconds: the rest is for the words and the end. */
const NEWEST_WORTH_MS = 4_000

/** The newest messages of the handoff; `undefined`, with a line in the log, when Botpress does not tell soon. */
export async function newestOf(
  { conversationId }: Session,
  { messages, clock, log }: Deps,
): Promise<Newest | undefined> {
  const tooLate = () => new OperationTimeoutError('the messages were not listed')
  try {
    return await inTime(messages.newest(conversationId), { ms: NEWEST_WORTH_MS, tooLate }, clock)
  } catch (error) {
    log.warn(`Whether words are missing is not known: ${describe(error)}`)
    return undefined
  }
}
