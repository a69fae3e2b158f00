import type { ChatUser, Thread } from '../livechat/types'
import { authorKind } from '../translate/relayable'
import type { Deps } from '../wiring'
import { announce } from '../handoff/announce'
import type { PayloadOf, Source } from './delivery'
import { findLiveSession } from './find-session'
import { tellQueue } from '../handoff/queue'

/** A thread was opened, by our start or by others: somebody may be there at once, or the customer waits. */
export async function onIncomingChat(
  { chatId, threadId, chat }: PayloadOf<'incoming_chat'>,
  source: Source,
  deps: Deps,
): Promise<void> {
  const { thread, users } = chat
  const agent = users.find((user) => isPresentHuman(user, thread))
  if (!threadId || (!agent && !thread?.queue)) return // nothing that the customer or the bot should hear of
  const about = { chatId, threadId, source, happenedAt: thread?.createdAt }
  await deps.memory.turns.take(chatId, deps.deadline, async () => {
    const session = await findLiveSession(about, deps)
    if (!session) return
    if (agent) await announce({ agentId: agent.id, face: agent, alone: false }, session, deps)
    // The place at the start: of no interest any more when somebody has come, or a newer place was told meanwhile.
    else if (thread?.queue && !session.agentId && !session.queue) await tellQueue(thread.queue, session, deps)
  })
}

/** A resumed chat lists former agents too. */
function isPresentHuman({ id, type, present, isUnseen }: ChatUser, thread: Thread | undefined): boolean {
  if (type !== 'agent' || isUnseen || authorKind(id) !== 'human') return false
  return present ?? thread?.userIds.includes(id) ?? false
}
