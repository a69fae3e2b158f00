import type { Ids, PageView, StoryLine } from '../view'
import { byId, h, icon } from './dom'
import { followEnd } from './follow'
import { chooseLine, chosenLine, onChoice, updateLines } from './links'
import { rove, showList, startRoving } from './lists'
import { countLines } from './tabs'

const STOPS = '.story-line, .story-ids summary'

type Divider = { id: string; handoff: number; ids: Ids }
type Item = { line: StoryLine } | { divider: Divider }

export function startStory(): void {
  const list = byId('story', HTMLElement)
  startRoving(list, STOPS)
  onChoice(() => markChosen(list))
}

export function showStory({ story, session: { handoffs } }: PageView): void {
  const list = byId('story', HTMLElement)
  byId('story-empty', HTMLElement).hidden = story.length > 0
  updateLines(story)
  const items = story.flatMap((line, index): Item[] => {
    const begins = line.handoff > (story[index - 1]?.handoff ?? 0)
    if (!begins) return [{ line }]
    const divider = { id: `handoff-${line.handoff}`, handoff: line.handoff, ids: handoffs[line.handoff - 1] ?? {} }
    return [{ divider }, { line }]
  })
  const change = () =>
    showList(list, items, {
      key: (item) => ('line' in item ? item.line.id : item.divider.id),
      render: (item) => ('line' in item ? lineElement(item.line) : dividerElement(item.divider)),
    })
  followEnd('story', byId('story-scroll', HTMLElement), { count: story.length, change })
  countLines('between', story.filter(({ who }) => who === 'trouble').length)
  markChosen(list)
  rove(list, STOPS)
}

/** Scrolls to a line and puts the focus on it. */
export function goToLine(id: string): void {
  const line = byId('story', HTMLElement).querySelector<HTMLElement>(`[data-key="${CSS.escape(id)}"] .story-line`)
  line?.scrollIntoView({ block: 'nearest' })
  line?.focus({ preventScroll: true })
}

function lineElement({ id, atMs, who, text, quote, calls }: StoryLine): HTMLElement {
  const told = [
    h('time', {}, stopwatch(atMs)),
    h('i', { class: 'story-dot', 'aria-hidden': 'true' }),
    h('span', { class: 'story-words' }, text, ' ', quote !== undefined && h('q', {}, quote)),
  ]
  if (calls.length === 0) return h('li', { 'data-who': who }, h('div', { class: 'story-line' }, ...told))
  const count = h('span', { class: 'story-calls' }, calls.length === 1 ? '1 call' : `${calls.length} calls`)
  const toggle = () => chooseLine(chosenLine()?.id === id ? undefined : id)
  const attributes = { class: 'story-line', type: 'button', 'aria-pressed': 'false', onclick: toggle }
  return h('li', { 'data-who': who }, h('button', attributes, ...told, count))
}

function markChosen(list: HTMLElement): void {
  const id = chosenLine()?.id
  for (const button of list.querySelectorAll('button.story-line')) {
    button.setAttribute('aria-pressed', String(button.parentElement?.getAttribute('data-key') === id))
  }
}

function dividerElement({ handoff, ids }: Divider): HTMLElement {
  const terms = { Conversation: ids.conversationId, Chat: ids.chatId, Thread: ids.threadId }
  const known = Object.entries(terms).flatMap(([name, id]) => (id === undefined ? [] : [{ name, id }]))
  const details = h(
    'details',
    { class: 'story-ids' },
    h('summary', {}, icon('chevron'), 'IDs'),
    h('dl', { class: 'terms' }, ...known.flatMap(({ name, id }) => [h('dt', {}, name), h('dd', {}, id)])),
  )
  return h('li', { class: 'story-divider' }, h('b', {}, `Handoff ${handoff}`), known.length > 0 && details)
}

function stopwatch(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}
