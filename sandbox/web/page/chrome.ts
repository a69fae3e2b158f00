import { send } from './api'
import { byId } from './dom'

/** Theme, tabs of narrow windows, and the reset. */
export function startChrome(): void {
  startTheme()
  startTabs()
  byId('reset', HTMLButtonElement).addEventListener('click', () => void send({ do: 'reset' }))
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

const TABS = ['customer', 'desk', 'wire']

function startTabs(): void {
  for (const name of TABS) {
    const tab = byId(`tab-${name}`, HTMLButtonElement)
    tab.addEventListener('click', () => showTab(name))
    tab.addEventListener('keydown', ({ key }) => {
      const step = Number(key === 'ArrowRight') - Number(key === 'ArrowLeft')
      const next = TABS[(TABS.indexOf(name) + step + TABS.length) % TABS.length]
      if (step === 0 || next === undefined) return
      showTab(next)
      byId(`tab-${next}`, HTMLButtonElement).focus()
    })
  }
}

function showTab(shown: string): void {
  document.body.dataset.tab = shown
  for (const name of TABS) {
    const tab = byId(`tab-${name}`, HTMLButtonElement)
    tab.setAttribute('aria-selected', String(name === shown))
    tab.tabIndex = name === shown ? 0 : -1
  }
}
