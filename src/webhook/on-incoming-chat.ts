import * as z from 'zod/mini'
import { agentWroteWithoutHandoff } from '../handoff/agent-opened'
import { showEarlierWords } from '../handoff/earlier-words'
import { agentArrived, isPresentPerson, notifyQueuePosition } from '../handoff/presence'
import { ChatShape } from '../livechat/schemas'
import type { Chat, Thread } from '../livechat/types'
import { RetryLater } from '../retry-later'
import { relayable } from '../translate/relayable'
import type { Deps } from '../wiring'
import type { Source } from './delivery'
import { findSession, requirePluginActive } from './find-session'
import { webhook, type InChat } from './webhook'

/** A thread was opened, by our start or by others: somebody may be there at once, or the customer waits. */
export const incomingChat = webhook({
  shape: z.pipe(
    z.object({ chat: ChatShape }),
    // It carries the chat's properties in any case; other webhooks only when the registration asked for them.
    z.transform(({ chat }) => ({ chatId: chat.id, threadId: chat.thread?.id, chat, source: chat.source })),
  ),
  irrelevance: ({ chat: { thread, users } }, settings) => {
    const isSomebodyThere = thread && (thread.queue || users.some((user) => isPresentPerson(user, thread)))
    return isSomebodyThere || hasWords(thread, settings) ? undefined : 'nobody is there yet'
  },
  handle: onIncomingChat,
})

async function onIncomingChat(
  { chatId, threadId, chat: { thread, users } }: InChat & { chat: Chat },
  source: Source,
  deps: Deps,
): Promise<void> {
  const about = { chatId, threadId, source, happenedAt: thread?.createdAt, events: thread?.events }
  const { session, newest, mayBeStarting } = await findSession(about, deps)
  if (mayBeStarting) throw new RetryLater('no conversation for this thread yet')
  // Words that an agent said with the opening of the thread come here alone.
  if (!session && newest && threadId && hasWords(thread, deps.settings)) {
    const opened = { threadId, known: newest, happenedAt: thread?.createdAt }
    if (await agentWroteWithoutHandoff(opened, deps)) throw new RetryLater('no conversation for this thread yet')
  }
  if (!session || session.ended) return
  await requirePluginActive(session, deps)
  await showEarlierWords(session, deps)
  const agent = users.find((user) => isPresentPerson(user, thread))
  if (agent) await agentArrived({ agentId: agent.id, face: agent, replacesOthers: false }, session, deps)
  else if (thread?.queue) await notifyQueuePosition(thread.queue, true, session, deps)
}

const hasWords = (thread: Thread | undefined, settings: Deps['settings']) =>
  thread?.events.some((event) => relayable(event, settings).relay) === true
