import { endHandoff } from '../handoff/end'
import type { Deps } from '../wiring'
import { findLiveSession, type About } from './find-session'

/** An agent gives the customer back to the bot. In a chat without a live handoff the customer is with the bot already. */
export async function handBack(
  about: About,
  { command, agentId }: { command: string; agentId?: string },
  deps: Deps,
): Promise<void> {
  const session = await findLiveSession(about, deps)
  if (!session) return deps.log.info('A hand-back in a chat without a live handoff means nothing')
  await endHandoff(session, { reason: 'agent', closedBy: agentId, command, undelivered: 0 }, deps)
}
