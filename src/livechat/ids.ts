import * as z from 'zod/mini'

/** LiveChat's ids of customers, accounts and organizations are UUIDs, mostly in lower case. */
export function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
}

/** Ids of LiveChat and of Botpress are different types, so that comparing one with the other does not compile. */
export const ChatId = z.string().check(z.minLength(1), z.maxLength(500)).brand<'livechat.chat'>()
export type ChatId = z.infer<typeof ChatId>

export const ThreadId = z.string().check(z.minLength(1), z.maxLength(500)).brand<'livechat.thread'>()
export type ThreadId = z.infer<typeof ThreadId>

export const EventId = z.string().check(z.minLength(1), z.maxLength(400)).brand<'livechat.event'>()
export type EventId = z.infer<typeof EventId>

/** Events are mostly called `<thread>_<number>`, which nobody promises: a reason to look, and no more [livechat.md: Events]. */
const EVENT_NAME = /^(.+)_(\d+)$/

/** The thread of an event and its place there, where its id tells. */
export function placeNamedIn(eventId: EventId): { threadId: ThreadId; place: number } | undefined {
  const [, thread, place] = EVENT_NAME.exec(eventId) ?? []
  return thread === undefined ? undefined : { threadId: ThreadId.parse(thread), place: Number(place) }
}

export const threadNamedIn = (eventId: EventId): ThreadId | undefined => placeNamedIn(eventId)?.threadId

/** A customer's id: a UUID, equal to the `entity_id` of the customer's token [livechat.md: Customer token]. */
export const CustomerId = z.string().check(z.minLength(1), z.maxLength(200)).brand<'livechat.customer'>()
export type CustomerId = z.infer<typeof CustomerId>

/** A human agent's login e-mail or a bot's 32-digit hex id [livechat.md: Ids of people]. */
export const AgentId = z.string().check(z.minLength(1), z.maxLength(320)).brand<'livechat.agent'>()
export type AgentId = z.infer<typeof AgentId>
