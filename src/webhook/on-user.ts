import * as z from 'zod/mini'
import { agentArrived, agentLeft } from '../handoff/presence'
import { UserShape } from '../livechat/schemas'
import { maybe } from '../livechat/shape'
import type { ChatUser } from '../livechat/types'
import { authorKind } from '../translate/relayable'
import type { Deps } from '../wiring'
import type { Source } from './delivery'
import { findLiveSession } from './find-session'
import { inChat, webhook, type InChat } from './webhook'

/** Somebody came into the chat: the best source of an agent's name and picture. */
export const userAddedToChat = webhook({
  shape: z.pipe(
    z.object({ ...inChat, user: maybe(UserShape) }),
    z.transform(({ chat_id, thread_id, user }) => ({ chatId: chat_id, threadId: thread_id, user })),
  ),
  irrelevance: ({ user }) =>
    user && !user.isUnseen && user.type !== 'customer' && authorKind(user.id) === 'human'
      ? undefined
      : 'no person whom the customer sees',
  handle: onUserAdded,
})

async function onUserAdded(
  { chatId, threadId, user }: InChat & { user?: ChatUser },
  source: Source,
  deps: Deps,
): Promise<void> {
  const session = await findLiveSession({ chatId, threadId, source }, deps)
  if (session && user) await agentArrived({ agentId: user.id, face: user, replacesOthers: false }, session, deps)
}

/** Somebody left. */
export const userRemovedFromChat = webhook({
  shape: z.pipe(
    z.object({ ...inChat, user_id: maybe(z.string()) }),
    z.transform(({ chat_id, thread_id, user_id }) => ({ chatId: chat_id, threadId: thread_id, userId: user_id })),
  ),
  irrelevance: ({ threadId, userId }) =>
    threadId && userId && authorKind(userId) === 'human' ? undefined : 'no person whom the customer knows',
  handle: onUserRemoved,
})

async function onUserRemoved(
  { chatId, threadId, userId }: InChat & { userId?: string },
  _source: Source,
  deps: Deps,
): Promise<void> {
  const { session } = threadId ? await deps.sessions.find({ chatId, threadId }) : {}
  if (session && userId) await agentLeft(userId, session, deps)
}
