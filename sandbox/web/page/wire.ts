import type { WireRow } from '../view'
import { send } from './api'
import { byId, h, icon, setText } from './dom'
import { followEnd, jumpToEnd, jumpToStart } from './follow'
import { chooseLine, chosenLine, lineOfCall, onChoice } from './links'
import { rove, showList, startRoving } from './lists'
import { onPress } from './press'
import { goToLine } from './story'

/** More rows than a person reads; older ones leave. */
const MAX_ROWS = 400
const CALLED = { livechat: '→ LiveChat', botpress: '→ Botpress', integration: '← Incoming' }
const STOPS = '.wire-row'

const rows = new Map<string, WireRow>()
let left = 0

export function startWire(): void {
  const filter = byId('wire-filter', HTMLInputElement)
  filter.addEventListener('input', refilter)
  for (const radio of document.querySelectorAll('input[name="wire-to"]')) radio.addEventListener('change', refilter)
  onPress(byId('wire-clear', HTMLButtonElement), () => send({ do: 'clearWire' }))
  byId('wire-link-all', HTMLButtonElement).addEventListener('click', () => {
    chooseLine(undefined)
    byId('wire-scroll', HTMLElement).focus()
  })
  byId('wire-unfilter', HTMLButtonElement).addEventListener('click', () => {
    clearFilter()
    filter.focus()
  })
  startRoving(byId('wire', HTMLElement), STOPS)
  onChoice(() => {
    if (chosenLine()) clearFilter()
    refilter()
  })
  show()
}

/** New rows, and rows whose answer has come. */
export function addRows(more: WireRow[]): void {
  for (const row of more) rows.set(row.id, row)
  for (const id of rows.keys()) {
    if (rows.size <= MAX_ROWS) break
    rows.delete(id)
    left += 1
  }
  show()
}

export function clearRows(): void {
  rows.clear()
  left = 0
  show()
}

function clearFilter(): void {
  byId('wire-filter', HTMLInputElement).value = ''
  const all = document.querySelector<HTMLInputElement>('input[name="wire-to"][value=""]')
  if (all) all.checked = true
  refilter()
}

/** Other rows than before: those of a line are read from the first one on, the others are the newest. */
function refilter(): void {
  show()
  if (chosenLine()) jumpToStart('wire')
  else jumpToEnd('wire')
}

function show(): void {
  const fitting = [...rows.values()].filter(fits)
  setText(byId('wire-count', HTMLElement), countWords(fitting.length))
  showLink()
  showEmpty(fitting.length)
  const list = byId('wire', HTMLElement)
  const change = () => showList(list, fitting, { key: ({ id }) => id, render: rowElement })
  const stays = list.querySelector('[aria-expanded="true"]') !== null // somebody reads the row that is open
  const count = fitting.length < rows.size ? fitting.length : left + fitting.length // those that have left were new once
  followEnd('wire', byId('wire-scroll', HTMLElement), { count, change, stays })
  rove(list, STOPS)
}

function countWords(fitting: number): string {
  if (rows.size === 0) return ''
  const all = left === 0 ? `${rows.size} calls` : `last ${rows.size} of ${rows.size + left} calls`
  return fitting === rows.size ? all : `${fitting} of ${all}`
}

function showLink(): void {
  const line = chosenLine()
  byId('wire-link', HTMLElement).hidden = !line
  if (line) setText(byId('wire-link-text', HTMLElement), `Behind: ${line.text} ${line.quote ? `“${line.quote}”` : ''}`)
}

function showEmpty(fitting: number): void {
  byId('wire-empty', HTMLElement).hidden = fitting > 0
  byId('wire-unfilter', HTMLElement).hidden = rows.size === 0 || chosenLine() !== undefined
  const nothing = chosenLine() ? 'The calls of this line are no longer on the wire.' : 'No call fits the filter.'
  const start = 'Each call and each webhook appears here, with its answer and its time.'
  setText(byId('wire-empty-text', HTMLElement), rows.size === 0 ? start : nothing)
}

function fits(row: WireRow): boolean {
  const line = chosenLine()
  if (line && !line.calls.includes(row.id)) return false
  const to = document.querySelector<HTMLInputElement>('input[name="wire-to"]:checked')?.value ?? ''
  const words = byId('wire-filter', HTMLInputElement).value.trim().toLowerCase()
  const text = `${row.operation} ${row.path} ${row.status ?? (row.done ? 'cut' : '…')}`.toLowerCase()
  return (to === '' || row.to === to) && text.includes(words)
}

function rowElement(row: WireRow): HTMLElement {
  const item = h('li', {})
  const button = h(
    'button',
    { type: 'button', class: 'wire-row', 'aria-expanded': 'false', tabindex: '-1' },
    h('span', { class: 'whom', 'data-to': row.to }, CALLED[row.to]),
    h('span', { class: 'operation', title: row.operation }, row.operation),
    row.process === undefined
      ? h('span', {})
      : h('span', { class: 'process', title: `Process ${row.process}` }, `P${row.process}`),
    h('span', { class: 'status', 'data-kind': statusKind(row) }, statusWords(row)),
    h('span', { class: 'took' }, row.tookMs === undefined ? '' : `${Math.round(row.tookMs)} ms`),
  )
  // Filled when opened: most rows never are.
  button.addEventListener('click', () => {
    const open = button.getAttribute('aria-expanded') !== 'true'
    button.setAttribute('aria-expanded', String(open))
    item.querySelector('.exchange')?.remove()
    if (open) item.append(exchangeElement(row))
    if (open) item.scrollIntoView({ block: 'nearest' })
  })
  item.append(button)
  return item
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
    storyLink(row),
    row.fault !== undefined && h('p', {}, `Fault: ${row.fault}`),
    ...part('Request', `${row.method} ${row.path}${hasBody ? `\n\n${pretty(row.requestBody)}` : ''}`),
    ...part(`Response ${statusWords(row)}`, pretty(row.responseBody)),
    ...part('Request headers', headers.join('\n')),
  )
}

/** Leads from a call back to the line of the story that it belongs to. */
function storyLink({ id }: WireRow): HTMLElement | false {
  const line = lineOfCall(id)
  if (!line) return false
  const go = () => {
    chooseLine(line.id)
    goToLine(line.id)
  }
  const words = `${line.text} ${line.quote ? `“${line.quote}”` : ''}`
  return h(
    'button',
    { type: 'button', class: 'to-story', onclick: go },
    icon('link'),
    h('span', { class: 'clip' }, words),
  )
}

function part(title: string, text: string): HTMLElement[] {
  return [h('h3', {}, title), h('pre', { tabindex: '0', role: 'region', 'aria-label': title }, text)]
}

function pretty(body: unknown): string {
  if (body === undefined) return '(nothing)'
  return typeof body === 'string' ? body : JSON.stringify(body, undefined, 2)
}
