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
  const people = agentIds.filter((id) => authorKind(id) === 'human')
  if (people.length === 0 && !queue) return // to a bot or to nobody: no person to announce
  await deps.memory.turns.take(chatId, deps.deadline, async () => {
    let session = await findLiveSession({ chatId, threadId, source }, deps)
    if (!session) return
    if (people.length === 0 && queue) return tellQueue(queue, session, deps)
    for (const agentId of people) session = await announce({ agentId, alone: people.length === 1 }, session, deps)
  })
}
