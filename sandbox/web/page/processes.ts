import type { HostView, PageView, ProcessEvent } from '../view'
import { send } from './api'
import { byId, h, setText } from './dom'
import { showList } from './lists'
import { onPress } from './press'

export function startProcesses(): void {
  const dialog = byId('processes-dialog', HTMLDialogElement)
  byId('open-processes', HTMLButtonElement).addEventListener('click', () => dialog.showModal())
  byId('process-count', HTMLElement).addEventListener('change', () => {
    const count = document.querySelector<HTMLInputElement>('input[name="process-count"]:checked')?.value === '1' ? 1 : 3
    void send({ do: 'processes', count })
  })
}

export function showProcesses({ host }: PageView): void {
  showButton(host)
  byId('processes-words', HTMLElement).textContent = WORDS[host.kind]
  byId('process-count', HTMLElement).hidden = host.kind === 'always'
  const size = document.querySelector<HTMLInputElement>(`input[name="process-count"][value="${host.size}"]`)
  if (size) size.checked = true
  showAll(host)
  byId('process-events-title', HTMLElement).hidden = host.events.length === 0
  const events = byId('process-events', HTMLElement)
  events.hidden = host.events.length === 0
  showList(events, host.events.toReversed(), { key: ({ id }) => id, render: eventElement })
}

const WORDS = {
  pool: 'Botpress runs an integration in several processes. Each serves one request at a time, has a memory of its own, and is frozen between two requests.',
  always: 'One process serves all requests and always runs.',
}

/** One light for each process, in the head of the wire. */
function showButton({ processes }: HostView): void {
  const button = byId('open-processes', HTMLButtonElement)
  button.title = `Processes of the integration: ${processes.map(({ number, state }) => `${number} ${state}`).join(', ')}`
  showList(byId('lights', HTMLElement), processes, {
    key: ({ number }) => String(number),
    render: ({ number, state }) => h('span', { class: 'light', 'data-state': state }, String(number)),
  })
}

/** A row stays as long as its process; only its words change, so that a press is not lost. */
function showAll({ kind, processes }: HostView): void {
  const list = byId('processes', HTMLElement)
  const rows = processes.map(({ number }) => ({ number, canDie: kind === 'pool' }))
  showList(list, rows, { key: ({ number }) => String(number), render: rowElement })
  for (const { number, pid, state, served, now } of processes) {
    const row = list.querySelector<HTMLElement>(`[data-key="${number}"]`)
    row?.querySelector('.light')?.setAttribute('data-state', state)
    const words = row?.querySelector<HTMLElement>('.quiet')
    if (words) setText(words, facts(pid, state, served, now))
  }
}

function rowElement({ number, canDie }: { number: number; canDie: boolean }): HTMLElement {
  const look = { class: 'button button-small button-bad', 'aria-label': `Kill process ${number}` }
  const kill = canDie && onPress(h('button', look, 'Kill'), () => send({ do: 'process.dies', number }))
  const words = h('div', { class: 'grow' }, h('b', {}, `Process ${number}`), h('p', { class: 'quiet' }))
  return h('li', {}, h('span', { class: 'light' }, String(number)), words, kill)
}

function facts(pid: number, state: string, served: number, now: string | undefined): string {
  const does = now === undefined ? state : `${state}: ${now}`
  return `${does} · pid ${pid}${served > 0 ? ` · ${served} served` : ''}`
}

function eventElement({ process, kind, operation, atMs }: ProcessEvent): HTMLElement {
  const joint = kind === 'killed' ? 'in the middle of' : 'for'
  const words = `Process ${process} ${kind}${operation === undefined ? '' : ` ${joint} ${operation}`}`
  return h('li', { 'data-kind': kind }, h('time', {}, `${(atMs / 1000).toFixed(1)} s`), words)
}
