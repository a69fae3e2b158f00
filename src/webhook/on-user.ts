import { isHere, leftTags } from '../session/presence'
import { authorKind } from '../translate/relayable'
import type { Deps } from '../wiring'
import { announce } from '../handoff/announce'
import type { PayloadOf, Source } from './delivery'
import { findLiveSession } from './find-session'

/** Somebody came into the chat: the best source of an agent's name and picture. */
export async function onUserAdded(
  { chatId, threadId, user }: PayloadOf<'user_added_to_chat'>,
  source: Source,
  deps: Deps,
): Promise<void> {
  if (!user || user.isUnseen || user.type === 'customer' || authorKind(user.id) !== 'human') return
  await deps.memory.turns.take(chatId, deps.deadline, async () => {
    const session = await findLiveSession({ chatId, threadId, source }, deps)
    if (session) await announce({ agentId: user.id, face: user, alone: false }, session, deps)
  })
}

/** Somebody left. Nobody is told; should they come back, that is worth telling again. */
export async function onUserRemoved(
  { chatId, threadId, userId }: PayloadOf<'user_removed_from_chat'>,
  deps: Deps,
): Promise<void> {
  if (!userId || authorKind(userId) !== 'human') return
  await deps.memory.turns.take(chatId, deps.deadline, async () => {
    const session = threadId ? (await deps.sessions.find({ chatId, threadId })).session : undefined
    if (!session || session.ended || !isHere(session, userId)) return
    await deps.sessions.write(session, leftTags(session, userId))
  })
}
