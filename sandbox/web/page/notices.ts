import { byId, h } from './dom'

const SHOWN_MS = 6_000

/** Shows a sentence on top of the page for a while; it is a status region, so it is read aloud too. */
export function notify(text: string): void {
  const notice = h('p', { class: 'notice' }, text)
  byId('notices', HTMLElement).append(notice)
  setTimeout(() => notice.remove(), SHOWN_MS)
}
