import type { Said } from '../chats/events'
import type { Call } from '../requests/method'
import { ApiError } from '../world/errors'
import type { Actor, Chat, Customer, Thread } from '../world/model'
import type { UnknownError } from '../world/settings'

export type CustomerActor = Extract<Actor, { kind: 'customer' }>
export type CustomerCall = Call<CustomerActor>

/** What the Customer API may say of a chat, thread or event that is not there, or not the caller's. */
const SENTENCES: Readonly<Record<UnknownError, (what: string) => string>> = {
  not_found: (what) => `${what} not found`,
  validation: (what) => `${what} does not exist`,
  authorization: () => 'Requester is not user of the chat',
  chat_inactive: () => 'Chat has no active thread',
  chat_anonymized: () => 'Chat is anonymized',
  license_not_found: () => 'License not found',
}

function refusal(type: UnknownError, what: string): ApiError {
  return new ApiError(type, SENTENCES[type](what))
}

/** The customer's own chat. Whether somebody else's is refused like one that does not exist is a setting. */
export function ownChat({ world, actor }: CustomerCall, chatId: string): Chat {
  const { unknownError, foreignError } = world.settings.chats
  const chat = world.store.chats.get(chatId)
  if (!chat) throw refusal(unknownError, 'Chat')
  if (chat.customerId !== actor.id) throw refusal(foreignError, 'Chat')
  if (chat.anonymized) throw new ApiError('chat_anonymized', 'Chat is anonymized')
  return chat
}

export function threadOf({ world }: CustomerCall, chat: Chat, threadId: string): Thread {
  const thread = chat.threads.find(({ id }) => id === threadId)
  if (!thread) throw refusal(world.settings.chats.unknownError, 'Thread')
  return thread
}

/** An event of the customer's own chat, with where it stands. */
export function eventIn(call: CustomerCall, ids: { chat_id: string; thread_id: string; event_id: string }): Said {
  const chat = ownChat(call, ids.chat_id)
  const thread = threadOf(call, chat, ids.thread_id)
  const event = thread.events.find(({ id }) => id === ids.event_id)
  if (!event) throw refusal(call.world.settings.chats.unknownError, 'Event')
  return { chat, thread, event }
}

export function ownProfile({ world, actor }: CustomerCall): Customer {
  const customer = world.store.customers.get(actor.id)
  if (!customer) throw new ApiError('authentication', 'Invalid access token')
  return customer
}
