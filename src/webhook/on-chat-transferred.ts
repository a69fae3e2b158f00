import * as z from 'zod/mini'
import { giveUpWhenDue } from '../handoff/waiting'
import { agentArrived, notifyQueuePosition } from '../handoff/presence'
import { QueueShape } from '../livechat/schemas'
import { listOf, maybe } from '../livechat/shape'
import type { Queue } from '../livechat/types'
import { authorKind } from '../translate/relayable'
import type { Deps } from '../wiring'
import type { Source } from './delivery'
import { findLiveSession } from './find-session'
import { inChat, webhook, type InChat } from './webhook'

/** The chat went to another agent, to a group, or into the queue. Bots are no people to announce. */
export const chatTransferred = webhook({
  shape: z.pipe(
    z.object({
      ...inChat,
      transferred_to: maybe(z.object({ agent_ids: listOf(z.string()) })),
      queue: maybe(QueueShape),
    }),
    z.transform(({ chat_id, thread_id, transferred_to, queue }) => ({
      chatId: chat_id,
      threadId: thread_id,
      people: (transferred_to?.agent_ids ?? []).filter((id) => authorKind(id) === 'human'),
      queue,
    })),
  ),
  // A move to nobody is an occasion to give up a handoff that nobody took.
  irrelevance: ({ people, queue }, { giveUpAfterSeconds }) =>
    people.length > 0 || queue || giveUpAfterSeconds > 0 ? undefined : 'to a bot or to nobody',
  handle: onChatTransferred,
})

async function onChatTransferred(
  { chatId, threadId, people, queue }: InChat & { people: string[]; queue?: Queue },
  source: Source,
  deps: Deps,
): Promise<void> {
  let session = await findLiveSession({ chatId, threadId, source }, deps)
  if (!session) return
  if (people.length === 0) {
    if (queue) session = await notifyQueuePosition(queue, false, session, deps)
    await giveUpWhenDue(session, { undelivered: 0 }, deps)
    return
  }
  const replacesOthers = people.length === 1
  for (const agentId of people) session = await agentArrived({ agentId, replacesOthers }, session, deps)
}
