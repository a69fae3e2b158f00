import type { Chat } from '../livechat/types'
import type { Session } from '../session/session'
import { endReason } from '../translate/end-reason'
import type { Deps } from '../wiring'
import { glanceAtChat } from './glance-at-chat'

export type End = {
  /** Who closed it, where LiveChat told; absent for its router. */
  closedBy?: string
  /** Messages of the customer that met the closed chat. */
  undelivered: number
}

/**
 * LiveChat ended the session: the bot takes over, and hears why. The takeover comes first and depends on nothing. The
 * mark comes before the report, since its answer tells whether another process of ours closed the chat meanwhile.
 */
export async function endSession(session: Session, end: End, deps: Deps): Promise<void> {
  await deps.hitl.stopped(session)
  const chat = deps.settings.reportChatEnd ? await endedChat(session, deps) : undefined
  const marked = await deps.sessions.write(session, { ended: endReason(end.closedBy, chat?.thread?.events) })
  await report(marked, end, chat, deps)
}

/** A repeated end, or one whose first telling was cut off: the report is made up for when the bot has not got it. */
export async function completeEnd(session: Session, end: End, deps: Deps): Promise<void> {
  if (session.endedByUs || session.superseded || !deps.settings.reportChatEnd) return
  if (await deps.hitl.hasReportedEnd(session)) return
  await report(session, end, await endedChat(session, deps), deps)
}

async function report(session: Session, end: End, chat: Chat | undefined, deps: Deps): Promise<void> {
  const { ended, endedByUs } = session
  if (!deps.settings.reportChatEnd || endedByUs || !ended || ended === 'us') return // our own close is no news to the bot
  await deps.hitl.chatEnded(session, {
    reason: ended,
    undelivered: end.undelivered,
    ...detailsOf(chat, end.closedBy),
  })
}

/** Only for the report: a failure changes nothing of the end itself. */
function endedChat(session: Session, deps: Deps): Promise<Chat | undefined> {
  return glanceAtChat(session, 'Why the chat ended is not known in full', deps)
}

function detailsOf(chat: Chat | undefined, closedBy: string | undefined) {
  const closer = chat?.users.find(({ id, type }) => id === closedBy && type === 'agent')
  const { score, comment } = chat?.thread?.rating ?? {}
  const rating = {
    ...(score !== undefined && { score: score > 0 ? ('good' as const) : ('bad' as const) }),
    ...(comment && { comment }),
  }
  return {
    tags: chat?.thread?.tags ?? [],
    ...(closer?.name && { closedBy: closer.name }),
    ...(Object.keys(rating).length > 0 && { rating }),
  }
}
