import type { FaultSwitch, PageView } from '../view'
import { send } from './api'
import { byId, h, icon } from './dom'
import { showList } from './lists'

export function startFaults(): void {
  const dialog = byId('faults-dialog', HTMLDialogElement)
  byId('open-faults', HTMLButtonElement).addEventListener('click', () => dialog.showModal())
}

const LISTS = { fault: 'faults', open: 'open-answers' }

export function showFaults({ faults }: PageView): void {
  const on = faults.filter((fault) => fault.on).length
  const count = byId('fault-count', HTMLElement)
  count.hidden = on === 0
  // Part of the button's name: a label of its own would not hold what is written on it.
  if (count.dataset.on !== String(on)) count.replaceChildren(` ${on}`, h('span', { class: 'sr' }, ' on'))
  count.dataset.on = String(on)
  // The switches stay and only their state changes, so that the focus stays too.
  for (const kind of ['fault', 'open'] as const) {
    const switches = faults.filter((each) => each.kind === kind)
    const shown = switches.map(({ id, label, hint, sees }) => ({ id, label, hint, sees }))
    showList(byId(LISTS[kind], HTMLElement), shown, { key: ({ id }) => id, render: switchElement })
  }
  for (const { id, on: isOn } of faults) {
    const field = byId('faults-dialog', HTMLElement).querySelector<HTMLInputElement>(`[data-key="${id}"] input`)
    if (field) field.checked = isOn
  }
}

function switchElement({ id, label, hint, sees }: Omit<FaultSwitch, 'on' | 'kind'>): HTMLElement {
  // The hint stands in the label too, so that a press on it counts; it is no part of the name.
  const names = { 'aria-labelledby': `fault-${id}`, 'aria-describedby': `hint-${id}` }
  const field = h('input', { type: 'checkbox', role: 'switch', class: 'switch', ...names })
  field.addEventListener('change', () => void send({ do: 'fault', id, on: field.checked }))
  const words = h(
    'small',
    { id: `hint-${id}` },
    hint,
    h('span', { class: 'sees' }, icon('eye'), h('span', { class: 'sr' }, 'What a person sees:'), sees),
  )
  return h('li', {}, h('label', {}, field, h('b', { id: `fault-${id}` }, label), words))
}
