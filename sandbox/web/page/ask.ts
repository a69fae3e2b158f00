import { byId } from './dom'

let answerWith: ((answer: string | undefined) => void) | undefined

type Question = {
  title: string
  words?: string
  /** What the button says that does it. */
  ok?: string
  /** Without a field it only asks for a yes. */
  field?: { label: string; value: string }
}

/** A small question in a dialog of the page's own look. Resolves with the words, or with `undefined` when it is cancelled. */
export function ask({ title, words = '', ok = 'OK', field }: Question): Promise<string | undefined> {
  const input = byId('ask-input', HTMLTextAreaElement)
  const label = byId('ask-label', HTMLLabelElement)
  byId('ask-title', HTMLElement).textContent = title
  byId('ask-words', HTMLElement).textContent = words
  byId('ask-words', HTMLElement).hidden = words === ''
  byId('ask-ok', HTMLButtonElement).textContent = ok
  label.hidden = !field
  label.querySelector('span')?.replaceChildren(field?.label ?? '')
  input.value = field?.value ?? ''
  byId('ask-dialog', HTMLDialogElement).showModal()
  if (field) input.select()
  else byId('ask-ok', HTMLButtonElement).focus()
  return new Promise((resolve) => {
    answerWith = resolve
  })
}

export function startAsking(): void {
  const dialog = byId('ask-dialog', HTMLDialogElement)
  const form = byId('ask-form', HTMLFormElement)
  // As in the composers: Enter is done, Shift+Enter makes a new line, which a text that is edited may have.
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    if (!(event.target instanceof HTMLTextAreaElement)) return
    event.preventDefault()
    dialog.close('ok')
  })
  dialog.addEventListener('close', () => {
    answerWith?.(dialog.returnValue === 'ok' ? byId('ask-input', HTMLTextAreaElement).value : undefined)
    answerWith = undefined
    dialog.returnValue = ''
  })
}
