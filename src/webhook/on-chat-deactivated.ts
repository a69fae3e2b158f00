import * as z from 'zod/mini'
import { endHandoff } from '../handoff/end'
import { seeChat } from '../handoff/see-chat'
import { maybe } from '../livechat/shape'
import { RetryLater } from '../retry-later'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import type { Source } from './delivery'
import { findSession, requirePluginActive } from './find-session'
import { inChat, webhook, type InChat } from './webhook'

/** LiveChat closed a thread. Only the end of the handoff's own thread ends it: each handoff is a thread of its own. */
export const chatDeactivated = webhook({
  // No `user_id`: the router closed it.
  shape: z.pipe(
    z.object({ ...inChat, user_id: maybe(z.string()) }),
    z.transform(({ chat_id, thread_id, user_id }) => ({ chatId: chat_id, threadId: thread_id, closedBy: user_id })),
  ),
  handle: onChatDeactivated,
})

async function onChatDeactivated(
  { chatId, threadId, closedBy }: InChat & { closedBy?: string },
  source: Source,
  deps: Deps,
): Promise<void> {
  const copy = threadId && deps.sessions.remembered({ chatId, threadId })
  const { session, mayBeStarting } = copy
    ? { session: copy, mayBeStarting: false } // a hint is enough: the end is decided under the lease
    : await findSession({ chatId, threadId, source }, deps)
  if (mayBeStarting) throw new RetryLater('no conversation for this thread yet')
  if (!session || session.ended) return
  if (!threadId && !(await isClosed(session, deps))) return // an older thread's end, then
  await requirePluginActive(session, deps)
  await endHandoff(session, { closedBy, undelivered: 0 }, deps)
}

/** For a webhook that names no thread (LiveChat's samples do): whether it can mean the handoff's. */
async function isClosed(session: Session, deps: Deps): Promise<boolean> {
  const chat = await seeChat(session, 'Which thread was closed is not known', deps)
  if (!chat) throw new RetryLater('which thread was closed is not known')
  return chat.thread?.active === false
}
