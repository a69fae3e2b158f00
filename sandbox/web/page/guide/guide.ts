import type { PageView } from '../../view'
import { askToReset } from '../chrome'
import { byId, h, setText } from '../dom'
import { showList } from '../lists'
import { onPress } from '../press'
import { showSide } from '../tabs'
import { Hands } from './hands'
import { hintFor, HINTS, type Hint } from './hints'
import { Player, type PlayerState } from './player'
import { STORY } from './script'

let view: PageView | undefined
let isResetByUs = false
const hands = new Hands(() => view?.desk.agents ?? [])
const player = new Player(STORY, showPlayer)

/** The guide: what a person sees first, the story that plays itself, and hints for who plays alone. */
export function startGuide(): void {
  for (const id of ['play', 'welcome-play']) onPress(byId(id, HTMLButtonElement), playStory)
  byId('welcome-hints', HTMLElement).append(...HINTS.map((hint) => h('li', {}, hint)))
  byId('player-toggle', HTMLButtonElement).addEventListener('click', toggle)
  byId('player-next', HTMLButtonElement).addEventListener('click', () => {
    hands.hurry()
    player.next()
  })
  byId('player-stop', HTMLButtonElement).addEventListener('click', () => {
    player.end()
    byId('play', HTMLButtonElement).focus()
  })
  byId('hint-close', HTMLButtonElement).addEventListener('click', () => {
    localStorage.setItem('hints', 'off')
    show()
    byId('play', HTMLButtonElement).focus()
  })
  for (const type of ['pointerdown', 'keydown'] as const) addEventListener(type, takeOver, { capture: true })
}

export function showGuide(now: PageView): void {
  const isOver = view !== undefined && view.round !== now.round && !isResetByUs
  if (isOver && player.isOn) player.end()
  view = now
  player.watch(now)
  show()
}

/** The story begins on an empty stage: what was played before is only thrown away when the person agrees. */
async function playStory(): Promise<void> {
  if (player.isOn) player.end()
  if (view?.story.length !== 0 && !(await startOver())) return
  byId('player', HTMLElement).hidden = false
  void player.start(hands)
  byId('player-toggle', HTMLButtonElement).focus()
}

/** Resolves with whether the stage is empty, and known to be empty in this window. */
async function startOver(): Promise<boolean> {
  const round = view?.round
  isResetByUs = true
  const isReset = await askToReset('Play the story?', 'Start over and play')
  if (isReset) await new Promise<void>((resolve) => whenRound((now) => now !== round, resolve))
  isResetByUs = false
  return isReset
}

function whenRound(fits: (round: number | undefined) => boolean, act: () => void): void {
  if (fits(view?.round)) act()
  else requestAnimationFrame(() => whenRound(fits, act))
}

function toggle(): void {
  if (player.status === 'playing') player.pause()
  else if (player.isOn) player.resume()
  else void playStory()
}

/** Whoever presses or types in a chat has taken over; the story's own presses are not trusted events. */
function takeOver({ isTrusted, target }: Event): void {
  const inChat = target instanceof Element && target.closest('#customer, #desk') !== null
  if (isTrusted && inChat) player.pause('taken-over')
}

function show(): void {
  if (!view) return
  const isFresh = view.story.length === 0
  const isPlaying = player.isOn || player.status === 'done'
  byId('player', HTMLElement).hidden = !isPlaying
  byId('welcome', HTMLElement).hidden = isPlaying || !isFresh
  const hidesHints = localStorage.getItem('hints') === 'off'
  byId('hint', HTMLElement).hidden = isPlaying || isFresh || hidesHints
  byId('guide', HTMLElement).hidden = hidesHints && !isPlaying && !isFresh
  document.body.toggleAttribute('data-fresh', isFresh && !isPlaying)
  showHint(hintFor(view), !byId('hint', HTMLElement).hidden)
}

function showHint({ step, text, target }: Hint, isShown: boolean): void {
  const next = target === undefined || !isShown ? null : document.querySelector(target)
  for (const old of document.querySelectorAll('[data-hinted]')) if (old !== next) old.removeAttribute('data-hinted')
  next?.setAttribute('data-hinted', '')
  if (!isShown) return
  setText(byId('hint-step', HTMLElement), step === 4 ? '✓' : `${step} of 3`)
  setText(byId('hint-text', HTMLElement), text)
  const more = step === 4 ? MORE : []
  showList(byId('hint-more', HTMLElement), more, {
    key: ({ id }) => id,
    render: ({ id, label }) =>
      h('button', { class: 'button button-small', onclick: () => byId(id, HTMLButtonElement).click() }, label),
  })
}

const MORE = [
  { id: 'open-faults', label: 'Switch on a fault' },
  { id: 'open-setup', label: 'Save a wrong set-up' },
  { id: 'open-processes', label: 'Kill a process' },
]

const NOTES: Record<PlayerState['status'], string> = {
  idle: '',
  playing: '',
  paused: '',
  'taken-over': 'You have taken over. Play on, or press Continue.',
  done: '',
}

function showPlayer({ status, step, steps, caption, spot, rested, isStuck }: PlayerState): void {
  const element = byId('player', HTMLElement)
  Object.assign(element.dataset, { status, rested: String(rested) })
  setText(byId('player-step', HTMLElement), status === 'done' ? 'The end' : `Step ${step} of ${steps}`)
  byId('player-bar', HTMLElement).style.width = `${status === 'done' ? 100 : (100 * step) / Math.max(1, steps)}%`
  setText(byId('player-caption', HTMLElement), status === 'done' ? THE_END : caption)
  const note = byId('player-note', HTMLElement)
  const words = isStuck ? 'The story waits for what this step brings. Press Next to go on without it.' : NOTES[status]
  note.hidden = words === ''
  setText(note, words)
  const isPlaying = status === 'playing'
  byId('player-next', HTMLButtonElement).hidden = status === 'done'
  setText(byId('player-word', HTMLElement), status === 'done' ? 'Play again' : isPlaying ? 'Pause' : 'Continue')
  document.getElementById('player-icon')?.setAttribute('href', `#icon-${isPlaying ? 'pause' : 'play'}`)
  spotlight(isPlaying || status === 'paused' ? spot : undefined, `${step} ${status}`)
  show()
}

const THE_END = 'That was a whole handoff. Press a line of the story to see its calls, or play both people yourself.'

let spotlit = ''

/**
 * Draws the eye to one side; where one side is shown at a time, it is that one. Once for each `moment`: whoever then turns
 * to another side stays there.
 */
function spotlight(spot: PlayerState['spot'], moment: string): void {
  if (spot === undefined) delete document.body.dataset.spot
  else document.body.dataset.spot = spot
  const isNew = spotlit !== `${spot} ${moment}`
  spotlit = `${spot} ${moment}`
  if (isNew && spot !== undefined) showSide(spot === 'customer' || spot === 'desk' ? spot : 'between')
}
