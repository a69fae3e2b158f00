import type { Agent, Chat, ChatEvent, LiveChat, Thread } from '../livechat'
import { contentOfEvent } from './content'
import type { AgentView, ChatLine, DeskChat, DeskView, GroupView, HandBack } from './view'
import { isHandBack } from './hand-back'

const STATUS = {
  accepting_chats: 'accepting chats',
  not_accepting_chats: 'not accepting chats',
  offline: 'offline',
} as const

type Known = {
  /** Ids of changed events, which LiveChat does not mark. */
  edited: ReadonlySet<string>
  handBack?: HandBack
}

/** The desk as its agents see it: everyone, every group, every chat, the newest first. */
export function deskView({ store, settings }: LiveChat, { edited, handBack }: Known): DeskView {
  const agents = [...store.agents.values()]
  const groups = [...store.groups.values()]
  return {
    agents: agents.filter((agent) => !agent.suspended && agent.role !== 'owner').map(agentView),
    groups: groups.map(({ id, name }) => ({ id, name, status: groupStatus(store, id) })),
    chats: [...store.chats.values()]
      .flatMap((chat) => chatView(store, chat))
      .reverse()
      .map((chat) => ({ ...chat, lines: chat.lines.map((line) => marked(line, { edited, handBack })) })),
    takesNotes: settings.desk.privateNotes,
    ...(handBack && { handBack }),
  }
}

function agentView({ id, name, status, bot }: Agent): AgentView {
  return { id, name, status: STATUS[status], isBot: bot }
}

/** The router's rule: somebody accepts chats and has room, or is at least there to be waited for. */
function groupStatus(store: LiveChat['store'], groupId: number): GroupView['status'] {
  const agents = [...store.agents.values()]
  const accepting = agents.filter(({ groups, status }) => groups.includes(groupId) && status === 'accepting_chats')
  if (accepting.length === 0) return 'offline'
  return accepting.some(({ id, maxChats }) => store.loadOf(id) < maxChats) ? 'online' : 'online_for_queue'
}

function ratingOf({ properties }: Thread): DeskChat['rating'] {
  const score = properties['rating']?.['score']
  if (score === undefined) return undefined
  return score === 1 ? 'good' : 'bad'
}

function chatView(store: LiveChat['store'], chat: Chat): DeskChat[] {
  const thread = store.lastThread(chat)
  if (!thread) return []
  const customer = store.customers.get(chat.customerId ?? '')
  // Who only supervises is not who has it.
  const present = chat.users.filter(
    ({ type, present, visibility }) => type === 'agent' && present && visibility === 'all',
  )
  const fields = (customer?.sessionFields ?? []).flatMap((field) => Object.entries(field))
  const view: DeskChat = {
    chatId: chat.id,
    threadId: thread.id,
    active: thread.active,
    queuePosition: thread.queue?.position,
    groupId: thread.access.group_ids[0] ?? chat.access.group_ids[0] ?? 0,
    agentIds: thread.active ? present.map(({ id }) => id) : [],
    tags: thread.tags,
    customer: {
      name: customer?.name ?? '',
      email: customer?.email ?? '',
      fields: fields.map(([key, value]) => ({ key, value })),
    },
    rating: ratingOf(thread),
    ...(thread.summary && { summary: thread.summary.text }),
    lines: chat.threads.flatMap((each) => threadLines(store, each, customer?.name)),
  }
  return [view]
}

const UNSEEN_BOT = 'Not shown to the customer: the integration does not pass on what bots of LiveChat write.'

function threadLines(store: LiveChat['store'], thread: Thread, customerName: string | undefined): ChatLine[] {
  return thread.events.flatMap((event) => {
    const content = contentOfEvent(event)
    if (!content) return []
    const agent = store.agents.get(event.author_id ?? '')
    const line: ChatLine = {
      id: event.id,
      from: side(event, agent),
      author: agent?.name ?? (event.author_id === undefined ? undefined : (customerName ?? 'Customer')),
      at: event.created_at,
      content,
      note: event.visibility === 'agents' || undefined,
      deleted: event.deleted,
      agentId: agent?.id,
      ...(agent?.bot && { unseen: UNSEEN_BOT }),
    }
    return [line]
  })
}

const UNSEEN_COMMAND = 'Not shown to the customer: it gives the customer back to the bot.'

function marked(line: ChatLine, { edited, handBack }: Known): ChatLine {
  const isCommand = line.from === 'agent' && line.content.kind === 'text' && isHandBack(line.content.text, handBack)
  return {
    ...line,
    ...(edited.has(line.id) && { edited: true }),
    ...(isCommand && !line.note && { unseen: UNSEEN_COMMAND }),
  }
}

function side(event: ChatEvent, agent: Agent | undefined): ChatLine['from'] {
  if (event.author_id === undefined) return 'system'
  if (!agent) return 'customer'
  return agent.bot ? 'bot' : 'agent'
}
