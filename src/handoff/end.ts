import type { Chat } from '../livechat/types'
import type { Newest } from '../session/messages'
import type { Session } from '../session/session'
import { transition } from '../session/transitions'
import { endReason } from '../translate/end-reason'
import type { Deps } from '../wiring'
import { inTurn, type Turn } from './in-turn'
import { missingOf, newestOf, wordsIn } from './missing-words'
import { introduceAuthor } from './presence'
import { relayToCustomer } from './relay'
import { tryGetChat } from './try-get-chat'

export type End = {
  /** Who closed it, where LiveChat told; absent for its router. */
  closedBy?: string
  /** Messages of the customer that met the closed chat. */
  undelivered: number
}

/** The plugin needs this long to pass a message on before it may hear of the end, in milliseconds. */
const PASSED_ON_WITHIN_MS = 700

/**
 * The chat tells which words are missing. It is waited for as long as the caller's time leaves for all the rest, in
 * milliseconds.
 */
const LAST_WORDS_WORTH_MS = 4_500

/**
 * LiveChat ended the handoff: what the agent said and the customer has not got yet is written, the bot takes over, and
 * hears why. Under the lease, so that it happens once; marked last, so that a mark means "all of it was done".
 */
export async function endByLiveChat(session: Session, end: End, deps: Deps): Promise<void> {
  if (session.ended) return
  // Of a closed thread nothing changes any more, so this need not wait for the lease.
  const asked = tryGetChat(session, 'Why the chat ended is not known', deps, LAST_WORDS_WORTH_MS)
  const looking = Promise.all([asked, newestOf(session, deps)])
  await inTurn(
    session,
    { isDone: ({ ended }) => ended !== undefined, alongside: () => looking },
    (turn, [chat, newest]) => endInTurn(turn, { ...end, chat, newest }, deps),
    deps,
  )
}

type Known = End & { chat: Chat | undefined; newest: Newest | undefined }

async function endInTurn(turn: Turn, known: Known, deps: Deps): Promise<void> {
  const { session, inherited } = turn
  const reason = endReason(known.closedBy, known.chat?.thread?.events)
  const { tags, notices } = transition(session, { kind: 'closed', reason })
  if (notices.length === 0) return
  turn.isHalfDone = true
  await writeMissingWords(session, known, deps)
  await deps.events.stopped(session)
  const isReported = deps.settings.reportChatEnd && !(inherited && (await deps.events.hasReportedEnd(session)))
  if (isReported) await deps.events.chatEnded(session, { reason, undelivered: known.undelivered, ...detailsOf(known) })
  await deps.sessions.write(session, tags)
  turn.isHalfDone = false
}

/** Words whose webhook is late or lost; then a moment for the plugin, which passes nothing on after the end. */
async function writeMissingWords(session: Session, { chat, newest }: Known, deps: Deps): Promise<void> {
  const missing = missingOf(wordsIn(chat), newest)
  let current = session
  for (const event of missing) {
    const introduced = await introduceAuthor(event, current, deps)
    if (introduced) current = await relayToCustomer(event, introduced, deps)
  }
  const lastAt = missing.length > 0 ? deps.clock.now() : (newest?.newestAt ?? 0)
  const waitMs = lastAt + PASSED_ON_WITHIN_MS - deps.clock.now()
  if (waitMs > 0) await deps.clock.sleep(Math.min(waitMs, PASSED_ON_WITHIN_MS))
}

function detailsOf({ chat, closedBy }: Known) {
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
