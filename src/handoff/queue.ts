import type { Queue } from '../livechat/types'
import type { Session } from '../session/session'
import { queueSentence } from '../translate/words'
import type { Deps } from '../wiring'
import { glanceAtChat } from './glance-at-chat'

/**
 * Where the customer stands in the queue, once per change. To the bot while nobody was assigned yet (any message in the
 * conversation would make the plugin announce an agent), to the customer once somebody was.
 */
export async function tellQueue(queue: Queue, session: Session, deps: Deps): Promise<void> {
  if (!isNews(queue, session)) return
  const told = tellingOf(queue)
  const marked = await deps.sessions.write(session, { queue: told })
  const { position, waitTimeSeconds } = queue
  if (!session.agentUserId) return deps.hitl.queueChanged(marked, { position, waitTimeSeconds })
  await tellCustomer(queue, { session, agentUserId: session.agentUserId, told }, deps)
}

/** What is remembered of the place last told, as `position/seconds@since`. */
const tellingOf = (queue: Queue) => `${placeOf(queue)}@${queue.queuedAt ?? ''}`
const placeOf = ({ position, waitTimeSeconds }: Queue) => `${position ?? ''}/${waitTimeSeconds ?? ''}`

/** A repeated delivery may come after a newer one. To who talked with an agent the same place is news: they wait anew. */
function isNews(queue: Queue, { queue: told = '', agentUserId }: Session): boolean {
  const [place, since = ''] = told.split('@')
  if (Date.parse(queue.queuedAt ?? '') < Date.parse(since)) return false
  return agentUserId ? told !== tellingOf(queue) : place !== placeOf(queue)
}

async function tellCustomer(
  queue: Queue,
  { session, agentUserId, told }: { session: Session; agentUserId: string; told: string },
  deps: Deps,
): Promise<void> {
  const text = queueSentence(deps.words, queue)
  if (text === undefined || !(await stillWaits(session, deps))) return
  const eventId = `${session.threadId}:queue:${told}`
  const part = { type: 'text' as const, payload: { text } }
  await deps.messages.write({ part, eventId, authorUserId: agentUserId, conversationId: session.conversationId })
}

/** A delivery that an assignment has overtaken would send somebody back to the queue who talks with an agent. */
async function stillWaits(session: Session, deps: Deps): Promise<boolean> {
  const chat = await glanceAtChat(session, 'Whether the customer still waits is not known', deps)
  return !chat || chat.thread?.queue !== undefined
}
