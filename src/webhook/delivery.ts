import * as z from 'zod/mini'
import { ChatId, EventId, ThreadId } from '../livechat/ids'
import { ChatShape, EventShape, QueueShape, UserShape } from '../livechat/schemas'
import { listOf, maybe, PropertiesShape } from '../livechat/shape'

/** Longest body that is read, in characters. An `incoming_chat` holds a whole thread; nothing else comes near. */
const MAX_BODY_CHARACTERS = 2_000_000

/** LiveChat gets this status and nothing happens. 400: what came cannot be read. 401: it is not from LiveChat. */
export class RejectedDelivery extends Error {
  override readonly name = 'RejectedDelivery'
  constructor(
    readonly status: 400 | 401,
    message: string,
  ) {
    super(message)
  }
}

const inChat = { chat_id: ChatId, thread_id: maybe(ThreadId) }

const IncomingEventBody = z.pipe(
  z.object({ ...inChat, event: EventShape }),
  z.transform(({ chat_id, thread_id, event }) => ({ chatId: chat_id, threadId: thread_id, event })),
)
const EventDeleted = z.pipe(
  z.object({ ...inChat, event_id: EventId }),
  z.transform(({ chat_id, thread_id, event_id }) => ({ chatId: chat_id, threadId: thread_id, eventId: event_id })),
)
const IncomingChat = z.pipe(
  z.object({ chat: ChatShape }),
  z.transform(({ chat }) => ({ chatId: chat.id, threadId: chat.thread?.id, chat })),
)
// No `user_id`: the router closed it.
const ChatDeactivated = z.pipe(
  z.object({ ...inChat, user_id: maybe(z.string()) }),
  z.transform(({ chat_id, thread_id, user_id }) => ({ chatId: chat_id, threadId: thread_id, closedBy: user_id })),
)
const ChatTransferred = z.pipe(
  z.object({
    ...inChat,
    transferred_to: maybe(z.object({ agent_ids: listOf(z.string()) })),
    queue: maybe(QueueShape),
  }),
  z.transform(({ chat_id, thread_id, transferred_to, queue }) => ({
    chatId: chat_id,
    threadId: thread_id,
    agentIds: transferred_to?.agent_ids ?? [],
    queue,
  })),
)
const UserAdded = z.pipe(
  z.object({ ...inChat, user: maybe(UserShape) }),
  z.transform(({ chat_id, thread_id, user }) => ({ chatId: chat_id, threadId: thread_id, user })),
)
const UserRemoved = z.pipe(
  z.object({ ...inChat, user_id: maybe(z.string()) }),
  z.transform(({ chat_id, thread_id, user_id }) => ({ chatId: chat_id, threadId: thread_id, userId: user_id })),
)

/** The actions that mean something to us, each with the shape of its payload. */
const PAYLOADS = {
  incoming_event: IncomingEventBody,
  event_updated: IncomingEventBody,
  event_deleted: EventDeleted,
  incoming_chat: IncomingChat,
  chat_deactivated: ChatDeactivated,
  chat_transferred: ChatTransferred,
  user_added_to_chat: UserAdded,
  user_removed_from_chat: UserRemoved,
} as const

type Payloads = { [Action in keyof typeof PAYLOADS]: z.output<(typeof PAYLOADS)[Action]> }

/** Which apps agent and customer use in the chat, as far as the delivery tells. */
export type Source = { clientId?: string; customerClientId?: string }

type Meta = { source: Source }
export type Delivery =
  | { [Action in keyof Payloads]: { action: Action; payload: Payloads[Action] } & Meta }[keyof Payloads]
  | ({ action: 'ignored'; original: string } & Meta)
export type PayloadOf<Action extends keyof Payloads> = Payloads[Action]

const SourceProperty = z.object({ client_id: maybe(z.string()), customer_client_id: maybe(z.string()) })
const Signed = z.object({ secret_key: z.string() })
const Envelope = z.object({
  action: z.string(),
  organization_id: z.optional(z.unknown()),
  payload: z.unknown(),
  additional_data: maybe(z.object({ chat_properties: PropertiesShape })),
})

export type Door = {
  isOurSecret: (given: string) => boolean | Promise<boolean>
  organizationId: string
}

/**
 * Text to delivery: JSON, secret, envelope, organization, payload, in that order, since LiveChat proves itself inside the
 * body. Only this function makes a `Delivery`, so holding one means that the secret matched and the shape is known.
 * What another organization was told of is read no further. Throws `RejectedDelivery`.
 */
export async function readDelivery(body: string | undefined, { isOurSecret, organizationId }: Door): Promise<Delivery> {
  const raw = json(body)
  const signed = z.safeParse(Signed, raw).data
  // A body without a readable secret proves nothing about its sender: the same answer as for a wrong one.
  if (!signed || !(await isOurSecret(signed.secret_key))) throw new RejectedDelivery(401, 'wrong secret key')
  const envelope = z.safeParse(Envelope, raw).data
  if (!envelope) throw new RejectedDelivery(400, 'the envelope names no action')
  const { action, organization_id, payload } = envelope
  const source = z.safeParse(SourceProperty, envelope.additional_data?.chat_properties?.['source']).data
  const meta: Meta = { source: { clientId: source?.client_id, customerClientId: source?.customer_client_id } }
  const isForUs = isSame(organization_id ?? organizationId, organizationId) // absent up to version 3.3
  return withOwnSource({ ...(isForUs ? readPayload(action, payload) : ignored(action)), ...meta } as Delivery)
}

/** `incoming_chat` carries the chat's properties in any case, the others only when the registration asked for them. */
function withOwnSource(delivery: Delivery): Delivery {
  if (delivery.action !== 'incoming_chat') return delivery
  const { clientId, customerClientId } = delivery.source
  const own = delivery.payload.chat.source
  const source = { clientId: clientId ?? own.clientId, customerClientId: customerClientId ?? own.customerClientId }
  return { ...delivery, source }
}

/** People paste a UUID in capitals too. */
const isSame = (id: unknown, ours: string) => typeof id === 'string' && id.toLowerCase() === ours.toLowerCase()

const ignored = (original: string) => ({ action: 'ignored', original })

function readPayload(action: string, payload: unknown): { action: string; payload?: unknown } {
  if (!Object.hasOwn(PAYLOADS, action)) return ignored(action) // new actions are LiveChat's right
  const read = z.safeParse(PAYLOADS[action as keyof Payloads], payload)
  if (!read.success) throw new RejectedDelivery(400, 'the payload does not fit its action')
  return { action, payload: read.data }
}

function json(body: string | undefined): unknown {
  if (!body) throw new RejectedDelivery(400, 'the body is empty')
  if (body.length > MAX_BODY_CHARACTERS) throw new RejectedDelivery(400, 'the body is too long')
  try {
    return JSON.parse(body)
  } catch {
    throw new RejectedDelivery(400, 'the body is not JSON')
  }
}
