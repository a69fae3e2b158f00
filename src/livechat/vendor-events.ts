import type { Opening } from './api'
import type { ChatId, OutgoingEvent, Postback, ThreadId } from './types'

/** Which thread of which chat. Without a thread LiveChat means the latest one. */
export function toVendorKey({ chatId, threadId }: { chatId: ChatId; threadId?: ThreadId }) {
  return { chat_id: chatId, thread_id: threadId }
}

/** One of our events in LiveChat's words. Customers' events have no `visibility` (Customer Chat API, send_event). */
export function toVendorEvent(event: OutgoingEvent): Record<string, unknown> {
  if (event.type === 'file') return { type: 'file', url: event.url, custom_id: event.customId }
  const { text, customId, postback } = event
  return { type: 'message', text, custom_id: customId, postback: postback && toVendorPostback(postback) }
}

/** `type` and `value` come both or not at all (Message event, postback). */
function toVendorPostback({ id, threadId, eventId, type, value }: Postback): Record<string, unknown> {
  const button = type !== undefined && value !== undefined ? { type, value } : {}
  return { id, thread_id: threadId, event_id: eventId, ...button }
}

/** The body of `start_chat`, and of `resume_chat` when a chat is named. */
export function toVendorOpening(opening: Opening, chatId?: string): Record<string, unknown> {
  return {
    chat: {
      id: chatId,
      // Resuming without it would show the new thread to every agent (resume_chat).
      access: { group_ids: [opening.groupId] },
      thread: {
        events: opening.events.map(toVendorEvent),
        properties: opening.ignoreBots ? { routing: { ignore_bots: true } } : undefined,
      },
    },
    // Always said: a resumed chat keeps its old mode otherwise, and then waits for ever or not at all.
    continuous: opening.continuous,
  }
}
