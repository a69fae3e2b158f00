import type { CustomerView } from '../view'
import { send } from './api'
import { byId, setText } from './dom'

const name = () => byId('identity-name', HTMLInputElement)
const email = () => byId('identity-email', HTMLInputElement)

let isFixed = false

/** Who the customer is: a form behind a button, which can be changed until the customer has spoken. */
export function startIdentity(): void {
  const form = byId('identity', HTMLFormElement)
  const button = byId('identity-open', HTMLButtonElement)
  button.addEventListener('click', () => {
    form.hidden = !form.hidden
    button.setAttribute('aria-expanded', String(!form.hidden))
    if (!form.hidden) name().focus()
  })
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('change', () => void save())
  form.addEventListener('input', () => {
    if (email().validity.valid) showNote()
  })
}

async function save(): Promise<void> {
  showNote()
  if (email().validity.valid) await send({ do: 'customer.isCalled', name: name().value, email: email().value.trim() })
}

function showNote(): void {
  const { valid } = email().validity
  email().setAttribute('aria-invalid', String(!valid))
  const note = byId('identity-note', HTMLElement)
  note.toggleAttribute('data-bad', !valid)
  const fixed = isFixed ? 'Fixed since the first message. Start over to change it.' : 'As the bot knows the customer.'
  setText(note, valid ? fixed : `“${email().value}” is not an e-mail address. It is not saved.`)
}

export function showIdentity({ name: called, email: address, started }: CustomerView): void {
  isFixed = started
  for (const [input, value] of [
    [name(), called],
    [email(), address],
  ] as const) {
    // What somebody is typing stays, and so does what is wrong and waits to be corrected.
    if (document.activeElement !== input && input.validity.valid) input.value = value
    input.readOnly = started
  }
  showNote()
}
