import type { AgentView, DeskChat, DeskView, HandBack } from '../view'
import { send } from './api'
import { ask } from './ask'
import { byId, h, hasKeyboard } from './dom'
import { showList } from './lists'
import { menuButton, type MenuGroup } from './menu'
import { onPress } from './press'

type Shown = { desk: DeskView; chat: DeskChat; acting: AgentView }
type Place = { chatId: string; agentId: string }
type Target = { to: string; label: string; status: string }
type Targets = { agents: Target[]; groups: Target[] }
type Tool = { label: string; kind?: 'main' | 'bad'; targets?: Targets; further?: string[]; handBack?: HandBack }

/** The buttons above a thread: only what LiveChat's app would offer now. */
export function showTools(shown: Shown): void {
  const { chat, acting } = shown
  const place = { chatId: chat.chatId, agentId: acting.id }
  showList(
    byId('thread-tools', HTMLElement),
    toolsFor(shown).map((tool) => ({ ...tool, ...place })),
    { key: ({ label }) => label, render: (tool) => toolElement(tool, place) },
  )
}

function toolsFor({ desk, chat, acting }: Shown): Tool[] {
  if (!chat.active) return acting.isBot ? [] : [{ label: 'Reopen' }]
  if (chat.agentIds.length === 0) return [{ label: 'Join', kind: 'main' }]
  if (!chat.agentIds.includes(acting.id)) return [{ label: 'Take over', kind: 'main' }]
  const agents = desk.agents.filter(({ id }) => id !== acting.id)
  const targets = {
    agents: agents.map(({ id, name, status }) => ({ to: `agent:${id}`, label: name, status })),
    groups: desk.groups.map(({ id, name, status }) => ({ to: `group:${id}`, label: name, status })),
  }
  const further = acting.isBot ? ['Leave'] : ['Leave', 'Queue', 'Tag']
  return [
    { label: 'Transfer', targets },
    { label: 'More', further, ...(desk.handBack && !acting.isBot && { handBack: desk.handBack }) },
    { label: 'Close', kind: 'bad' },
  ]
}

/** Whoever joins a chat, takes it over or opens it again writes next. */
function toolElement({ label, kind, targets, further, handBack }: Tool, place: Place): HTMLElement {
  if (targets) return menuButton({ label }, transferMenu(targets, place))
  if (further) {
    const items = further.map((each) => ({ label: WORDS[each] ?? each, act: () => void press(each, place) }))
    return menuButton({ label: 'More to do with the chat', icon: 'more' }, [
      { items },
      ...(handBack ? [handBackMenu(handBack, place)] : []),
    ])
  }
  const look = kind === undefined ? '' : ` button-${kind}`
  const button = h('button', { class: `button button-small${look}`, 'data-tool': label }, label)
  return onPress(button, (event) => {
    if (label !== 'Close' && event.isTrusted && hasKeyboard()) byId('desk-text', HTMLTextAreaElement).focus()
    return press(label, place)
  })
}

const WORDS: Record<string, string> = { Leave: 'Leave the chat', Queue: 'Put into the queue', Tag: 'Add a tag …' }

function transferMenu({ agents, groups }: Targets, place: Place): MenuGroup[] {
  const item = ({ to, label, status }: Target) => ({
    label,
    hint: status.replaceAll('_', ' '),
    dot: status,
    act: () => void send({ do: 'agent.transfers', ...place, to }),
  })
  return [
    { title: 'To an agent', items: agents.map(item) },
    { title: 'To a group', items: groups.map(item) },
  ]
}

/** What agents do with a canned answer and a tag of the account. */
function handBackMenu({ command, tag }: HandBack, place: Place): MenuGroup {
  const text = `${command} refund`
  return {
    title: 'Give back to the bot',
    items: [
      { label: text, hint: 'command', act: () => void send({ do: 'agent.says', ...place, text, note: false }) },
      { label: tag, hint: 'tag', act: () => void send({ do: 'agent.tags', ...place, tag }) },
    ],
  }
}

async function press(label: string, place: Place): Promise<void> {
  switch (label) {
    case 'Join':
      await send({ do: 'agent.joins', ...place })
      return
    case 'Take over':
      await send({ do: 'agent.transfers', ...place, to: `agent:${place.agentId}` })
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
      const tag = await ask({ title: 'Tag the chat', ok: 'Add', field: { label: 'Tag', value: '' } })
      if (tag !== undefined && tag.trim() !== '') await send({ do: 'agent.tags', ...place, tag })
    }
  }
}
