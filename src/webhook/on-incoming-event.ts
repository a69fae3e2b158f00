import * as z from 'zod/mini'
import { isRefusedForGood } from '../botpress-client'
import { agentWroteWithoutHandoff } from '../handoff/agent-opened'
import { showEarlierWords } from '../handoff/earlier-words'
import { noteHandled } from '../handoff/event-gaps'
import { lookForEarlier, noteLookedBack, saidBefore } from '../handoff/missing-words'
import { noteThatCustomerHearsNothing, noteThatCustomerIsWithBot } from '../handoff/note-to-agent'
import { introduceAuthor, type Introduced } from '../handoff/presence'
import { relayToCustomer } from '../handoff/relay'
import { EventShape } from '../livechat/schemas'
import type { Chat, IncomingEvent } from '../livechat/types'
import { RetryLater } from '../retry-later'
import type { Session } from '../session/session'
import { entryOf } from '../session/transitions'
import { relayable } from '../translate/relayable'
import type { Deps } from '../wiring'
import type { Source } from './delivery'
import { handBack } from './hand-back'
import { findSession, requirePluginActive } from './find-session'
import { inChat, webhook, type InChat } from './webhook'

export const IncomingEventShape = z.pipe(
  z.object({ ...inChat, event: EventShape }),
  z.transform(({ chat_id, thread_id, event }) => ({ chatId: chat_id, threadId: thread_id, event })),
)

/** An agent spoke, or gave a command. (What LiveChat merely gives back or keeps among agents goes no further.) */
export const incomingEvent = webhook({
  shape: IncomingEventShape,
  irrelevance: ({ event }, settings) => {
    const verdict = relayable(event, settings)
    return verdict.relay || verdict.reason === 'command'
      ? undefined
      : `event of type ${event.type.slice(0, 40)} not relayed: ${verdict.reason}`
  },
  handle: onIncomingEvent,
})

async function onIncomingEvent(
  { chatId, threadId, event }: InChat & { event: IncomingEvent },
  source: Source,
  deps: Deps,
): Promise<void> {
  const verdict = relayable(event, deps.settings)
  const about = { chatId, threadId, source, happenedAt: event.createdAt }
  if (!verdict.relay && verdict.reason === 'command')
    return handBack(about, { command: verdict.command, agentId: event.authorId }, deps)
  const warm = threadId && warmSession({ chatId, threadId }, event, deps)
  if (warm) return deliver(event, warm, deps)
  const { session, newest, mayBeStarting } = await findSession(about, deps)
  if (session && isStillRelayed(session)) {
    if (!session.ended) await requirePluginActive(session, deps)
    await deliver(event, session, deps)
    if (threadId && isPerhapsOpen(session)) await noteThatCustomerIsWithBot(threadId, session, deps)
    return
  }
  const known = session ?? newest
  const starting =
    known && threadId
      ? await agentWroteWithoutHandoff({ threadId, known, happenedAt: event.createdAt }, deps)
      : mayBeStarting
  if (starting) throw new RetryLater('no conversation for this thread yet')
}

/** Words that overtook the end, or come after it, are kept in the conversation too: the plugin shows what it still may. */
const isStillRelayed = ({ ended }: Session) => ended !== 'us'

/** We ended it and wanted the chat closed, which may have failed: its agent should not go on writing to nobody. */
const isPerhapsOpen = ({ ended, command }: Session) =>
  ended === 'nobody' || ended === 'newer' || (ended !== undefined && command !== undefined)

async function deliver(event: IncomingEvent, session: Session, deps: Deps): Promise<void> {
  try {
    const ready = await showEarlierWords(session, deps)
    const looking = lookForEarlier(event, ready, deps)
    const introduced = await introduceAuthor(event, ready, deps, looking)
    if (introduced) await relayInOrder(event, await looking, introduced, deps)
  } catch (error) {
    if (isRefusedForGood(error) && !session.ended) await noteThatCustomerHearsNothing(session, deps)
    throw error
  }
}

async function relayInOrder(event: IncomingEvent, chat: Chat | undefined, introduced: Introduced, deps: Deps) {
  const before = await saidBefore(event, chat, introduced.session, deps)
  let { session } = introduced
  for (const each of [...before, event]) session = await relayToCustomer(each, { ...introduced, session }, deps)
  noteHandled(event.id, deps)
  if (chat) noteLookedBack(event, introduced.session, deps)
}

/**
 * A copy of a moment ago is enough to know which conversation this thread is, and who its announced agents are. An author who
 * stands in no copy may have been announced by another process, and one who stands in an old copy may have left and come
 * back, which one look tells. Words that come after an end are kept all the same.
 */
function warmSession(key: Required<InChat>, { authorId }: IncomingEvent, deps: Deps): Session | undefined {
  const session = deps.sessions.readLately(key)
  if (!session || session.ended || !deps.activation.isActive(session)) return undefined
  return authorId !== undefined && isAnnounced(authorId, session) ? session : undefined
}

const isAnnounced = (agentId: string, session: Session) => entryOf(session, agentId)?.hasLeft === false
