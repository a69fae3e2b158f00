import { z } from 'zod'
import { quoted, type KnownAgent, type People, type Telling } from './telling'

const Envelope = z.object({ action: z.string(), payload: z.unknown() })
const Source = z.object({ customer_client_id: z.string().optional() })
const Opened = z.object({ chat: z.object({ thread: z.object({ properties: z.object({ source: Source }) }) }) })
const Incoming = z.object({
  event: z.object({
    type: z.string(),
    author_id: z.string().optional(),
    visibility: z.string().optional(),
    text: z.string().optional(),
    name: z.string().optional(),
    elements: z.array(z.object({ title: z.string().optional() })).optional(),
  }),
})
type LiveChatEvent = z.infer<typeof Incoming>['event']

const Updated = z.object({ event: z.object({ author_id: z.string().optional(), text: z.string().optional() }) })
const Transferred = z.object({
  reason: z.string(),
  transferred_to: z.object({ agent_ids: z.array(z.string()).optional() }).optional(),
  queue: z.object({ position: z.number() }).optional(),
})
const Joined = z.object({ user: z.object({ id: z.string() }) })
const Tagged = z.object({ tag: z.string() })
const Left = z.object({ user_id: z.string() })

/** What a webhook of LiveChat tells, in a sentence; `undefined` for what a reader would not miss. */
export function tellWebhook(body: unknown, people: People): Telling | undefined {
  const envelope = Envelope.safeParse(body).data
  if (!envelope) return undefined
  const { action, payload } = envelope
  switch (action) {
    case 'incoming_chat':
      return opened(Opened.safeParse(payload).data)
    case 'incoming_event':
      return written(Incoming.safeParse(payload).data?.event, people)
    case 'chat_transferred':
      return transferred(Transferred.safeParse(payload).data, people)
    case 'user_added_to_chat':
      return moved(people.agent(Joined.safeParse(payload).data?.user.id ?? ''), 'joins')
    case 'user_removed_from_chat':
      return moved(people.agent(Left.safeParse(payload).data?.user_id ?? ''), 'leaves')
    case 'thread_tagged':
      return tagged(Tagged.safeParse(payload).data)
    case 'thread_summary_set':
      return { who: 'livechat', text: 'LiveChat has summed the chat up.' }
    case 'chat_deactivated':
      return { who: 'livechat', text: 'The chat is closed.' }
    case 'event_updated':
      return { who: 'agent', text: 'A message is edited:', ...quoted(Updated.safeParse(payload).data?.event.text) }
    case 'event_deleted':
      return { who: 'agent', text: 'A message is deleted.' }
    default:
      return undefined
  }
}

/** `startHitl` already shows what the bot opens. */
function opened(chat: z.infer<typeof Opened> | undefined): Telling | undefined {
  if (!chat || chat.chat.thread.properties.source.customer_client_id !== undefined) return undefined
  return { who: 'agent', text: 'An agent opens the chat. The customer stays with the bot.' }
}

function tagged(tag: z.infer<typeof Tagged> | undefined): Telling | undefined {
  return tag && { who: 'agent', text: 'The chat gets a tag:', ...quoted(tag.tag) }
}

function written(event: LiveChatEvent | undefined, { agent, customer, isHandBack }: People): Telling | undefined {
  const author = agent(event?.author_id ?? '')
  if (!event || !author) return undefined
  const { name } = author
  if (!author.isBot && isHandBack(event.text ?? ''))
    return { who: 'agent', text: `${name} gives ${customer} back to the bot:`, ...quoted(event.text) }
  if (event.visibility === 'agents') {
    return { who: 'agent', text: `${name} leaves a note for agents:`, ...quoted(event.text) }
  }
  if (author.isBot) return { who: 'livechat', text: `${name} writes. ${customer} does not see it:`, ...shown(event) }
  return { who: 'agent', text: `${name} ${VERBS[event.type] ?? 'sends'}:`, ...shown(event) }
}

const VERBS: Record<string, string> = { message: 'writes', file: 'sends a file', rich_message: 'offers a choice' }

function shown({ type, text, name, elements }: LiveChatEvent): Pick<Telling, 'quote'> {
  return quoted(text ?? name ?? elements?.[0]?.title ?? type.replaceAll('_', ' '))
}

function moved(agent: KnownAgent | undefined, verb: 'joins' | 'leaves'): Telling | undefined {
  return agent && { who: 'agent', text: `${agent.name} ${verb} the chat.` }
}

function transferred(transfer: z.infer<typeof Transferred> | undefined, { agent }: People): Telling | undefined {
  if (!transfer) return undefined
  const { transferred_to: to, queue, reason } = transfer
  if (queue) return { who: 'livechat', text: `The chat waits in the queue, place ${queue.position}.` }
  const name = agent(to?.agent_ids?.[0] ?? '')?.name
  // The agent's joining already shows a pick-up.
  if (name !== undefined && reason === 'assigned') return undefined
  const text = name === undefined ? 'The chat goes back to its group.' : `The chat goes to ${name}.`
  return { who: 'livechat', text }
}
