import type { ChatLine, CustomerView, PageView, SessionView } from '../view'
import { send, upload } from './api'
import { lineElement } from './bubbles'
import { startComposer, startFileField } from './composer'
import { byId, h, hasKeyboard, setText } from './dom'
import { followEnd, jumpToEnd } from './follow'
import { showIdentity, startIdentity } from './identity'
import { showList } from './lists'
import { onPress } from './press'
import { countLines } from './tabs'

const SUGGESTIONS = ['What are your opening hours?', 'Where is my order?', 'Talk to an agent']
const SUGGESTIONS_AFTER = [...SUGGESTIONS, 'Send me the transcript']
const SUGGESTIONS_WITH_AGENT = ['Thank you!', '/end']

function say(text: string): Promise<boolean> {
  jumpToEnd('customer')
  return send({ do: 'customer.says', text })
}

export function startCustomer(): void {
  startComposer({ form: 'customer-composer', text: 'customer-text' }, say)
  startFileField('customer-file', (file) => void upload(file, 'customer'))
  startIdentity()
  for (const button of byId('rating', HTMLElement).querySelectorAll('button')) {
    const score = button.dataset.score === 'good' ? 'good' : 'bad'
    onPress(button, (event) => {
      focusText(event) // the question goes away
      return send({ do: 'customer.rates', score })
    })
  }
}

/** Whoever pressed a suggestion by keyboard goes on writing: what comes in its place is not to be pressed by accident. */
function focusText({ isTrusted }: Event): void {
  if (isTrusted && hasKeyboard()) byId('customer-text', HTMLTextAreaElement).focus()
}

export function showCustomer({ customer, session }: PageView): void {
  showIdentity(customer)
  showPartner(customer.name, session)
  byId('customer-empty', HTMLElement).hidden = customer.lines.length > 0
  const list = byId('customer-lines', HTMLElement)
  const lines = customer.lines.map((line, index) => ({ line, follows: sameAuthor(customer.lines[index - 1], line) }))
  const change = () =>
    showList(list, lines, {
      key: ({ line }) => line.id,
      render: ({ line, follows }) =>
        lineElement(line, { mine: line.from === 'customer', follows, press: (label) => void say(label) }),
    })
  followEnd('customer', list, { count: lines.length, change })
  countLines('customer', lines.length)
  showSuggestions(suggestions(customer, session))
  byId('rating', HTMLElement).hidden = !customer.canRate
}

/** True when the name need not be said again. */
export function sameAuthor(before: ChatLine | undefined, line: ChatLine): boolean {
  return before?.from === line.from && before.author === line.author && before.note === line.note
}

function showPartner(name: string, { phase, agent }: SessionView): void {
  const withAgent = phase === 'agent' && agent !== undefined
  const waiting = phase === 'starting' || phase === 'waiting'
  const withoutAgent = waiting ? 'Waits for a person' : 'Talks to the bot'
  const avatar = byId('partner-avatar', HTMLElement)
  avatar.className = `avatar ${withAgent ? 'agent' : 'bot'}`
  setText(avatar, withAgent ? agent.charAt(0) : 'B')
  const words = [withAgent ? `Talks to ${agent}` : withoutAgent, name].filter(Boolean).join(' · ')
  const partner = byId('partner', HTMLElement)
  setText(partner, words)
  partner.title = words
}

/** The choice that is open comes first; its labels are those that the integration keeps. */
function suggestions({ choices }: CustomerView, { phase }: SessionView): string[] {
  return [...new Set([...choices, ...usualSuggestions(phase)])]
}

function usualSuggestions(phase: SessionView['phase']): string[] {
  if (phase === 'bot') return SUGGESTIONS
  return phase === 'ended' ? SUGGESTIONS_AFTER : SUGGESTIONS_WITH_AGENT
}

function showSuggestions(words: string[]): void {
  const press = (word: string, event: Event) => {
    focusText(event)
    return say(word)
  }
  showList(byId('quick', HTMLElement), words, {
    key: (word) => word,
    render: (word) => onPress(h('button', { class: 'chip', type: 'button' }, word), (event) => press(word, event)),
  })
}
