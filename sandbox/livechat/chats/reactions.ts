import { ApiError } from '../world/errors'
import type { Actor, Chat } from '../world/model'
import type { World } from '../world/world'
import type { Said } from './events'

type Person = Exclude<Actor, { kind: 'router' }>

type Postback = { id: string; toggled: boolean; [further: string]: unknown }

/**
 * Marks every button with that `postback_id` (it is not unique) and adds nothing to the chat: the answer itself is a
 * message. The webhook comes for active threads only ("Send rich message postback").
 */
export function markButtons(world: World, { chat, thread, event }: Said, actor: Person, postback: Postback): void {
  const buttons = (event.elements ?? []).flatMap((element) => element.buttons ?? [])
  const pressed = buttons.filter((button) => button.postback_id === postback.id)
  if (pressed.length === 0) throw new ApiError('validation', 'Postback not found')
  for (const button of pressed) {
    const others = (button.user_ids ?? []).filter((id) => id !== actor.id)
    button.user_ids = postback.toggled ? [...others, actor.id] : others
  }
  if (!thread.active) return
  world.webhooks.emit({
    action: 'incoming_rich_message_postback',
    chat,
    sourceClientId: actor.clientId,
    payload: () => ({ user_id: actor.id, chat_id: chat.id, thread_id: thread.id, event_id: event.id, postback }),
  })
}

export function markEventsSeen(world: World, chat: Chat, actor: Person, seenUpTo: string): void {
  const member = chat.users.find(({ id }) => id === actor.id)
  if (!member) throw new ApiError('authorization', 'Requester is not user of the chat')
  member.events_seen_up_to = seenUpTo
  const payload = () => ({ user_id: actor.id, chat_id: chat.id, seen_up_to: seenUpTo })
  world.webhooks.emit({ action: 'events_marked_as_seen', chat, sourceClientId: actor.clientId, payload })
}

/** The event stays in the store, marked: customers no longer see it. */
export function removeEvent(world: World, { chat, thread, event }: Said, actor: Person): void {
  event.deleted = true
  const payload = () => ({ chat_id: chat.id, thread_id: thread.id, event_id: event.id })
  world.webhooks.emit({ action: 'event_deleted', chat, sourceClientId: actor.clientId, payload })
}
