import { z } from 'zod'
import { ApiError } from '../api-error'
import { Id, page } from '../checks'
import type { User } from '../objects'
import { operation } from '../operation'
import type { Caller, Platform } from '../platform'
import { find, findNamed, pageOf } from './lookup'
import { getConversation } from './conversations'
import { getUser, showUser } from './users'

const PARTICIPANTS = '/v1/chat/conversations/:id/participants'

function participant(platform: Platform, caller: Caller, conversationId: string, userId: string): User {
  getConversation(platform, caller, conversationId)
  if (!platform.store.participantsOf(conversationId).has(userId)) {
    throw new ApiError('ResourceNotFound', `User ${userId} is no participant of ${conversationId}`)
  }
  return getUser(platform, caller, userId)
}

export const participantOperations = [
  operation({
    name: 'listParticipants',
    method: 'GET',
    path: PARTICIPANTS,
    query: z.strictObject(page),
    run: ({ platform, caller, params, query }) => {
      getConversation(platform, caller, params.id)
      const ids = [...platform.store.participantsOf(params.id)]
      const users = ids.map((id) => find(platform, caller, platform.store.users, id, 'User').object)
      const { objects, meta } = pageOf(platform, users, query)
      return { participants: objects.map((user) => showUser(platform, caller, user)), meta }
    },
  }),
  operation({
    name: 'addParticipant',
    method: 'POST',
    path: PARTICIPANTS,
    body: z.strictObject({ userId: Id }),
    run: ({ platform, caller, params, body }) => {
      getConversation(platform, caller, params.id)
      const user = findNamed(platform, caller, platform.store.users, body.userId, 'User').object
      platform.store.participantsOf(params.id).add(user.id)
      return { participant: showUser(platform, caller, user) }
    },
  }),
  operation({
    name: 'getParticipant',
    method: 'GET',
    path: `${PARTICIPANTS}/:userId`,
    run: ({ platform, caller, params }) => ({
      participant: participant(platform, caller, params.id, params.userId),
    }),
  }),
  operation({
    name: 'removeParticipant',
    method: 'DELETE',
    path: `${PARTICIPANTS}/:userId`,
    run: ({ platform, caller, params }) => {
      participant(platform, caller, params.id, params.userId)
      platform.store.participantsOf(params.id).delete(params.userId)
      return {}
    },
  }),
]
