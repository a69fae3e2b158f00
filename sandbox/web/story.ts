import { z } from 'zod'
import type { Exchange } from '../http/wire'
import type { StoryLine } from './view'

type Told = Pick<StoryLine, 'who' | 'text'>
/** Name of the customer, and of an agent by id. */
export type Names = { customer: string; agent: (id: string) => string | undefined }

/** The session told in sentences, out of what passed over the wire; oldest first, times from the first line. */
export function tellStory(exchanges: readonly Exchange[], names: Names): StoryLine[] {
  const lines = exchanges.flatMap((exchange) => linesOf(exchange, names)).sort((a, b) => a.at - b.at)
  const from = lines[0]?.at ?? 0
  return lines.map(({ id, at, who, text }, index) => ({ id: `${index}-${id}`, atMs: at - from, who, text }))
}

/** What is asked is told when it is asked, what goes wrong when the answer shows it. */
function linesOf(exchange: Exchange, names: Names): (Told & { id: string; at: number })[] {
  const { to, startedAt, endedAt = startedAt } = exchange
  const id = `${to}-${exchange.id}`
  const [told, wrong] = [happening(exchange, names), trouble(exchange)]
  return [...(told ? [{ ...told, id, at: startedAt }] : []), ...(wrong ? [{ ...wrong, id, at: endedAt }] : [])]
}

/** Failures that the integration has to cope with. A customer who has a chat already is refused by design. */
function trouble(exchange: Exchange): Told | undefined {
  const { operation, status, endedAt, fault, to } = exchange
  if (endedAt === undefined) return undefined
  if (to === 'integration' && operation.startsWith('message/') && status === 400)
    return { who: 'trouble', text: `The agent does not get it: ${reason(exchange)}` }
  const cut = status === undefined
  if (!cut && status < 500 && status !== 429 && fault === undefined) return undefined
  const what = to === 'integration' ? `We answered ${operation}` : `${operation} answered`
  return { who: 'trouble', text: cut ? `${operation}: the connection was cut` : `${what} with ${status}` }
}

function happening(exchange: Exchange, names: Names): Told | undefined {
  if (exchange.to === 'integration') return asked(exchange, names)
  if (exchange.operation === 'createEvent') return announced(exchange)
  return undefined
}

function asked(exchange: Exchange, names: Names): Told | undefined {
  const { operation } = exchange
  if (operation === 'action/startHitl') return startOf(exchange)
  if (operation === 'action/stopHitl') return { who: 'bot', text: 'The bot’s side ends the handoff (stopHitl).' }
  if (operation.startsWith('message/')) return writtenBy(exchange, names)
  if (operation.startsWith('webhook/')) return webhook(exchange, names)
  return undefined
}

function startOf({ status, endedAt, startedAt, responseBody }: Exchange): Told {
  if (endedAt === undefined) return { who: 'bot', text: 'The bot asks for a person (startHitl) …' }
  const took = `${Math.round(endedAt - startedAt)} ms`
  if (status === 200)
    return { who: 'bot', text: `The bot asked for a person: a chat was opened in ${took} (startHitl).` }
  return { who: 'trouble', text: `The handoff was refused: ${reason({ responseBody })}` }
}

/** The sentence of a refusal. */
function reason({ responseBody }: Pick<Exchange, 'responseBody'>): string {
  return z.object({ message: z.string() }).safeParse(responseBody).data?.message ?? 'no reason given'
}

const Outgoing = z.object({ type: z.string(), payload: z.object({ userId: z.string().optional() }) })

function writtenBy({ requestBody }: Exchange, { customer }: Names): Told | undefined {
  const message = Outgoing.safeParse(requestBody).data
  if (!message) return undefined
  const { type, payload } = message
  if (payload.userId === undefined) return { who: 'bot', text: 'The bot tells the agent something.' }
  return { who: 'customer', text: type === 'text' ? `${customer} writes.` : `${customer} sends: ${type}.` }
}

const Envelope = z.object({ action: z.string(), payload: z.unknown() })
const Source = z.object({ customer_client_id: z.string().optional() })
const Opened = z.object({
  chat: z.object({ thread: z.object({ properties: z.object({ source: Source }) }) }),
})
const Incoming = z.object({
  event: z.object({ type: z.string(), author_id: z.string().optional(), visibility: z.string().optional() }),
})
const Transferred = z.object({
  reason: z.string(),
  transferred_to: z.object({ agent_ids: z.array(z.string()).optional() }).optional(),
  queue: z.object({ position: z.number() }).optional(),
})
const Joined = z.object({ user: z.object({ id: z.string(), type: z.string() }) })
const Left = z.object({ user_id: z.string() })

function webhook({ requestBody }: Exchange, names: Names): Told | undefined {
  const envelope = Envelope.safeParse(requestBody).data
  switch (envelope?.action) {
    case 'incoming_chat':
      return opened(Opened.safeParse(envelope.payload).data)
    case 'incoming_event':
      return incomingEvent(Incoming.safeParse(envelope.payload).data, names)
    case 'chat_transferred':
      return transferred(Transferred.safeParse(envelope.payload).data, names)
    case 'user_added_to_chat': {
      const name = names.agent(Joined.safeParse(envelope.payload).data?.user.id ?? '')
      return name === undefined ? undefined : { who: 'agent', text: `${name} joins the chat.` }
    }
    case 'user_removed_from_chat': {
      const name = names.agent(Left.safeParse(envelope.payload).data?.user_id ?? '')
      return name === undefined ? undefined : { who: 'agent', text: `${name} leaves the chat.` }
    }
    case 'chat_deactivated':
      return { who: 'livechat', text: 'The chat was closed.' }
    case 'event_updated':
      return { who: 'agent', text: 'A message was edited.' }
    case 'event_deleted':
      return { who: 'agent', text: 'A message was deleted.' }
    default:
      return undefined
  }
}

/** What the bot opens is told by `startHitl`. */
function opened(chat: z.infer<typeof Opened> | undefined): Told | undefined {
  if (!chat || chat.chat.thread.properties.source.customer_client_id !== undefined) return undefined
  return { who: 'agent', text: 'The chat was opened at the desk; the customer stays with the bot.' }
}

function incomingEvent(incoming: z.infer<typeof Incoming> | undefined, { agent }: Names): Told | undefined {
  if (!incoming) return undefined
  const { type, author_id: author, visibility } = incoming.event
  const name = agent(author ?? '')
  if (name === undefined) return undefined
  if (visibility === 'agents') return { who: 'agent', text: `${name} leaves a note; it stays at the desk.` }
  if (type === 'message') return { who: 'agent', text: `${name} writes.` }
  return { who: 'agent', text: `${name} sends: ${type.replace('_', ' ')}.` }
}

function transferred(transfer: z.infer<typeof Transferred> | undefined, { agent }: Names): Told | undefined {
  if (!transfer) return undefined
  const { transferred_to: to, queue, reason } = transfer
  if (queue) return { who: 'livechat', text: `The chat waits in the queue at place ${queue.position}.` }
  const name = agent(to?.agent_ids?.[0] ?? '')
  // A pick-up is told by the agent's joining.
  if (name !== undefined && reason === 'assigned') return undefined
  return {
    who: 'livechat',
    text: name === undefined ? 'The chat goes back to its group.' : `The chat goes to ${name}.`,
  }
}

const Created = z.object({ type: z.string(), payload: z.record(z.string(), z.unknown()).catch({}) })

function announced({ requestBody }: Exchange): Told | undefined {
  const event = Created.safeParse(requestBody).data
  switch (event?.type) {
    case 'hitlAssigned':
      return { who: 'bot', text: 'The bot hears who is there (hitlAssigned).' }
    case 'hitlStopped':
      return { who: 'bot', text: 'The bot takes over again (hitlStopped).' }
    case 'queueChanged':
      return { who: 'bot', text: `The bot hears of the queue (queueChanged${place(event.payload)}).` }
    case 'chatEnded':
      return { who: 'bot', text: `The bot hears why it ended: ${String(event.payload['reason'])} (chatEnded).` }
    default:
      return undefined
  }
}

function place({ position }: Record<string, unknown>): string {
  return typeof position === 'number' ? `: place ${position}` : ''
}
