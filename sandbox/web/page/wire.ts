import type { WireRow } from '../view'
import { send } from './api'
import { byId, followEnd, h, showList } from './dom'

/** More rows than a person reads; older ones leave. */
const MAX_ROWS = 400
const CALLED = { livechat: '→ LiveChat', botpress: '→ Botpress', integration: '← incoming' }

const rows = new Map<string, WireRow>()

export function startWire(): void {
  byId('wire-filter', HTMLInputElement).addEventListener('input', show)
  for (const radio of document.querySelectorAll('input[name="wire-to"]')) radio.addEventListener('change', show)
  byId('wire-clear', HTMLButtonElement).addEventListener('click', () => void send({ do: 'clearWire' }))
}

/** New rows, and rows whose answer has come. */
export function addRows(more: WireRow[]): void {
  for (const row of more) rows.set(row.id, row)
  for (const id of rows.keys()) {
    if (rows.size <= MAX_ROWS) break
    rows.delete(id)
  }
  show()
}

export function clearRows(): void {
  rows.clear()
  show()
}

function show(): void {
  const fitting = [...rows.values()].filter(fits)
  byId('wire-count', HTMLElement).textContent = rows.size === 0 ? '' : `${fitting.length} of ${rows.size}`
  byId('wire-empty', HTMLElement).hidden = rows.size > 0
  const list = byId('wire', HTMLElement)
  const change = () => showList(list, fitting, { key: ({ id }) => id, render: rowElement })
  // Whoever has a row open reads it: newer ones do not push it away.
  if (list.querySelector('details[open]')) change()
  else followEnd(byId('wire-scroll', HTMLElement), change)
}

function fits(row: WireRow): boolean {
  const to = document.querySelector<HTMLInputElement>('input[name="wire-to"]:checked')?.value ?? ''
  const words = byId('wire-filter', HTMLInputElement).value.trim().toLowerCase()
  const text = `${row.operation} ${row.path} ${row.status ?? (row.done ? 'cut' : '…')}`.toLowerCase()
  return (to === '' || row.to === to) && text.includes(words)
}

function rowElement(row: WireRow): HTMLElement {
  const details = h(
    'details',
    {},
    h(
      'summary',
      {},
      h('span', { class: 'whom', 'data-to': row.to }, CALLED[row.to]),
      h('span', { class: 'operation', title: row.operation }, row.operation),
      h('span', { class: 'status', 'data-kind': statusKind(row) }, statusWords(row)),
      h('span', { class: 'took' }, row.tookMs === undefined ? '' : `${Math.round(row.tookMs)} ms`),
    ),
  )
  // Filled when opened: most rows never are.
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(exchangeElement(row))
    if (details.open) details.scrollIntoView({ block: 'nearest' })
  })
  return h('li', {}, details)
}

function statusWords({ status, done, fault }: WireRow): string {
  const withoutStatus = done ? 'cut' : '…'
  const words = status === undefined ? withoutStatus : String(status)
  return fault === undefined ? words : `${words} ⚡`
}

function statusKind({ status, done }: WireRow): string | undefined {
  if (status === undefined) return done ? 'bad' : undefined
  if (status < 400) return 'good'
  return status < 500 ? 'warn' : 'bad'
}

function exchangeElement(row: WireRow): HTMLElement {
  const headers = Object.entries(row.requestHeaders).map(([name, value]) => `${name}: ${value}`)
  const hasBody = row.requestBody !== undefined && row.requestBody !== ''
  return h(
    'div',
    { class: 'exchange' },
    row.fault !== undefined && h('p', {}, `Fault: ${row.fault}`),
    ...part('Request', `${row.method} ${row.path}${hasBody ? `\n\n${pretty(row.requestBody)}` : ''}`),
    ...part(`Response ${statusWords(row)}`, pretty(row.responseBody)),
    ...part('Request headers', headers.join('\n')),
  )
}

function part(title: string, text: string): HTMLElement[] {
  return [h('h4', {}, title), h('pre', { tabindex: '0', role: 'region', 'aria-label': title }, text)]
}

function pretty(body: unknown): string {
  if (body === undefined) return '(nothing)'
  return typeof body === 'string' ? body : JSON.stringify(body, undefined, 2)
}
