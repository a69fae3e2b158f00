import type { Chat, ThreadId } from '../livechat/types'
import type { Session } from '../session/session'
import { WEBHOOK_REPEATED_FOR_MS } from '../timing'
import { agentsView } from '../translate/agents-view'
import { clip } from '../translate/graphemes'
import { wordsOf } from '../translate/handoff-transcript'
import { relayable } from '../translate/relayable'
import type { Deps } from '../wiring'
import { inTurn } from './in-turn'
import { noteThatBotKnows, noteThatCustomerIsWithBot } from './note-to-agent'
import { isOpenedByUs, ownEventsOf, threadAsCustomer } from './own-events'

/** Longest words of an agent in an event, in characters. */
const MAX_CHARACTERS = 2_000

/** `known`: the newest handoff of the chat. `happenedAt`: when the agent wrote (RFC 3339). */
type OpenedByAgent = { threadId: ThreadId; known: Session; happenedAt: string | undefined }

/**
 * An agent writes to one of our customers in a thread without a live handoff. With the setting "agentMayOpen" the bot is
 * notified once for each thread, and may hand over; without it the agent reads that the customer is with the bot.
 * `starting`: LiveChat should send the delivery again, since a handoff may come and then the words are relayed.
 */
export async function agentWroteWithoutHandoff(opened: OpenedByAgent, deps: Deps): Promise<'starting' | undefined> {
  const { threadId, known, happenedAt } = opened
  // Our own thread, left open when our close failed, is closed by the next start.
  if (!deps.settings.agentMayOpen || known.threadId === threadId)
    return noteThatCustomerIsWithBot(threadId, known, deps)
  const isYoung = deps.clock.now() - Date.parse(happenedAt ?? '') < WEBHOOK_REPEATED_FOR_MS
  if (deps.memory.notes.get(keyOf(threadId))) return isYoung ? 'starting' : undefined
  const chat = await threadAsCustomer(threadId, known, deps)
  const ours = chat && ownEventsOf(chat)
  if (ours && isOpenedByUs(ours)) return 'starting'
  if (!chat || !ours?.active) return undefined
  await notifyOnce(agentsView(chat), opened, deps)
  deps.memory.notes.set(keyOf(threadId), true)
  await noteThatBotKnows(threadId, ours, known, deps)
  return isYoung ? 'starting' : undefined
}

const keyOf = (threadId: ThreadId) => `opened-${threadId}`

async function notifyOnce(chat: Chat, { threadId, known }: OpenedByAgent, deps: Deps): Promise<void> {
  const words = (chat.thread?.events ?? []).filter((event) => relayable(event, deps.settings).relay)
  const agentName = chat.users.find(({ id }) => id === words.at(-1)?.authorId)?.name
  const text = clip(words.map(wordsOf).join('\n').trim(), MAX_CHARACTERS)
  await inTurn(
    known,
    { isDone: () => false, alongside: () => deps.events.hasReportedOpening(known, threadId) },
    async (_turn, isReported) => {
      if (isReported) return
      await deps.events.agentOpenedChat(known, threadId, { ...(agentName && { agentName }), ...(text && { text }) })
    },
    deps,
  )
}
