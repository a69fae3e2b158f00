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

/** Writes a text only where it differs: a status region reads aloud whatever is written. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** `isProse`: words, which are not set as ids are. */
export type Term = { name: string; id: string; marked?: boolean; isProse?: boolean }

/** Fills a description list; without terms it is hidden. */
export function showTerms(list: HTMLElement, terms: Term[]): void {
  list.hidden = terms.length === 0
  list.replaceChildren(
    ...terms.flatMap(({ name, id, marked, isProse }) => [
      h('dt', {}, name),
      h('dd', { 'data-marked': marked, 'data-prose': isProse }, id),
    ]),
  )
}

/** Whether somebody types with a keyboard: moving the focus there opens no keyboard on the screen. */
export const hasKeyboard = () => !matchMedia('(pointer: coarse)').matches
