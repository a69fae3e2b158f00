import type { Phase, SessionView, StoryLine } from '../view'
import { byId, followEnd, h, showList } from './dom'

const PHASES: { phase: Phase; label: string }[] = [
  { phase: 'bot', label: 'Bot' },
  { phase: 'starting', label: 'Handover' },
  { phase: 'waiting', label: 'Waiting' },
  { phase: 'agent', label: 'Agent' },
  { phase: 'ended', label: 'Ended' },
]

const GROUP_WORDS = { online: 'online', offline: 'nobody there', online_for_queue: 'queueing' }

function stateOf(index: number, now: number): 'past' | 'now' | 'next' {
  if (index === now) return 'now'
  return index < now ? 'past' : 'next'
}

export function showSession(session: SessionView, story: StoryLine[]): void {
  showGroup(session)
  byId('phase-words', HTMLElement).textContent = phaseWords(session)
  const now = PHASES.findIndex(({ phase }) => phase === session.phase)
  const steps = PHASES.map(({ label }, index) => ({
    label,
    state: stateOf(index, now),
  }))
  showList(byId('phases', HTMLElement), steps, {
    key: ({ label }) => label,
    render: ({ label, state }) =>
      h('li', { 'data-state': state, 'aria-current': state === 'now' ? 'step' : undefined }, label),
  })
  showIds(session)
  showStory(story)
}

function showGroup({ group }: SessionView): void {
  const pill = byId('group', HTMLElement)
  pill.hidden = !group
  if (!group) return
  pill.dataset.status = group.status
  const words = `${group.name}: ${GROUP_WORDS[group.status]}`
  if (pill.textContent !== words) pill.textContent = words
}

function phaseWords({ phase, agent }: SessionView): string {
  switch (phase) {
    case 'bot':
      return 'The bot answers. Nothing goes to LiveChat.'
    case 'starting':
      return 'The handoff is being made.'
    case 'waiting':
      return 'A chat is open; no agent has it yet.'
    case 'agent':
      return `The customer talks to ${agent ?? 'an agent'}.`
    case 'ended':
      return 'The handoff is over; the bot answers again.'
  }
}

function showIds({ conversationId, chatId, threadId }: SessionView): void {
  const ids = { Conversation: conversationId, Chat: chatId, Thread: threadId }
  const known = Object.entries(ids).flatMap(([name, id]) => (id === undefined ? [] : [{ name, id }]))
  showTerms(byId('ids', HTMLElement), known)
}

/** Fills a description list. */
export function showTerms(list: HTMLElement, terms: { name: string; id: string }[]): void {
  list.hidden = terms.length === 0
  list.replaceChildren(...terms.flatMap(({ name, id }) => [h('dt', {}, name), h('dd', {}, id)]))
}

function showStory(story: StoryLine[]): void {
  const scroll = byId('story-scroll', HTMLElement)
  byId('story-empty', HTMLElement).hidden = story.length > 0
  followEnd(scroll, () => {
    showList(byId('story', HTMLElement), story, {
      key: ({ id }) => id,
      render: ({ atMs, who, text }) =>
        h('li', { 'data-who': who }, h('time', {}, stopwatch(atMs)), h('span', {}, text)),
    })
  })
}

function stopwatch(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}
