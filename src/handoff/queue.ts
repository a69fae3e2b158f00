import type { Queue } from '../livechat/types'
import type { Session } from '../session/session'
import { queueSentence } from '../translate/words'
import type { Deps } from '../wiring'
import { writeMessage } from './relay'

/**
 * Where the customer stands in the queue, once per change. To the bot while nobody was assigned yet (any message in the
 * conversation would make the plugin announce an agent), to the customer once somebody was.
 */
export async function tellQueue(queue: Queue, session: Session, deps: Deps): Promise<void> {
  const told = `${queue.position ?? ''}/${queue.waitTimeSeconds ?? ''}`
  if (session.queue === told) return
  const marked = await deps.sessions.write(session, { queue: told })
  const { agentUserId } = session
  if (!agentUserId) return deps.hitl.queueChanged(marked, queue)
  const text = queueSentence(deps.words, queue)
  if (text === undefined) return
  const eventId = `${session.threadId}:queue:${told}`
  await writeMessage({ part: { type: 'text', payload: { text } }, eventId, authorUserId: agentUserId, session }, deps)
}
