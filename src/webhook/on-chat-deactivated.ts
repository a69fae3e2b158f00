import { glanceAtChat } from '../handoff/glance-at-chat'
import { SUPERSEDED_TAGS, type Session } from '../session/session'
import type { Deps } from '../wiring'
import type { PayloadOf, Source } from './delivery'
import { completeEnd, endSession } from '../handoff/end'
import { findSession, mustListen } from './find-session'
import { TryAgain } from './try-again'

/** LiveChat closed a thread. Only the end of the session's own thread ends it: each handoff is a thread of its own. */
export async function onChatDeactivated(
  { chatId, threadId, closedBy }: PayloadOf<'chat_deactivated'>,
  source: Source,
  deps: Deps,
): Promise<void> {
  await deps.memory.turns.take(chatId, deps.deadline, async () => {
    const { session, newest, mayBeStarting } = await findSession({ chatId, threadId, source }, deps)
    if (mayBeStarting) throw new TryAgain('no conversation for this thread yet')
    if (!session || session.ended === 'us') return
    if (!threadId && !(await isClosed(session, deps))) return // an older thread's end, then
    if (session.ended) return completeEnd(session, { closedBy, undelivered: 0 }, deps)
    if (newest && newest.createdAt > session.createdAt) {
      // The bot has moved on to a newer handoff: telling it of this end would end that one.
      await deps.sessions.write(session, SUPERSEDED_TAGS)
      return
    }
    await mustListen(session, deps)
    await endSession(session, { closedBy, undelivered: 0 }, deps)
  })
}

/** For a delivery that names no thread (LiveChat's samples do): whether it can mean the session's. */
async function isClosed(session: Session, deps: Deps): Promise<boolean> {
  const chat = await glanceAtChat(session, 'Which thread was closed is not known', deps)
  if (!chat) throw new TryAgain('which thread was closed is not known')
  return chat.thread?.active === false
}
