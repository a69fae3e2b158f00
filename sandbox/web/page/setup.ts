import type { Finding, SetupAnswer } from '../setup/report'
import type { PageView, SetupView, Situation } from '../view'
import { send } from './api'
import { byId, h, setText, showTerms } from './dom'
import { showList } from './lists'
import { onPress } from './press'

export function startSetup(): void {
  const dialog = byId('setup-dialog', HTMLDialogElement)
  byId('open-setup', HTMLButtonElement).addEventListener('click', () => {
    dialog.showModal()
    void load()
  })
  onPress(byId('setup-save', HTMLButtonElement), async () => {
    const situation = document.querySelector<HTMLInputElement>('input[name="situation"]:checked')?.value
    if (situation !== undefined && (await send({ do: 'setup', situation }))) await load()
  })
}

let chosen: string | undefined

export function showSetup({ setup }: PageView): void {
  showSituations(setup)
  const mark = byId('setup-mark', HTMLElement)
  mark.hidden = setup.chosen === 'right'
  byId('open-setup', HTMLButtonElement).setAttribute(
    'aria-label',
    mark.hidden ? 'Set-up' : 'Set-up, a mistake is saved',
  )
  const terms = setup.settings.map(({ title, value, isChanged }) => ({ name: title, id: value, marked: isChanged }))
  showTerms(byId('studio-settings', HTMLElement), terms)
  const save = byId('setup-save', HTMLButtonElement)
  setText(save, setup.isSaving ? 'Saving …' : 'Save')
  const saved = byId('studio-saved', HTMLElement)
  saved.dataset.kind = setup.saved?.ok === false ? 'bad' : 'good'
  setText(saved, savedWords(setup.saved))
}

function savedWords(saved: SetupView['saved']): string {
  if (!saved) return ''
  return saved.ok ? 'Saved. The integration is registered.' : saved.problem
}

function showSituations({ situations, chosen: now }: SetupView): void {
  const list = byId('situations', HTMLElement)
  showList(list, situations, { key: ({ id }) => id, render: situationElement })
  if (now === chosen) return
  chosen = now
  const radio = list.querySelector<HTMLInputElement>(`input[value="${now}"]`)
  if (radio) radio.checked = true
}

function situationElement({ id, label, hint }: Situation): HTMLElement {
  const names = { 'aria-labelledby': `situation-${id}`, 'aria-describedby': `situation-hint-${id}` }
  const radio = h('input', { type: 'radio', name: 'situation', value: id, ...names })
  const words = [h('b', { id: names['aria-labelledby'] }, label), h('small', { id: names['aria-describedby'] }, hint)]
  return h('label', { class: 'situation' }, radio, ...words)
}

async function load(): Promise<void> {
  const report = byId('setup-report', HTMLElement)
  report.setAttribute('aria-busy', 'true')
  if (!report.firstChild) report.replaceChildren(h('p', { class: 'quiet' }, 'Asking the integration …'))
  const answer: SetupAnswer = await fetch('/setup')
    .then((response) => response.json() as Promise<SetupAnswer>)
    .catch(() => ({ ok: false, problem: 'The sandbox does not answer.' }))
  report.replaceChildren(...reportElements(answer))
  report.removeAttribute('aria-busy')
}

function reportElements(answer: SetupAnswer): HTMLElement[] {
  if (!answer.ok) return [h('p', { class: 'summary', 'data-kind': 'bad' }, answer.problem)]
  const sections = answer.sections.flatMap(({ title, findings }) => [
    h('h4', {}, title),
    h('ul', {}, ...findings.map(findingElement)),
  ])
  return [h('p', { class: 'summary', 'data-kind': answer.works ? 'good' : 'bad' }, answer.summary), ...sections]
}

function findingElement({ title, detail, kind, word }: Finding): HTMLElement {
  return h(
    'li',
    {},
    h('span', { class: 'pill', 'data-kind': kind }, word),
    h('div', {}, h('b', {}, title), detail !== '' && h('p', { class: 'quiet' }, detail)),
  )
}
