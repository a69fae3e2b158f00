import { byId } from './dom'

let answerWith: ((answer: string | undefined) => void) | undefined

/** A small question in a dialog of the page's own look. Without `value` it only asks for a yes. */
export function ask(title: string, field?: { label: string; value: string }): Promise<string | undefined> {
  const input = byId('ask-input', HTMLTextAreaElement)
  const label = byId('ask-label', HTMLLabelElement)
  byId('ask-title', HTMLElement).textContent = title
  label.hidden = !field
  label.querySelector('span')?.replaceChildren(field?.label ?? '')
  input.value = field?.value ?? ''
  byId('ask-dialog', HTMLDialogElement).showModal()
  if (field) input.select()
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
