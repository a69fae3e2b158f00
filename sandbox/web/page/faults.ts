import type { FaultSwitch } from '../view'
import { send } from './api'
import { byId, h, showList } from './dom'

export function startFaults(): void {
  const dialog = byId('faults-dialog', HTMLDialogElement)
  byId('open-faults', HTMLButtonElement).addEventListener('click', () => dialog.showModal())
}

export function showFaults(faults: FaultSwitch[]): void {
  const on = faults.filter((fault) => fault.on).length
  const count = byId('fault-count', HTMLElement)
  count.hidden = on === 0
  count.textContent = String(on)
  byId('open-faults', HTMLButtonElement).setAttribute('aria-label', on === 0 ? 'Faults' : `Faults, ${on} on`)
  // The switches stay and only their state changes, so that the focus stays too.
  const list = byId('faults', HTMLElement)
  showList(
    list,
    faults.map(({ id, label, hint }) => ({ id, label, hint })),
    { key: ({ id }) => id, render: switchElement },
  )
  for (const { id, on } of faults) {
    const field = list.querySelector<HTMLInputElement>(`[data-key="${id}"] input`)
    if (field) field.checked = on
  }
}

function switchElement({ id, label, hint }: { id: string; label: string; hint: string }): HTMLElement {
  const field = h('input', { type: 'checkbox', role: 'switch', class: 'switch', 'aria-describedby': `hint-${id}` })
  field.addEventListener('change', () => void send({ do: 'fault', id, on: field.checked }))
  return h('li', {}, h('label', {}, field, h('span', {}, label), h('small', { id: `hint-${id}` }, hint)))
}
