import * as z from 'zod/mini'
import { ChatId, EventId, ThreadId } from './ids'
import { listOf, maybe, PropertiesShape, rowsOf, withScheme } from './shape'
import type { Button, Chat, ChatUser, IncomingEvent, Queue, RichElement, Thread } from './types'

// Appendix C: what is required is rejected when missing, everything else may be absent, and unknown keys pass.

const text = maybe(z.string())
const filled = z.pipe(
  text,
  z.transform((value) => value || undefined), // `custom_id` may be the empty string
)

/**
 * Who sees an event or a user; absent: everybody. What cannot be read is no such word, and so is taken for private.
 */
const visibilityOf = z.pipe(
  z.optional(z.unknown()),
  z.transform((given) => {
    if (given === undefined || given === null) return undefined
    return typeof given === 'string' ? given.trim().toLowerCase() || undefined : 'unreadable'
  }),
)

const ButtonShape = z.pipe(
  z.object({ text, type: text, value: text, postback_id: text }),
  z.transform(({ postback_id, ...button }): Button => ({ ...button, postbackId: postback_id })),
)

const ImageShape = z.pipe(
  z.object({ url: text, name: text, content_type: text, alternative_text: text }),
  z.transform(({ url, name, content_type, alternative_text }) => ({
    url: withScheme(url),
    name,
    contentType: content_type,
    alternativeText: alternative_text,
  })),
)

const ElementShape = z.pipe(
  z.object({ title: text, subtitle: text, image: maybe(ImageShape), buttons: maybe(rowsOf(ButtonShape)) }),
  z.transform((element): RichElement => element),
)

/** An event as `get_chat` and the webhooks tell it. */
export const EventShape = z.pipe(
  z.object({
    id: EventId,
    type: z.string(),
    created_at: text,
    author_id: filled,
    custom_id: filled,
    visibility: visibilityOf,
    recipients: visibilityOf, // the name of `visibility` up to 3.3, still in samples
    text,
    system_message_type: text,
    text_vars: maybe(z.record(z.string(), z.unknown())),
    url: text,
    name: text,
    content_type: text,
    alternative_text: text,
    template_id: text,
    elements: maybe(rowsOf(ElementShape)),
    deleted: maybe(z.boolean()),
    properties: PropertiesShape,
  }),
  z.transform((event): IncomingEvent => {
    const clientId = event.properties?.source?.client_id
    return {
      id: event.id,
      type: event.type,
      createdAt: event.created_at,
      authorId: event.author_id,
      customId: event.custom_id,
      visibility: event.visibility ?? event.recipients,
      text: event.text,
      systemMessageType: event.system_message_type,
      textVars: event.text_vars,
      url: withScheme(event.url),
      name: event.name,
      contentType: event.content_type,
      alternativeText: event.alternative_text,
      templateId: event.template_id,
      elements: event.elements,
      deleted: event.deleted,
      isWelcome: event.properties?.lc2?.welcome_message === true,
      ...(event.properties?.chats?.formatting === 'commonmark' && { isMarkdown: true }),
      sourceClientId: typeof clientId === 'string' ? clientId : undefined,
    }
  }),
)

/** Place in the waiting line; `wait_time` is in seconds, and approximate. Samples have both names for the time. */
export const QueueShape = z.pipe(
  z.object({ position: maybe(z.number()), wait_time: maybe(z.number()), queued_at: text, queued_at_us: text }),
  z.transform(({ position, wait_time, queued_at, queued_at_us }): Queue => ({
    position,
    waitTimeSeconds: wait_time,
    queuedAt: queued_at ?? queued_at_us,
  })),
)

/** A user of a chat: a person, a bot (both `agent`) or the customer. */
export const UserShape = z.pipe(
  z.object({
    id: z.string(),
    type: text,
    name: filled,
    avatar: text,
    present: maybe(z.boolean()),
    visibility: visibilityOf,
  }),
  // Of customers the type is always told.
  z.transform(({ type = 'agent', avatar, visibility = 'all', ...user }): ChatUser => ({
    ...user,
    type,
    avatar: withScheme(avatar),
    isUnseen: visibility !== 'all',
  })),
)

const RatingShape = z.object({ score: maybe(z.number()), comment: text })

/** Documented is `text`; answers in the wild have a title and bullets (`content`) in its place. */
export const SummaryShape = z.pipe(
  z.object({
    status: text,
    text: filled,
    content: maybe(z.object({ title: filled, summary_bullets: listOf(z.string()) })),
  }),
  z.transform(({ status, text: given, content }): string | undefined => {
    const lines = given?.split('\n') ?? [content?.title, ...(content?.summary_bullets.map((each) => `• ${each}`) ?? [])]
    const shown = lines.flatMap((line) => line?.trim() || [])
    return status === 'ok' && shown.length > 0 ? shown.join('\n') : undefined
  }),
)

const RawThread = z.object({
  id: ThreadId,
  active: maybe(z.boolean()),
  created_at: text,
  user_ids: listOf(z.string()),
  events: listOf(EventShape),
  tags: listOf(z.string()),
  queue: maybe(QueueShape),
  summary: maybe(SummaryShape),
  properties: PropertiesShape,
})

function toThread({ properties, created_at, user_ids, active, ...thread }: z.output<typeof RawThread>): Thread {
  return {
    ...thread,
    active: active === true, // LiveChat says it of every thread; one that does not say it cannot be written to
    createdAt: created_at,
    userIds: user_ids,
    rating: z.safeParse(RatingShape, properties?.rating).data,
  }
}

function sourceOf(properties: z.output<typeof PropertiesShape>): Chat['source'] {
  const { client_id, customer_client_id } = properties?.source ?? {}
  return {
    clientId: typeof client_id === 'string' ? client_id : undefined,
    customerClientId: typeof customer_client_id === 'string' ? customer_client_id : undefined,
  }
}

/** A chat as `get_chat` answers it and `incoming_chat` carries it, with one thread or none. */
export const ChatShape = z.pipe(
  z.object({
    id: ChatId,
    thread: z.nullish(RawThread),
    users: listOf(UserShape),
    access: maybe(z.object({ group_ids: listOf(z.number()) })),
    properties: PropertiesShape,
  }),
  z.transform(({ id, thread, users, access, properties }): Chat => {
    const ofChat = sourceOf(properties)
    const ofThread = sourceOf(thread?.properties)
    return {
      id,
      thread: thread ? toThread(thread) : undefined,
      users,
      groupIds: access?.group_ids ?? [],
      source: {
        clientId: ofChat.clientId ?? ofThread.clientId,
        customerClientId: ofChat.customerClientId ?? ofThread.customerClientId,
      },
    }
  }),
)
