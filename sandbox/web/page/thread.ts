import type { AgentView, ChatLine, DeskChat, DeskView } from '../view'
import { send, upload } from './api'
import { ask } from './ask'
import { lineElement } from './bubbles'
import { startComposer, startFileField } from './composer'
import { sameAuthor } from './customer'
import { byId, h, icon, setText, showTerms, type Term } from './dom'
import { followEnd, jumpToEnd } from './follow'
import { showList } from './lists'
import { onPress } from './press'
import { showTools } from './thread-tools'

/** The agent that acts and the chat that is open, asked for at the moment of a click. */
export type Now = () => { agentId: string | undefined; chat: DeskChat | undefined }

export function startThread(now: Now): void {
  const here = () => {
    const { agentId, chat } = now()
    return agentId === undefined || !chat ? undefined : { agentId, chatId: chat.chatId }
  }
  startComposer({ form: 'desk-composer', text: 'desk-text' }, async (text) => {
    const place = here()
    jumpToEnd('thread')
    return place ? send({ do: 'agent.says', ...place, text, note: writesNote() }) : false
  })
  startFileField('desk-file', (file) => {
    const place = here()
    if (place) void upload(file, place)
  })
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-rich]')) {
    onPress(button, async () => {
      const place = here()
      const template = button.dataset.rich === 'cards' ? 'cards' : 'quick replies'
      if (place) await send({ do: 'agent.sendsRich', ...place, template })
    })
  }
  for (const radio of document.querySelectorAll('input[name="note"]')) radio.addEventListener('change', showMode)
}

function writesNote(): boolean {
  return document.querySelector<HTMLInputElement>('input[name="note"]:checked')?.value === 'yes'
}

/** Why the acting agent cannot write now; `undefined` when nothing is in the way. */
let obstacle: 'archived' | 'with another' | undefined

/** Nobody writes into an archived chat, and only notes into one that another agent has. */
function showMode(): void {
  const isNote = writesNote()
  const isClosed = obstacle === 'with another' && !isNote
  byId('desk-writing', HTMLFieldSetElement).disabled = obstacle === 'archived'
  for (const control of document.querySelectorAll<HTMLButtonElement | HTMLInputElement>('[data-replies]')) {
    control.disabled = isClosed
  }
  const words = isNote ? 'Write a note for agents' : 'Write a reply'
  const wordsWhenClosed = isClosed ? 'Take the chat over to reply' : words
  const text = byId('desk-text', HTMLTextAreaElement)
  text.placeholder = obstacle === 'archived' ? 'Reopen the chat to write' : wordsWhenClosed
}

function obstacleFor({ active, agentIds }: DeskChat, acting: AgentView): typeof obstacle {
  if (!active) return 'archived'
  return agentIds.length === 0 || agentIds.includes(acting.id) ? undefined : 'with another'
}

/** Without a field for notes everything is a reply. */
function showNoteField(takesNotes: boolean): void {
  byId('who-reads', HTMLElement).hidden = !takesNotes
  const reply = document.querySelector<HTMLInputElement>('input[name="note"][value="no"]')
  if (!takesNotes && reply) reply.checked = true
}

let shownChatId: string | undefined

export function showThread(shown: { desk: DeskView; chat: DeskChat | undefined; acting: AgentView | undefined }): void {
  const { chat, acting } = shown
  byId('thread', HTMLElement).hidden = !chat
  byId('thread-empty', HTMLElement).hidden = chat !== undefined
  if (!chat || !acting) return
  obstacle = obstacleFor(chat, acting)
  showNoteField(shown.desk.takesNotes && !acting.isBot)
  showMode()
  showHead(chat, shown.desk)
  showTools({ ...shown, chat, acting })
  showTerms(byId('thread-fields', HTMLElement), detailsOf(chat))
  const list = byId('thread-lines', HTMLElement)
  if (shownChatId !== chat.chatId) jumpToEnd('thread')
  followEnd('thread', list, { count: chat.lines.length, change: () => showLines(list, { chat, acting }) })
  shownChatId = chat.chatId
}

function showHead({ active, customer, agentIds, groupId, tags }: DeskChat, { agents, groups }: DeskView): void {
  const name = customer.name === '' ? 'Unnamed customer' : customer.name
  const heading = byId('thread-name', HTMLElement)
  setText(heading, name)
  heading.title = name
  setText(byId('thread-avatar', HTMLElement), name.charAt(0))
  const present = agents.filter(({ id }) => agentIds.includes(id)).map((agent) => agent.name)
  const group = groups.find(({ id }) => id === groupId)?.name ?? `group ${groupId}`
  const nobody = active ? 'no agent yet' : 'archived'
  const words = `${group} · ${present.length > 0 ? present.join(', ') : nobody}`
  const marks = tags.map((tag) => h('span', { class: 'tag', title: tag }, tag))
  byId('thread-facts', HTMLElement).replaceChildren(words, ...marks)
}

function detailsOf({ customer, threadId, rating, summary }: DeskChat): Term[] {
  return [
    { name: 'E-mail', id: customer.email === '' ? 'not known' : customer.email, isProse: true },
    { name: 'Thread', id: threadId },
    ...(rating === undefined ? [] : [{ name: 'Rating', id: rating, isProse: true }]),
    ...(summary === undefined ? [] : [{ name: 'Summary', id: summary, isProse: true }]),
    ...customer.fields.map(({ key, value }) => ({ name: key, id: value, isProse: true })),
  ]
}

function showLines(list: HTMLElement, { chat, acting }: { chat: DeskChat; acting: AgentView }): void {
  const lines = chat.lines.map((line, index) => ({
    line,
    follows: sameAuthor(chat.lines[index - 1], line),
    own: chat.active && line.agentId === acting.id && !line.deleted && !line.note && !acting.isBot,
  }))
  showList(list, lines, {
    key: ({ line }) => line.id,
    render: ({ line, follows, own }) =>
      lineElement(line, {
        mine: line.from === 'agent',
        follows,
        tools: own ? lineTools(line, { agentId: acting.id, chatId: chat.chatId }) : undefined,
      }),
  })
}

function lineTools(line: ChatLine, place: { agentId: string; chatId: string }): HTMLElement {
  const { content, id: eventId } = line
  const edit = async (text: string) => {
    const changed = await ask({ title: 'Edit the message', ok: 'Save', field: { label: 'Text', value: text } })
    if (changed !== undefined && changed.trim() !== '')
      await send({ do: 'agent.edits', ...place, eventId, text: changed })
  }
  const remove = () => void send({ do: 'agent.deletes', ...place, eventId })
  return h(
    'span',
    { class: 'line-tools' },
    content.kind === 'text' && tool('Edit message', 'edit', () => void edit(content.text)),
    tool('Delete message', 'bin', remove),
  )
}

function tool(label: string, symbol: string, click: () => void): HTMLElement {
  return h('button', { type: 'button', 'aria-label': label, title: label, onclick: click }, icon(symbol))
}
