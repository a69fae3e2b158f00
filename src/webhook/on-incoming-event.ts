import type { ChatId, IncomingEvent, ThreadId } from '../livechat/types'
import type { Session } from '../session/session'
import { relayable } from '../translate/relayable'
import type { Deps } from '../wiring'
import { introduceAuthor } from '../handoff/announce'
import type { PayloadOf, Source } from './delivery'
import { findSession, mustListen } from './find-session'
import { noteThatCustomerIsWithBot } from '../handoff/note-to-agent'
import { relayToCustomer } from '../handoff/relay'
import { TryAgain } from './try-again'

/** An agent spoke. (What LiveChat merely gives back or keeps among agents goes no further.) */
export async function onIncomingEvent(
  { chatId, threadId, event }: PayloadOf<'incoming_event'>,
  source: Source,
  deps: Deps,
): Promise<void> {
  const verdict = relayable(event)
  if (!verdict.relay) return deps.log.info(`Event of type ${event.type.slice(0, 40)} not relayed: ${verdict.reason}`)
  await deps.memory.turns.take(chatId, deps.deadline, async () => {
    const warm = threadId && warmSession({ chatId, threadId }, event, deps)
    if (warm) return relayToCustomer(event, warm, deps)
    const { session, newest, mayBeStarting } = await findSession(
      { chatId, threadId, source, happenedAt: event.createdAt },
      deps,
    )
    if (session && session.ended !== 'us') return deliver(event, session, deps)
    const known = session ?? newest
    const starting = known && threadId ? await noteThatCustomerIsWithBot(threadId, known, deps) : mayBeStarting
    if (starting) throw new TryAgain('no conversation for this thread yet')
  })
}

/** Words that overtook the end, or come after it, are kept in the conversation too: the plugin shows what it still may. */
async function deliver(event: IncomingEvent, session: Session, deps: Deps): Promise<void> {
  if (!session.ended) await mustListen(session, deps)
  const introduced = await introduceAuthor(event, session, deps)
  if (introduced) await relayToCustomer(event, introduced, deps)
}

/** What never changes may come from memory at any age: which conversation this thread is, and who its agent is. */
function warmSession(key: { chatId: ChatId; threadId: ThreadId }, { authorId }: IncomingEvent, deps: Deps) {
  const session = deps.sessions.remembered(key)
  if (!session?.agentUserId || session.ended || session.agentId !== authorId) return undefined
  return deps.activation.isProved(session) ? { session, authorUserId: session.agentUserId } : undefined
}
