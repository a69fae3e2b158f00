import { byId, h, icon } from './dom'

type Followed = {
  list: HTMLElement
  marker: HTMLButtonElement
  /** The reader has scrolled up, and is not to be moved. */
  isAbove: boolean
  lastTop: number
  /** Lines that came while the reader was above. */
  news: number
  lines: number
}

const followed = new Map<string, Followed>()

/**
 * Keeps the newest line of `#<name>-…` in sight through changes, late pictures and resizing, unless the reader has scrolled
 * up: then a button says how many lines are new, and leads to them. `list` scrolls, its button is `#<name>-new`, and `count`
 * tells how many lines there are.
 */
export function followEnd(name: string, list: HTMLElement, { count, change, stays = false }: Change): void {
  const state = followed.get(name) ?? begin(name, list)
  if (stays) state.isAbove = true
  change()
  const added = Math.max(0, count - state.lines)
  state.lines = count
  if (state.isAbove) state.news += added
  else toEnd(state)
  showMarker(state)
}

type Change = {
  count: number
  change: () => void
  /** The reader is not to be moved, wherever the list stands. */
  stays?: boolean
}

/** To the newest line, wherever the reader was. */
export function jumpToEnd(name: string): void {
  const state = followed.get(name)
  if (!state) return
  Object.assign(state, { isAbove: false, news: 0 })
  toEnd(state)
  showMarker(state)
}

/** Everything was started over: each list is empty, and its reader at the end. A list out of sight gets no event of scrolling. */
export function followAnew(): void {
  for (const state of followed.values()) {
    Object.assign(state, { isAbove: false, lastTop: 0, news: 0, lines: 0 })
    showMarker(state)
  }
}

/** To the first line, as for a list that has been filled anew. */
export function jumpToStart(name: string): void {
  const state = followed.get(name)
  if (!state) return
  Object.assign(state, { isAbove: true, news: 0 })
  state.list.scrollTop = 0
  showMarker(state)
}

function begin(name: string, list: HTMLElement): Followed {
  const marker = byId(`${name}-new`, HTMLButtonElement)
  const state: Followed = { list, marker, isAbove: false, lastTop: 0, news: 0, lines: 0 }
  followed.set(name, state)
  const stay = () => {
    if (!state.isAbove) toEnd(state)
  }
  list.addEventListener('scroll', () => noteReader(state), { passive: true })
  list.addEventListener('load', stay, { capture: true })
  new ResizeObserver(stay).observe(list)
  marker.addEventListener('click', () => {
    jumpToEnd(name)
    list.focus({ preventScroll: true })
  })
  return state
}

function toEnd({ list }: Followed): void {
  list.scrollTop = list.scrollHeight
}

const NEAR_END_PX = 60

/** Only a way upwards is the reader's doing: growing content moves the end away too. */
function noteReader(state: Followed): void {
  const { scrollTop, scrollHeight, clientHeight } = state.list
  if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) Object.assign(state, { isAbove: false, news: 0 })
  else if (scrollTop < state.lastTop) state.isAbove = true
  state.lastTop = scrollTop
  showMarker(state)
}

function showMarker({ marker, isAbove, news }: Followed): void {
  marker.hidden = !isAbove || news === 0
  if (marker.hidden || marker.dataset.news === String(news)) return
  marker.dataset.news = String(news)
  marker.replaceChildren(icon('arrow-down'), h('span', {}, `${news} new`))
}
