import { ApiError } from '../world/errors'
import type { Actor, Chat, ChatEvent, NewEvent, RichElement, Thread, Visibility } from '../world/model'
import { checkWritable } from '../world/properties'
import type { World } from '../world/world'
import { locateUpload, useFile } from './files'
import { shownVariables, systemText, type Variables } from './system-text'
import { eventForAgents } from './views'

/** Something was said in a thread of a chat. */
export type Said = { chat: Chat; thread: Thread; event: ChatEvent }

/** Writes an event into the thread without telling anybody yet. */
export function writeEvent(world: World, chat: Chat, thread: Thread, actor: Actor, input: NewEvent): ChatEvent {
  const { type, visibility = 'all' } = input
  const system = type === 'system_message'
  const event: ChatEvent = {
    ...input,
    id: `${thread.id}_${thread.events.length + 1}`,
    type,
    created_at: world.store.timestamp(),
    visibility,
  }
  if (!system && actor.kind !== 'router') {
    event.author_id = actor.id
    event.properties = { ...event.properties, source: { client_id: actor.clientId } }
  }
  // A field of the years before `visibility`, which some samples still send.
  delete event.recipients
  if (type === 'file') Object.assign(event, useFile(world, String(event.url)))
  if (event.elements) event.elements = event.elements.map(withUserIds)
  thread.events.push(event)
  markSeen(chat, actor, event.created_at)
  return event
}

function authorKind({ customerId }: Chat, { author_id }: ChatEvent): 'customer' | 'agent' | 'system' {
  if (author_id === undefined) return 'system'
  return author_id === customerId ? 'customer' : 'agent'
}

/** Tells the webhooks of an event that was written. */
export function tellEvent(
  world: World,
  { chat, thread, event }: Said,
  actor: Actor,
  action: 'incoming_event' | 'event_updated' = 'incoming_event',
): void {
  const source = event.properties?.source?.client_id
  world.webhooks.emit({
    action,
    chat,
    sourceClientId: actor.kind === 'router' ? undefined : actor.clientId,
    payload: () => ({ chat_id: chat.id, thread_id: thread.id, event: eventForAgents(event) }),
    written: {
      by: authorKind(chat, event),
      tokenEcho: source === 'personal_access_token',
      note: event.visibility === 'agents',
      welcome: event.properties?.lc2?.welcome_message === true,
    },
  })
}

/** Writes an event and tells it: what `send_event` and the people at their desks do. */
export function say(world: World, chat: Chat, thread: Thread, actor: Actor, input: NewEvent): ChatEvent {
  const event = writeEvent(world, chat, thread, actor, input)
  tellEvent(world, { chat, thread, event }, actor)
  return event
}

/** A grey line that LiveChat writes by itself ("System activities"), in the form that `chats.systemEvents` says. */
export function systemMessage(
  world: World,
  chat: Chat,
  thread: Thread,
  type: string,
  options: { text?: string; textVars?: Variables } = {},
): ChatEvent {
  const textVars = options.textVars && shownVariables(world, options.textVars)
  const { text = systemText(type, textVars) } = options
  if (world.settings.chats.systemEvents === 'system')
    return systemEvent(world, chat, thread, { source: 'messaging', subtype: type, details: { text, ...textVars } })
  const content = { system_message_type: type, text, ...(textVars && { text_vars: textVars }) }
  return say(world, chat, thread, { kind: 'router' }, { type: 'system_message', ...content })
}

/** A `system` event: what it tells stands in `details`, as JSON in a string ("System activities"). */
export function systemEvent(
  world: World,
  chat: Chat,
  thread: Thread,
  {
    details,
    ...content
  }: { source: string; subtype: string; details: Record<string, unknown>; visibility?: Visibility },
): ChatEvent {
  const event = { type: 'system', version: 1, ...content, details: JSON.stringify(details) }
  return say(world, chat, thread, { kind: 'router' }, event)
}

/** "16 KB", read in the stricter way. */
const MAX_TEXT_BYTES = 16_000

/** Refuses what the request tables do not cover: sizes, properties, kinds of events. */
export function checkEvent(world: World, input: NewEvent, who: 'customer' | 'agent'): void {
  const { customerSystemMessages } = world.settings.chats
  if (typeof input.text === 'string' && Buffer.byteLength(input.text) > MAX_TEXT_BYTES)
    throw new ApiError('validation', `\`text\` exceeds ${MAX_TEXT_BYTES} bytes`)
  if (input.type === 'system_message' && who === 'customer' && customerSystemMessages !== 'accept')
    throw new ApiError('validation', 'Event type `system_message` is not allowed')
  if (input.type === 'file') locateUpload(world, String(input.url))
  checkWritable(input.properties, 'event', who)
}

/** Writing moves the author's own `events_seen_up_to` to the end. */
function markSeen(chat: Chat, actor: Actor, at: string): void {
  if (actor.kind === 'router') return
  const member = chat.users.find(({ id }) => id === actor.id)
  if (member) member.events_seen_up_to = at
}

/** Every button comes with the list of those who pressed it, empty at first. */
function withUserIds({ buttons, ...element }: RichElement): RichElement {
  return { ...element, ...(buttons && { buttons: buttons.map((button) => ({ user_ids: [], ...button })) }) }
}
