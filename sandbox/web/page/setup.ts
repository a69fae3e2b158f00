import type { Finding, SetupAnswer } from '../setup-report'
import { byId, h } from './dom'

export function startSetup(): void {
  const dialog = byId('setup-dialog', HTMLDialogElement)
  byId('open-setup', HTMLButtonElement).addEventListener('click', () => {
    dialog.showModal()
    void load()
  })
}

async function load(): Promise<void> {
  const report = byId('setup-report', HTMLElement)
  report.replaceChildren(h('p', { class: 'quiet' }, 'Asking the integration …'))
  const answer: SetupAnswer = await fetch('/setup')
    .then((response) => response.json() as Promise<SetupAnswer>)
    .catch(() => ({ ok: false, problem: 'The sandbox does not answer.' }))
  report.replaceChildren(...reportElements(answer))
}

function reportElements(answer: SetupAnswer): HTMLElement[] {
  if (!answer.ok) return [h('p', {}, answer.problem)]
  const sections = answer.sections.flatMap(({ title, findings }) => [
    h('h3', {}, title),
    h('ul', {}, ...findings.map(findingElement)),
  ])
  return [h('p', {}, answer.summary), ...sections]
}

function findingElement({ title, detail, kind, word }: Finding): HTMLElement {
  return h(
    'li',
    {},
    h('span', { class: 'pill', 'data-kind': kind }, word),
    h('div', {}, h('b', {}, title), detail !== '' && h('p', { class: 'quiet' }, detail)),
  )
}
