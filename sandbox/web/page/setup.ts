import { byId, h } from './dom'

/** What `GET /setup` answers: the output of the action `checkSetup`, or why there is none. */
export type SetupAnswer =
  | { ok: true; report?: string; findings: { title: string; detail: string; kind: 'good' | 'warn' | 'bad' }[] }
  | { ok: false; problem: string }

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
  const words = { good: 'fine', warn: 'look at it', bad: 'wrong' }
  const findings = answer.findings.map(({ title, detail, kind }) =>
    h(
      'li',
      {},
      h('span', { class: 'pill', 'data-kind': kind }, words[kind]),
      h('div', {}, h('b', {}, title), h('p', {}, detail)),
    ),
  )
  const list = findings.length > 0 && h('ul', {}, ...findings)
  const text = answer.report !== undefined && h('pre', { tabindex: '0' }, answer.report)
  return [list, text].filter((part) => part !== false)
}
