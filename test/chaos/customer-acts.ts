import { setTimeout as sleep } from 'node:timers/promises'
import type { StartHitlInput } from '../../sandbox/botpress'
import type { Asked } from './ledger'
import { markOf } from './marks'
import { LeftOut, type Session } from './session'
import type { Window } from './story'

/** How long somebody who wants to ask again waits for the bot to be back, in milliseconds. */
const BOT_IS_BACK_WITHIN_MS = 15_000
const LOOK_MS = 100

export const CHOICES = ['Red', 'Green', 'Blue'] as const

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
export const PICTURE = { contentType: 'image/png', bytes: PNG }

type Asking = { inOtherWords?: boolean; timeoutSeconds?: number }

/** The customer asks for a human, once the bot is back, and goes on while the handoff begins. */
export async function ask(session: Session, window: Window, asking: Asking = {}): Promise<void> {
  for (let waitedMs = 0; isWithAgent(session, window); waitedMs += LOOK_MS) {
    if (waitedMs >= BOT_IS_BACK_WITHIN_MS) throw new LeftOut('the bot does not have this window back')
    await sleep(LOOK_MS)
  }
  session.beside(askNow(session, window, asking))
}

/** The same without waiting for the bot. Resolves when the plugin has started, ignored or failed the handoff. */
export async function askNow(session: Session, window: Window, { inOtherWords, timeoutSeconds }: Asking = {}) {
  const { ledger, number, world } = session
  const customer = session.customer(window)
  const asked: Asked = { window, at: Date.now(), ...(timeoutSeconds && { timeoutSeconds }) }
  ledger.asked.push(asked)
  const words = `${inOtherWords ? 'Is anybody there?' : 'I need a human.'} ${markOf(number)}`
  try {
    await customer.says(words)
    await world.sandbox.installation.handOver(customer, inputOf(session, window, words, timeoutSeconds))
    asked.activeAt = Date.now()
  } catch (thrown) {
    asked.refusal = thrown instanceof Error ? thrown.message : String(thrown)
    ledger.note(`      (the handoff was refused: ${asked.refusal})`)
  }
  asked.endedAt = Date.now()
  return asked
}

/** Both windows of one person ask in the same way: where their words are equal, so is all that the integration gets. */
function inputOf(session: Session, window: Window, title: string, timeoutSeconds?: number): StartHitlInput {
  const { conversationId } = session.customer(window)
  const { userId } = session.customer(0) // a person is the same in each window
  const { email } = session.customer(window)
  return {
    title,
    ...(email !== undefined && { userEmail: email }),
    ...(timeoutSeconds && { configurationOverrides: { agentAssignedTimeoutSeconds: timeoutSeconds } }),
    ...(session.story.isNamed && {
      hitlSession: { upstreamConversationId: conversationId, upstreamUserId: userId },
    }),
  }
}

const isWithAgent = (session: Session, window: Window) =>
  session.isActive(window) || session.ledger.asked.some((each) => each.window === window && each.endedAt === undefined)

export function customerSays(session: Session, window: Window, what: 'words' | 'a file'): void {
  const { media } = session.world.sandbox
  const word = session.newWord()
  note(session, window, word)
  const name = `${word}.png`
  const message =
    what === 'words'
      ? { type: 'text', payload: { text: word } }
      : { type: 'image', payload: { imageUrl: media.put({ ...PICTURE, name }), title: name } }
  session.beside(session.customer(window).sends(message))
}

/** Answers the choice that was shown last. */
export function answer(session: Session, window: Window, by: 'label' | 'number'): void {
  const customer = session.customer(window)
  const offered = customer.sees().findLast(({ from, text }) => from === 'agent' && text?.includes(CHOICES[1]))
  if (!offered) throw new LeftOut('no choice was shown yet')
  const text = by === 'label' ? CHOICES[1] : '2'
  note(session, window, text)
  session.beside(customer.says(text))
}

function note({ ledger }: Session, window: Window, word: string): void {
  ledger.customerSaid.push({ word, window, at: Date.now() })
  ledger.note(`      ${word}`)
}

export function endCommand(session: Session, window: Window): void {
  requireAgent(session, window)
  session.ledger.ownEnds.push({ window, at: Date.now(), by: 'end command' })
  session.beside(session.customer(window).types('/end'))
}

export function botStops(session: Session, window: Window): void {
  requireAgent(session, window)
  session.ledger.ownEnds.push({ window, at: Date.now(), by: 'bot' })
  session.beside(session.world.sandbox.installation.stopHitl(session.customer(window)))
}

function requireAgent(session: Session, window: Window): void {
  if (!session.isActive(window)) throw new LeftOut('the bot has this window')
}
