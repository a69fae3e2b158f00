import { authorKind } from '../translate/relayable'
import type { Deps } from '../wiring'
import { announce } from '../handoff/announce'
import type { PayloadOf, Source } from './delivery'
import { findLiveSession } from './find-session'
import { tellQueue } from '../handoff/queue'

/** The chat went to another agent, to a group, or into the queue. */
export async function onChatTransferred(
  { chatId, threadId, agentIds, queue }: PayloadOf<'chat_transferred'>,
  source: Source,
  deps: Deps,
): Promise<void> {
  const agentId = agentIds.find((id) => authorKind(id) === 'human')
  if (!agentId && !queue) return // to a bot or to nobody: no person to announce
  await deps.memory.turns.take(chatId, deps.deadline, async () => {
    const session = await findLiveSession({ chatId, threadId, source }, deps)
    if (!session) return
    if (agentId) await announce({ agentId, alone: true }, session, deps)
    else if (queue) await tellQueue(queue, session, deps)
  })
}
