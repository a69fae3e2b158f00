import type { PageView, Phase, SessionView } from '../view'
import { byId, h, setText } from './dom'
import { showList } from './lists'

const PHASES: { phase: Phase; label: string }[] = [
  { phase: 'bot', label: 'Bot' },
  { phase: 'starting', label: 'Handover' },
  { phase: 'waiting', label: 'Waiting' },
  { phase: 'agent', label: 'Agent' },
  { phase: 'ended', label: 'Bot again' },
]

/** Where the handoff stands, in a sentence and as steps. */
export function showSession({ session }: PageView): void {
  setText(byId('phase-words', HTMLElement), phaseWords(session))
  const now = PHASES.findIndex(({ phase }) => phase === session.phase)
  const steps = PHASES.map(({ label }, index) => ({ label, state: stateOf(index, now) }))
  showList(byId('phases', HTMLElement), steps, {
    key: ({ label }) => label,
    render: ({ label, state }) =>
      h('li', { 'data-state': state, 'aria-current': state === 'now' ? 'step' : undefined }, label),
  })
}

function stateOf(index: number, now: number): 'past' | 'now' | 'next' {
  if (index === now) return 'now'
  return index < now ? 'past' : 'next'
}

function phaseWords({ phase, agent }: SessionView): string {
  switch (phase) {
    case 'bot':
      return 'Nothing goes to LiveChat yet.'
    case 'starting':
      return 'A chat is being opened.'
    case 'waiting':
      return 'A chat is open. No agent has it yet.'
    case 'agent':
      return `The customer talks to ${agent ?? 'an agent'}.`
    case 'ended':
      return 'The handoff is over.'
  }
}
