import { z } from 'zod'
import { ApiError } from '../api-error'
import { Id, Name, PayloadObject, Schedule, checkSize, page } from '../checks'
import { fitDeclared } from '../declared-schema'
import { newId } from '../ids'
import type { Event } from '../objects'
import { operation } from '../operation'
import { declaredFor, type Caller, type Platform } from '../platform'
import { find, findNamed, newRow, pageOf, sees } from './lookup'
import { delayOf } from './schedule'

const CreateEvent = z.strictObject({
  type: Name,
  payload: PayloadObject,
  schedule: Schedule.optional(),
  conversationId: Id.optional(),
  userId: Id.optional(),
  workflowId: Id.optional(),
  messageId: Id.optional(),
})
const Status = z.enum(['pending', 'processed', 'ignored', 'failed', 'scheduled'])
const ListEvents = z.strictObject({
  ...page,
  type: z.string().optional(),
  conversationId: Id.optional(),
  userId: Id.optional(),
  messageId: Id.optional(),
  workflowId: Id.optional(),
  status: Status.optional(),
})

export type NewEvent = z.infer<typeof CreateEvent>

/** An integration names its events without its alias; the bot sees `<alias>:<event>`. */
function showEvent(caller: Caller, event: Event): Event {
  const prefix = `${caller.alias ?? ''}:`
  const own = caller.alias !== undefined && event.type.startsWith(prefix)
  return own ? { ...event, type: event.type.slice(prefix.length) } : { ...event }
}

/** Queues an event: it is processed after the answer. */
export function createEvent(platform: Platform, caller: Caller, input: NewEvent): Event {
  const { schedule, ...given } = input
  checkEvent(platform, caller, given)
  const delayMs = delayOf(platform, caller, 'event', schedule)
  const event: Event = {
    ...given,
    id: newId('evt', Date.now()),
    createdAt: new Date().toISOString(),
    type: caller.alias === undefined ? input.type : `${caller.alias}:${input.type}`,
    status: delayMs > 0 ? 'scheduled' : 'pending',
    failureReason: null,
  }
  platform.store.events.set(event.id, newRow(caller, event))
  platform.store.changed()
  platform.eventCreated(caller.installed, event, delayMs)
  return showEvent(caller, event)
}

function checkEvent(platform: Platform, caller: Caller, event: Omit<NewEvent, 'schedule'>): void {
  const { store, settings } = platform
  checkSize(event.payload)
  if (event.conversationId) findNamed(platform, caller, store.conversations, event.conversationId, 'Conversation')
  if (event.userId) findNamed(platform, caller, store.users, event.userId, 'User')
  if (event.messageId) findNamed(platform, caller, store.messages, event.messageId, 'Message')
  const declared = declaredFor(caller)
  if (!declared) return
  const known = declared.events[event.type]
  if (!known) throw new ApiError('InvalidPayload', `event type ${event.type} is not declared by the integration`)
  fitDeclared(known.schema, event.payload, `event ${event.type}`, settings.payloadChecks)
}

function listEvents(platform: Platform, caller: Caller, query: z.infer<typeof ListEvents>) {
  const { nextToken, ...filters } = query
  const events = [...platform.store.events.values()]
    .filter((row) => sees(platform, caller, row))
    .map((row) => showEvent(caller, row.object))
    .filter((event) =>
      Object.entries(filters).every(([key, value]) => value === undefined || event[key as keyof Event] === value),
    )
  const { objects, meta } = pageOf(platform, events, { nextToken })
  return { events: objects, meta }
}

const EVENTS = '/v1/chat/events'

export const eventOperations = [
  operation({
    name: 'createEvent',
    method: 'POST',
    path: EVENTS,
    status: 201,
    body: CreateEvent,
    run: ({ platform, caller, body }) => ({ event: createEvent(platform, caller, body) }),
  }),
  operation({
    name: 'getEvent',
    method: 'GET',
    path: `${EVENTS}/:id`,
    run: ({ platform, caller, params }) => ({
      event: showEvent(caller, find(platform, caller, platform.store.events, params.id, 'Event').object),
    }),
  }),
  operation({
    name: 'listEvents',
    method: 'GET',
    path: EVENTS,
    query: ListEvents,
    run: ({ platform, caller, query }) => listEvents(platform, caller, query),
  }),
  operation({
    name: 'cancelScheduledEvent',
    method: 'DELETE',
    path: `${EVENTS}/scheduled/:id`,
    run: ({ platform, caller, params }) => {
      const { object } = find(platform, caller, platform.store.events, params.id, 'Event')
      if (object.status !== 'scheduled') throw new ApiError('ResourceNotFound', `Event ${object.id} is not scheduled`)
      platform.cancelEvent(object.id)
      return {}
    },
  }),
]
