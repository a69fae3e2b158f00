type Child = Node | string | undefined | false
type Attributes = Record<string, string | boolean | undefined | ((event: Event) => void)>

/** Makes an element. Attributes that are functions listen, `true` sets the bare attribute, `false` and absent set none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.filter((child) => child !== undefined && child !== false))
  return element
}

/** A symbol of the sprite in index.html; decoration only, so it is hidden from assistive technology. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `#icon-${name}`)
  svg.append(use)
  return svg
}

/** The element of index.html with that id; the page is broken without it, so absence throws. */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id)
  if (!(element instanceof type)) throw new Error(`index.html has no ${type.name} #${id}`)
  return element
}

const shownAs = new WeakMap<Element, string>()

/**
 * Shows one element per item, in order, and makes again only those whose item changed:
 * focus, selection and open details survive, and screen readers hear only what is new.
 */
export function showList<T>(
  parent: Element,
  items: readonly T[],
  { key, render }: { key: (item: T) => string; render: (item: T) => HTMLElement },
): void {
  const focused = parent.contains(document.activeElement) ? document.activeElement : null
  const before = new Map([...parent.children].map((child) => [child.getAttribute('data-key'), child]))
  const elements = items.map((item) => reuse(before.get(key(item)), { item, key: key(item), render }))
  const kept = new Set<Element>(elements)
  for (const child of before.values()) if (!kept.has(child)) child.remove()
  elements.forEach((element, index) => {
    const there = parent.children[index]
    if (there !== element) parent.insertBefore(element, there ?? null)
  })
  if (focused && !parent.contains(document.activeElement)) focusNear(parent, focused)
}

const CONTROLS = 'button, input, select, a, summary'

/** A button that goes away with its press leaves the focus beside it, not at the top of the page. */
function focusNear(parent: Element, gone: Element): void {
  const key = gone.closest('[data-key]')?.getAttribute('data-key')
  const heir = [...parent.children].find((child) => child.getAttribute('data-key') === key) ?? parent
  const control = heir.matches(CONTROLS) ? heir : (heir.querySelector(CONTROLS) ?? parent)
  if (control instanceof HTMLElement) control.focus({ preventScroll: true })
}

function reuse<T>(old: Element | undefined, now: { item: T; key: string; render: (item: T) => HTMLElement }): Element {
  const shown = JSON.stringify(now.item)
  if (old && shownAs.get(old) === shown) return old
  const fresh = now.render(now.item)
  fresh.setAttribute('data-key', now.key)
  shownAs.set(fresh, shown)
  return fresh
}

const readersAbove = new WeakSet<HTMLElement>()
const lastTops = new WeakMap<HTMLElement, number>()

/** Keeps the newest line in sight through changes, late pictures and resizing, unless the reader has scrolled up. */
export function followEnd(list: HTMLElement, change: () => void): void {
  const toEnd = () => {
    if (!readersAbove.has(list)) list.scrollTop = list.scrollHeight
  }
  if (!lastTops.has(list)) {
    lastTops.set(list, 0)
    list.addEventListener('scroll', () => noteReader(list), { passive: true })
    list.addEventListener('load', toEnd, { capture: true })
    new ResizeObserver(toEnd).observe(list)
  }
  change()
  toEnd()
}

/** Only a way upwards is the reader's doing: growing content moves the end away too. */
function noteReader(list: HTMLElement): void {
  const { scrollTop, scrollHeight, clientHeight } = list
  if (scrollHeight - scrollTop - clientHeight < 60) readersAbove.delete(list)
  else if (scrollTop < (lastTops.get(list) ?? 0)) readersAbove.add(list)
  lastTops.set(list, scrollTop)
}
