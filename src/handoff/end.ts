import type { Session } from '../session/session'
import { transition } from '../session/transitions'
import { ratingOf } from '../translate/chat-facts'
import { endReason } from '../translate/end-reason'
import { handoffTimes } from '../translate/handoff-times'
import type { Deps } from '../wiring'
import { askForSummary } from './summary'
import { closeChat } from './close-chat'
import { inTurn, type Turn } from './in-turn'
import { lookForLastWords, writeLastWords, type LastWords } from './last-words'
import { noteThatBotIsBack } from './note-to-agent'

export type End = {
  /** Who closed it, where LiveChat told; absent for its router. */
  closedBy?: string
  /** Why, where it was not LiveChat that ended it. The thread is still open then, and we close it. */
  reason?: 'agent' | 'nobody'
  /** With which an agent gave the customer back to the bot. */
  command?: string
  /** Messages of the customer that met the closed chat. */
  undelivered: number
}

/**
 * The chat tells which words are missing. It is waited for as long as the caller's time leaves for all the rest, in
 * milliseconds.
 */
const LAST_WORDS_WORTH_MS = 4_500

/**
 * LiveChat ended the handoff, an agent gives the customer back, or nobody came: what the agent said and the customer has not got yet is
 * written, the bot takes over, and hears why. Under the lease, so that it happens once; marked last, so that a mark means "all of it was done".
 */
export async function endHandoff(session: Session, end: End, deps: Deps): Promise<void> {
  if (session.ended) return
  // Of a closed thread nothing changes any more, so this need not wait for the lease.
  const looking = lookForLastWords(session, { unknown: 'Why the chat ended', ms: LAST_WORDS_WORTH_MS }, deps)
  const isEndedHere = await inTurn(
    session,
    { isDone: ({ ended }) => ended !== undefined, alongside: () => looking },
    (turn, words) => endInTurn(turn, { ...end, ...words }, deps),
    deps,
  )
  if (isEndedHere) await askForSummary(session, deps)
}

type Known = End & LastWords

/** Whether the handoff was ended here, and not before. */
async function endInTurn(turn: Turn, known: Known, deps: Deps): Promise<boolean> {
  const { session, inherited } = turn
  const command = known.command ?? session.command
  if (known.reason === 'nobody' && session.agents.length > 0) return false // somebody came meanwhile
  const reason = known.reason ?? endReason(known.closedBy, known.chat?.thread?.events)
  const { tags, notices } = transition(session, { kind: 'closed', reason })
  if (notices.length === 0) return false
  turn.isHalfDone = true
  await writeLastWords(session, known, deps)
  // A flow reads the tag as soon as it goes on, and that is after the next line.
  if (command !== session.command) await deps.sessions.write(session, { command })
  await deps.events.stopped(session)
  const isReported = deps.settings.reportChatEnd && !(inherited && (await deps.events.hasReportedEnd(session)))
  const details = { reason, ...detailsOf(session, known, deps), ...(command !== undefined && { command }) }
  if (isReported) await deps.events.chatEnded(session, details)
  if (known.reason) await leaveChat(session, known, deps)
  await deps.sessions.write(session, tags)
  turn.isHalfDone = false
  return true
}

/** The agent reads that the command worked, and the chat is no longer there to be answered. */
async function leaveChat(session: Session, { chat, command }: Known, deps: Deps): Promise<void> {
  if (command !== undefined) await noteThatBotIsBack(session, { command, seen: chat?.thread?.events ?? [] }, deps)
  await closeChat(session, deps).catch((error: unknown) =>
    deps.log.failed('The chat may still be open in LiveChat', error),
  )
}

function detailsOf(session: Session, { chat, closedBy, undelivered }: Known, { clock, settings }: Deps) {
  const closer = chat?.users.find(({ id, type }) => id === closedBy && type === 'agent')
  const rating = ratingOf(chat?.thread)
  const groupId = chat?.groupIds[0]
  return {
    tags: chat?.thread?.tags ?? [],
    ...(closer?.name && { closedBy: closer.name }),
    ...(rating && { rating }),
    ...(groupId !== undefined && { groupId }),
    language: session.language ?? settings.language,
    undelivered,
    ...handoffTimes(session, { events: chat?.thread?.events, now: clock.now(), settings }),
  }
}
