import { byId, setText } from './dom'

/** The sides of the page; where the window is too narrow for all of them, one is shown at a time. */
type Side = 'customer' | 'between' | 'desk'

const SIDES: readonly Side[] = ['customer', 'between', 'desk']
/** A panel of each side: hidden where another side is shown. */
const PANELS: Record<Side, string> = { customer: 'customer', between: 'story-panel', desk: 'desk' }

const tabOf = (side: Side) => byId(`tab-${side}`, HTMLButtonElement)

export function startTabs(): void {
  markTabs()
  for (const side of SIDES) {
    const tab = tabOf(side)
    tab.addEventListener('click', () => showSide(side))
    tab.addEventListener('keydown', ({ key }) => walk(side, key))
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.skips a')) {
    link.addEventListener('click', (event) => {
      event.preventDefault()
      goTo(link.hash.slice(1))
    })
  }
}

function walk(side: Side, key: string): void {
  const step = Number(key === 'ArrowRight') - Number(key === 'ArrowLeft')
  const shown = SIDES.filter((each) => tabOf(each).offsetParent !== null)
  const next = shown[(shown.indexOf(side) + step + shown.length) % shown.length]
  if (step === 0 || next === undefined) return
  showSide(next)
  tabOf(next).focus()
}

export function showSide(side: Side): void {
  document.body.dataset.tab = side
  markTabs()
  dispatchEvent(new Event('sideshown'))
}

/** Where the customer is always in sight, the tabs are those of the other sides, and the desk is the first of them. */
function markTabs(): void {
  const chosen = document.body.dataset.tab
  const isCustomerBeside = tabOf('customer').offsetParent === null
  const marked = chosen === 'customer' && isCustomerBeside ? 'desk' : chosen
  for (const side of SIDES) {
    tabOf(side).setAttribute('aria-selected', String(side === marked))
    tabOf(side).tabIndex = side === marked ? 0 : -1
  }
}

/** Moves the focus to a panel, and shows its side first. Before the first words the guide stands where the story will be. */
function goTo(panelId: string): void {
  const side = SIDES.find((each) => each === panelId) ?? 'between'
  if (panelId !== 'guide') showSide(side)
  const panel = byId(panelId, HTMLElement)
  const target = panel.offsetParent === null ? byId('guide', HTMLElement) : panel
  target.focus()
}

const counts = new Map<Side, { seen: number; all: number }>()

/** Says how many lines a side has that a person may read; those that came while it was hidden are counted on its tab. */
export function countLines(side: Side, all: number): void {
  const count = counts.get(side) ?? { seen: 0, all: 0 }
  counts.set(side, { ...count, all })
  showBadge(side)
}

function showBadge(side: Side): void {
  const count = counts.get(side)
  const badge = tabOf(side).querySelector<HTMLElement>('.badge')
  if (!count || !badge) return
  const isShown = byId(PANELS[side], HTMLElement).offsetParent !== null
  if (isShown || count.seen > count.all) count.seen = count.all
  const unread = count.all - count.seen
  badge.hidden = unread === 0
  setText(badge, unread === 0 ? '' : String(unread))
  if (unread === 0) tabOf(side).removeAttribute('aria-description')
  else tabOf(side).setAttribute('aria-description', `${unread} unread`)
}

addEventListener('sideshown', () => SIDES.forEach(showBadge))
addEventListener('resize', () => {
  markTabs()
  SIDES.forEach(showBadge)
})
