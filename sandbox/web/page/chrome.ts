import type { PageView } from '../view'
import { send } from './api'
import { ask } from './ask'
import { byId, setText } from './dom'
import { followAnew } from './follow'
import { notify } from './notices'
import { onPress } from './press'

/** Theme, name of the group, and starting over. */
export function startChrome(): void {
  startTheme()
  onPress(byId('reset', HTMLButtonElement), () => askToReset())
}

function startTheme(): void {
  const button = byId('theme', HTMLButtonElement)
  const root = document.documentElement
  const show = (theme: string) => {
    root.dataset.theme = theme
    button.setAttribute('aria-pressed', String(theme === 'dark'))
  }
  show(root.dataset.theme ?? 'light')
  button.addEventListener('click', () => {
    const theme = root.dataset.theme === 'dark' ? 'light' : 'dark'
    localStorage.setItem('theme', theme)
    show(theme)
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
    if (localStorage.getItem('theme') === null) show(matches ? 'dark' : 'light')
  })
}

/** Whether this window asked for the reset that is under way. */
let isOurs = false

/** Asks, and starts over. Resolves with whether it was done. */
export async function askToReset(title = 'Start over?', ok = 'Start over'): Promise<boolean> {
  const words = 'Both chats, the story and the wire are emptied, in every window that shows this sandbox.'
  if ((await ask({ title, words, ok })) === undefined) return false
  isOurs = true
  return send({ do: 'reset' })
}

const GROUP_WORDS = { online: 'online', offline: 'nobody there', online_for_queue: 'queueing' }

let round: number | undefined

export function showChrome({ session: { group }, round: now, isResetting }: PageView): void {
  const pill = byId('group', HTMLElement)
  pill.hidden = !group
  if (group) {
    pill.dataset.status = group.status
    setText(pill, `${group.name}: ${GROUP_WORDS[group.status]}`)
  }
  document.body.toggleAttribute('data-resetting', isResetting)
  byId('reset', HTMLButtonElement).disabled = isResetting
  if (round !== undefined && now !== round && !isOurs) notify('Another window has started over.')
  if (isOurs && now !== round) requestAnimationFrame(() => byId('welcome-play', HTMLButtonElement).focus())
  if (now !== round) isOurs = false
  if (now !== round) followAnew()
  round = now
}
