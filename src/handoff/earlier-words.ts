import { upstreamTag, type Session } from '../session/session'
import { relayable } from '../translate/relayable'
import { startKeyIn } from '../translate/start-key'
import type { Deps } from '../wiring'
import { introduceAuthor } from './presence'
import { relayToCustomer } from './relay'
import { tryGetChat } from './try-get-chat'

/**
 * The handoff joined a thread that an agent had opened: what the agent wrote before is shown to the customer, in order. The
 * plugin has to be active. Events that were relayed already are found and not shown again. Takes no lease.
 */
export async function showEarlierWords(session: Session, deps: Deps): Promise<Session> {
  if (!session.hasEarlierWords || session.ended) return session
  const chat = await tryGetChat(session, 'What an agent wrote before the handoff is not known', deps)
  if (!chat?.thread) return session
  const { events } = chat.thread
  const before = events.slice(
    0,
    Math.max(
      0,
      events.findIndex(({ customId }) => startKeyIn(customId) !== undefined),
    ),
  )
  let current = session
  for (const event of before.filter((each) => relayable(each, deps.settings).relay)) {
    const introduced = await introduceAuthor(event, current, deps)
    if (introduced) current = await relayToCustomer(event, introduced, deps)
  }
  return deps.sessions.write(current, { upstream: upstreamTag(session.upstream) })
}
