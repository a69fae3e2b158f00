import { h, icon } from './dom'

type MenuItem = { label: string; hint?: string; dot?: string; act: () => void }
export type MenuGroup = { title?: string; items: MenuItem[] }

/** A button that opens a menu: arrow keys walk, Escape and a press beside it close. */
export function menuButton(
  { label, icon: symbol }: { label: string; icon?: string },
  groups: MenuGroup[],
): HTMLElement {
  const menu = h('div', { class: 'menu', role: 'menu', popover: 'auto', 'aria-label': label })
  menu.append(...groups.map((group) => groupElement(group, menu)))
  const button = h(
    'button',
    {
      type: 'button',
      class: `button button-small${symbol === undefined ? '' : ' button-icon'}`,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': symbol === undefined ? undefined : label,
      title: symbol === undefined ? undefined : label,
    },
    symbol === undefined ? label : icon(symbol),
    symbol === undefined && icon('chevron'),
  )
  button.addEventListener('click', () => menu.togglePopover())
  menu.addEventListener('toggle', ({ newState }) => {
    const isOpen = newState === 'open'
    button.setAttribute('aria-expanded', String(isOpen))
    if (isOpen) place(menu, button)
  })
  menu.addEventListener('keydown', (event) => walk(event, menu, button))
  return h('span', { class: 'menu-place' }, button, menu)
}

function groupElement({ title, items }: MenuGroup, menu: HTMLElement): HTMLElement {
  return h(
    'div',
    { role: 'group', 'aria-label': title },
    title !== undefined && h('p', { class: 'menu-title', 'aria-hidden': 'true' }, title),
    ...items.map((item) => itemElement(item, menu)),
  )
}

function itemElement({ label, hint, dot, act }: MenuItem, menu: HTMLElement): HTMLElement {
  const choose = () => {
    menu.hidePopover()
    act()
  }
  return h(
    'button',
    { type: 'button', role: 'menuitem', tabindex: '-1', class: 'menu-item', onclick: choose },
    dot !== undefined && h('span', { class: 'dot', 'data-status': dot }),
    h('span', { class: 'grow' }, label),
    hint !== undefined && h('span', { class: 'quiet' }, hint),
  )
}

const GAP_PX = 4
/** What the panels keep to the edge of the window, and some of their own. */
const EDGE_PX = 20

/** Below the button, or above where there is no room; never beyond the panel at the edge of the window. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect()
  const below = at.bottom + GAP_PX
  const hasRoom = below + menu.offsetHeight < innerHeight
  menu.style.top = `${hasRoom ? below : Math.max(GAP_PX, at.top - GAP_PX - menu.offsetHeight)}px`
  menu.style.left = `${Math.max(GAP_PX, Math.min(at.left, innerWidth - menu.offsetWidth - EDGE_PX))}px`
  menu.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
}

function walk(event: KeyboardEvent, menu: HTMLElement, button: HTMLElement): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')]
  const at = items.findIndex((item) => item === document.activeElement)
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }
  const to = steps[event.key]
  if (to !== undefined) {
    event.preventDefault()
    items.at(to % items.length)?.focus()
  }
  if (event.key === 'Tab') menu.hidePopover()
  if (event.key === 'Escape') button.focus()
}
