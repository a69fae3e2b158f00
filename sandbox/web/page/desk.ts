import type { AgentView, Content, DeskChat, DeskView, PageView } from '../view'
import { send } from './api'
import { byId, h, setText } from './dom'
import { showList } from './lists'
import { countLines } from './tabs'
import { showThread, startThread } from './thread'

let view: DeskView = { agents: [], groups: [], chats: [], takesNotes: true }
let actingId: string | undefined
let openChatId: string | undefined

export function startDesk(): void {
  startThread(() => ({ agentId: actingAgent()?.id, chat: openChat() }))
  const online = byId('agent-online', HTMLInputElement)
  online.addEventListener('change', () => {
    const agent = actingAgent()
    if (agent) void send({ do: 'agent.becomes', agentId: agent.id, online: online.checked })
  })
}

export function showDesk({ desk, session }: PageView): void {
  const rings = session.chatId !== undefined && !view.chats.some(({ chatId }) => chatId === session.chatId)
  if (rings) openChatId = session.chatId
  view = desk
  countLines('desk', desk.chats.flatMap(({ lines }) => lines.filter(({ from }) => from !== 'system')).length)
  show()
}

function show(): void {
  showAgents()
  byId('chats-empty', HTMLElement).hidden = view.chats.length > 0
  const items = view.chats.map((chat) => ({ ...summary(chat), open: chat === openChat() }))
  showList(byId('chats', HTMLElement), items, { key: ({ chatId }) => chatId, render: chatElement })
  showThread({ desk: view, chat: openChat(), acting: actingAgent() })
}

function actingAgent(): AgentView | undefined {
  return view.agents.find(({ id }) => id === actingId) ?? view.agents[0]
}

function openChat(): DeskChat | undefined {
  return view.chats.find(({ chatId }) => chatId === openChatId) ?? view.chats[0]
}

function showAgents(): void {
  const acting = actingAgent()
  const agents = view.agents.map((agent) => ({ ...agent, acting: agent.id === acting?.id }))
  showList(byId('agents', HTMLElement), agents, { key: ({ id }) => id, render: agentElement })
  setText(byId('agent-online-words', HTMLElement), `${acting?.name ?? 'The agent'} accepts chats`)
  byId('agent-online', HTMLInputElement).checked = acting?.status === 'accepting chats'
}

function agentElement({ id, name, status, isBot, acting }: AgentView & { acting: boolean }): HTMLElement {
  const radio = h('input', { type: 'radio', name: 'acting', value: id, 'aria-label': `Act as ${name}, ${status}` })
  radio.checked = acting
  radio.addEventListener('change', () => {
    actingId = id
    show()
  })
  const title = `${name}${isBot ? ', a bot of LiveChat' : ''}: ${status}`
  return h(
    'label',
    { title },
    radio,
    h('span', { class: `avatar small ${isBot ? 'bot' : 'agent'}`, 'aria-hidden': 'true' }, name.charAt(0)),
    name,
    h('span', { class: 'dot', 'data-status': status }),
  )
}

type Summary = { chatId: string; name: string; last: string; state: string; kind: string | undefined }

function summary(chat: DeskChat): Summary {
  const name = chat.customer.name === '' ? 'Unnamed customer' : chat.customer.name
  const last = chat.lines.findLast(({ from }) => from !== 'system')?.content
  return { chatId: chat.chatId, name, last: last ? inShort(last) : '', ...stateOf(chat) }
}

function inShort(content: Content): string {
  if (content.kind === 'text' || content.kind === 'choice') return content.text.slice(0, 60)
  if (content.kind === 'cards') return content.cards[0]?.title ?? 'cards'
  return 'title' in content ? content.title : content.kind
}

/** How a chat stands, in a word, and the colour of that word. */
function stateOf(chat: DeskChat): { state: string; kind: string | undefined } {
  if (!chat.active) return { state: 'archived', kind: undefined }
  if (chat.queuePosition !== undefined) return { state: `queued, place ${chat.queuePosition}`, kind: 'warn' }
  if (chat.agentIds.length === 0) return { state: 'unassigned', kind: 'warn' }
  const names = view.agents.filter(({ id }) => chat.agentIds.includes(id)).map(({ name }) => name)
  return { state: names.length > 0 ? names.join(', ') : 'an agent', kind: 'good' }
}

function chatElement({ chatId, name, last, state, kind, open }: Summary & { open: boolean }): HTMLElement {
  const choose = () => {
    openChatId = chatId
    show()
  }
  return h(
    'li',
    {},
    h(
      'button',
      { class: 'chat-item', 'aria-current': open ? 'true' : undefined, onclick: choose },
      h('b', { class: 'clip' }, name),
      h('span', { class: 'last clip' }, last),
      h('span', { class: 'pill', 'data-kind': kind }, state),
    ),
  )
}
