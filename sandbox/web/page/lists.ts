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

/**
 * Makes the arrow keys, Home and End walk through the elements of a list that fit `selector`, of which one alone is a stop
 * of the Tab key: a long list is one stop, not hundreds. Call `rove` again after the list has changed.
 */
export function startRoving(list: HTMLElement, selector: string): void {
  list.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.matches(selector)) rove(list, selector, target)
  })
  list.addEventListener('keydown', (event) => {
    const stops = [...list.querySelectorAll<HTMLElement>(selector)]
    const at = stops.findIndex((stop) => stop === event.target)
    const to = at < 0 ? undefined : stops[nextStop(event.key, at, stops.length)]
    if (!to || to === event.target) return
    event.preventDefault()
    to.focus()
  })
}

function nextStop(key: string, at: number, count: number): number {
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }
  return Math.min(Math.max(steps[key] ?? at, 0), count - 1)
}

/** Leaves one stop of the Tab key: `current`, else the one before, else the newest. */
export function rove(list: HTMLElement, selector: string, current?: HTMLElement): void {
  const stops = [...list.querySelectorAll<HTMLElement>(selector)]
  const one = current ?? stops.find(({ tabIndex }) => tabIndex === 0) ?? stops.at(-1)
  for (const stop of stops) if (stop.tabIndex !== (stop === one ? 0 : -1)) stop.tabIndex = stop === one ? 0 : -1
}
