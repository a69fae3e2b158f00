import type { ChatLine, CustomerView, SessionView } from '../view'
import { send, upload } from './api'
import { lineElement } from './bubbles'
import { startComposer, startFileField } from './composer'
import { byId, followEnd, h, showList } from './dom'

const QUICK_WORDS = ['What are your opening hours?', 'Where is my order?', 'Talk to an agent']
const QUICK_WORDS_WITH_AGENT = ['Thank you!', '/end']

const say = (text: string) => send({ do: 'customer.says', text })

export function startCustomer(): void {
  startComposer({ form: 'customer-composer', text: 'customer-text' }, say)
  startFileField('customer-file', (file) => void upload(file, 'customer'))
  const form = byId('identity', HTMLFormElement)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('change', () => {
    const name = byId('identity-name', HTMLInputElement).value
    const email = byId('identity-email', HTMLInputElement).value
    void send({ do: 'customer.isCalled', name, email })
  })
  for (const button of byId('rating', HTMLElement).querySelectorAll('button')) {
    const score = button.dataset.score === 'good' ? 'good' : 'bad'
    button.addEventListener('click', () => {
      void send({ do: 'customer.rates', score })
      // The question goes away; whoever answered by keyboard goes on writing.
      byId('customer-text', HTMLTextAreaElement).focus()
    })
  }
}

export function showCustomer(customer: CustomerView, session: SessionView): void {
  showIdentity(customer)
  showPartner(session)
  byId('customer-empty', HTMLElement).hidden = customer.lines.length > 0
  const list = byId('customer-lines', HTMLElement)
  const lines = customer.lines.map((line, index) => ({ line, follows: sameAuthor(customer.lines[index - 1], line) }))
  followEnd(list, () => {
    showList(list, lines, {
      key: ({ line }) => line.id,
      render: ({ line, follows }) =>
        lineElement(line, { mine: line.from === 'customer', follows, press: (label) => void say(label) }),
    })
  })
  showQuickWords(quickWords(customer, session))
  byId('rating', HTMLElement).hidden = !customer.canRate
}

/** True when the name need not be said again. */
export function sameAuthor(before: ChatLine | undefined, line: ChatLine): boolean {
  return before?.from === line.from && before.author === line.author && before.note === line.note
}

function showIdentity({ name, email, started }: CustomerView): void {
  const fields = { 'identity-name': name, 'identity-email': email }
  for (const [id, value] of Object.entries(fields)) {
    const input = byId(id, HTMLInputElement)
    if (document.activeElement !== input) input.value = value
    input.readOnly = started
    input.title = started ? 'Fixed once the chat has begun; Reset starts over' : ''
  }
}

function showPartner({ phase, agent }: SessionView): void {
  const withAgent = phase === 'agent' && agent !== undefined
  const waiting = phase === 'starting' || phase === 'waiting'
  const withoutAgent = waiting ? 'Waiting for a person' : 'You talk to the bot'
  const words = withAgent ? `You talk to ${agent}` : withoutAgent
  const avatar = byId('partner-avatar', HTMLElement)
  avatar.className = `avatar ${withAgent ? 'agent' : 'bot'}`
  avatar.textContent = withAgent ? agent.charAt(0) : 'B'
  byId('partner', HTMLElement).textContent = words
}

function quickWords({ lines }: CustomerView, { phase }: SessionView): string[] {
  if (phase === 'bot' || phase === 'ended') return QUICK_WORDS
  const numbered = phase === 'agent' ? numberedChoices(lines) : []
  return [...numbered, ...QUICK_WORDS_WITH_AGENT]
}

/** An agent's buttons reach the customer as numbered lines; offering the labels saves typing. */
function numberedChoices(lines: ChatLine[]): string[] {
  const last = lines.at(-1)
  if (last?.from !== 'agent' || last.content.kind !== 'text') return []
  return [...last.content.text.matchAll(/^\s*\d+[.)] (.+)$/gm)].map(([, label]) => label ?? '')
}

function showQuickWords(words: string[]): void {
  showList(byId('quick', HTMLElement), words, {
    key: (word) => word,
    render: (word) => h('button', { class: 'chip', type: 'button', onclick: () => void say(word) }, word),
  })
}
