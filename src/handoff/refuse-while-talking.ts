import type { Session } from '../session/session'
import { startKeyIn } from '../translate/start-key'
import type { Deps } from '../wiring'
import { glanceAtChat } from './glance-at-chat'
import { AlreadyInHandoff, isOrphaned } from './open-thread'

/**
 * Two people may share an e-mail address, and so a LiveChat customer: name and facts of the second must not show in the
 * chat of the first. Asked only when there is something to tell; LiveChat itself refuses the start in any case. Throws
 * `AlreadyInHandoff`.
 */
export async function refuseWhileTalking(
  previous: Promise<Session | undefined>,
  startKey: string,
  deps: Deps,
): Promise<void> {
  const session = await previous
  if (!session || session.ended || isOrphaned(session, deps)) return
  const chat = await glanceAtChat(session, 'Whether the handoff before this one still runs is not known', deps)
  const { active = false, events = [] } = chat?.thread ?? {}
  const isThisStart = events.some(({ customId }) => startKeyIn(customId) === startKey) // repeated: it gets the same thread
  if (active && !isThisStart) throw new AlreadyInHandoff('the chat has a live handoff')
}
