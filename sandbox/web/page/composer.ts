import { byId } from './dom'

/** Enter sends, Shift+Enter makes a new line; the text stays when sending was refused. */
export function startComposer(ids: { form: string; text: string }, say: (text: string) => Promise<boolean>): void {
  const form = byId(ids.form, HTMLFormElement)
  const text = byId(ids.text, HTMLTextAreaElement)
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const words = text.value.trim()
    if (words === '') return
    text.value = ''
    void say(words).then((done) => {
      if (!done && text.value === '') text.value = words
    })
  })
}

/** A chosen file is sent at once; the field is emptied so that the same file can be chosen again. */
export function startFileField(id: string, take: (file: File) => void): void {
  const field = byId(id, HTMLInputElement)
  field.addEventListener('change', () => {
    const file = field.files?.[0]
    if (file) take(file)
    field.value = ''
  })
}
