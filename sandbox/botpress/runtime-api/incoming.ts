import { z } from 'zod'
import { ApiError } from '../api-error'
import { Id, Name, PayloadObject, PersonName, PictureUrl, TagMap, TagNames } from '../checks'
import { operation, type ApiRequest } from '../operation'
import type { Caller, Platform } from '../platform'
import { getOrCreateConversation, showConversation } from './conversations'
import { findNamed } from './lookup'
import { getOrCreateMessage } from './messages'
import { getOrCreateUser, showUser } from './users'

const Incoming = z.strictObject({
  userId: Id.optional(),
  user: z
    .strictObject({
      tags: TagMap,
      name: PersonName.optional(),
      pictureUrl: PictureUrl.optional(),
      discriminateByTags: TagNames,
    })
    .optional(),
  conversationId: Id.optional(),
  conversation: z.strictObject({ channel: Name, tags: TagMap, discriminateByTags: TagNames }).optional(),
  message: z
    .strictObject({
      payload: PayloadObject,
      type: Name,
      tags: TagMap,
      origin: z.literal('synthetic').optional(),
      discriminateByTags: TagNames,
    })
    .optional(),
})

/** User, conversation and message in one call, each found or created. */
async function initialize({ platform, caller, body }: ApiRequest<z.infer<typeof Incoming>>) {
  const { user } = body.userId
    ? { user: knownUser(platform, caller, body.userId) }
    : await getOrCreateUser(platform, caller, required(body.user, 'user'))
  const { conversation } = body.conversationId
    ? { conversation: knownConversation(platform, caller, body.conversationId) }
    : await getOrCreateConversation(platform, caller, required(body.conversation, 'conversation'))
  platform.store.participantsOf(conversation.id).add(user.id)
  if (!body.message) return { user, conversation }
  const ids = { userId: user.id, conversationId: conversation.id }
  const { message } = await getOrCreateMessage(platform, caller, { ...body.message, ...ids })
  return { user, conversation, message }
}

const knownUser = (platform: Platform, caller: Caller, id: string) =>
  showUser(platform, caller, findNamed(platform, caller, platform.store.users, id, 'User').object)

const knownConversation = (platform: Platform, caller: Caller, id: string) =>
  showConversation(
    platform,
    caller,
    findNamed(platform, caller, platform.store.conversations, id, 'Conversation').object,
  )

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new ApiError('InvalidPayload', `either ${what}Id or ${what} must be given`)
  return value
}

export const incomingOperations = [
  operation({
    name: 'initializeIncomingMessage',
    method: 'POST',
    path: '/v1/chat/initialize-incoming-message',
    body: Incoming,
    run: initialize,
  }),
]
