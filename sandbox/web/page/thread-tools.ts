import type { AgentView, DeskChat, DeskView } from '../view'
import { send } from './api'
import { ask } from './ask'
import { byId, h, showList } from './dom'

type Shown = { desk: DeskView; chat: DeskChat; acting: AgentView }
type Tool = { label: string; bad?: boolean; options?: { value: string; label: string }[] }

/** The buttons above a thread: only what LiveChat's app would offer now. */
export function showTools(shown: Shown): void {
  const { chat, acting } = shown
  const place = { chatId: chat.chatId, agentId: acting.id }
  showList(
    byId('thread-tools', HTMLElement),
    toolsFor(shown).map((tool) => ({ ...tool, ...place })),
    {
      key: ({ label }) => label,
      render: (tool) => (tool.options ? transferMenu(tool.options, place) : toolButton(tool, place)),
    },
  )
}

function toolsFor({ desk, chat, acting }: Shown): Tool[] {
  if (!chat.active) return acting.isBot ? [] : [{ label: 'Reopen' }]
  if (!chat.agentIds.includes(acting.id)) return [{ label: 'Join' }]
  const targets = [
    ...desk.agents.filter(({ id }) => id !== acting.id).map(({ id, name }) => ({ value: `agent:${id}`, label: name })),
    ...desk.groups.map(({ id, name }) => ({ value: `group:${id}`, label: `${name} group` })),
  ]
  const tools: Tool[] = [{ label: 'Transfer to', options: targets }, { label: 'Leave' }]
  if (!acting.isBot) tools.push({ label: 'Queue' }, { label: 'Tag' })
  return [...tools, { label: 'Close', bad: true }]
}

type Place = { chatId: string; agentId: string }

function toolButton({ label, bad }: Tool, place: Place): HTMLElement {
  const classes = `button button-small${bad ? ' button-bad' : ''}`
  return h('button', { class: classes, onclick: () => void press(label, place) }, label)
}

async function press(label: string, place: Place): Promise<void> {
  switch (label) {
    case 'Join':
      await send({ do: 'agent.joins', ...place })
      return
    case 'Leave':
      await send({ do: 'agent.leaves', ...place })
      return
    case 'Queue':
      await send({ do: 'agent.queues', ...place })
      return
    case 'Close':
      await send({ do: 'agent.closes', ...place })
      return
    case 'Reopen':
      await send({ do: 'agent.reopens', ...place })
      return
    case 'Tag': {
      const tag = await ask('Tag the chat', { label: 'Tag', value: '' })
      if (tag !== undefined && tag.trim() !== '') await send({ do: 'agent.tags', ...place, tag })
    }
  }
}

function transferMenu(options: { value: string; label: string }[], place: Place): HTMLElement {
  const first = h('option', { value: '' }, 'Transfer to …')
  const menu = h(
    'select',
    { 'aria-label': 'Transfer to' },
    first,
    ...options.map(({ value, label }) => h('option', { value }, label)),
  )
  menu.addEventListener('change', () => {
    const to = menu.value
    menu.value = ''
    if (to !== '') void send({ do: 'agent.transfers', ...place, to })
  })
  return menu
}
