import type { Button, IncomingEvent } from '../livechat/types'
import { cleanLine, cleanText, safeLink } from './sanitize'

/** A numbered button that the customer may answer with. `type` and `value` are both there or neither. */
export type Choice = { number: number; label: string; postbackId?: string; type?: string; value?: string }

/** Where a button leads when it does not answer; no `link` when the address must not be shown. */
type LinkButton = { label: string; link?: string }

export type NumberedButton = { kind: 'choice'; choice: Choice } | ({ kind: 'link' } & LinkButton)

/** The buttons of a rich message, element by element; the numbers run through the whole event. */
export function numberedButtons(event: IncomingEvent): NumberedButton[][] {
  let number = 0
  return (event.elements ?? []).map(({ buttons = [] }) =>
    buttons.flatMap((button): NumberedButton[] => {
      const label = cleanLine(button.text ?? '')
      if (isLink(button)) return [{ kind: 'link', label, ...linkOf(button) }]
      if (!label) return [] // what a customer answers with is the button's text: without one there is no answer
      number += 1
      return [{ kind: 'choice', choice: choice(number, label, button) }]
    }),
  )
}

/** The buttons that the customer may answer with, in order. */
export function choicesOf(event: IncomingEvent): Choice[] {
  return numberedButtons(event)
    .flat()
    .flatMap((button) => (button.kind === 'choice' ? [button.choice] : []))
}

function isLink({ type }: Button): boolean {
  return type === 'url' || type === 'webview' || type === 'phone'
}

function linkOf({ type, value = '' }: Button): { link?: string } {
  const number = type === 'phone' ? value.replace(/^tel:/i, '').trim() : undefined
  const link = number === undefined ? safeLink(value) : cleanLine(number)
  return link ? { link } : {}
}

function choice(number: number, label: string, { postbackId, type, value }: Button): Choice {
  const kind = type !== undefined && value !== undefined ? { type, value } : {}
  return { number, label, ...(postbackId !== undefined && { postbackId }), ...kind }
}

/** Longest reply that can be the text of a button, in characters; comparing a longer one would only take time. */
const MAX_REPLY_CHARACTERS = 1000

const NUMBER = /^#? ?(\d{1,3}) ?[.)]?$/

/**
 * The choice that a reply means: its label, its line ("1. Yes") or its number ("2", "2.", "#2"). Labels come first, since a
 * label may be a number itself; of equal labels the first is meant. With `labelsOnly` a bare number means nothing: it may
 * answer something that the agent asked since.
 */
export function matchChoice(
  reply: string,
  choices: Choice[],
  { labelsOnly }: { labelsOnly: boolean },
): Choice | undefined {
  if (reply.length > MAX_REPLY_CHARACTERS) return undefined
  const said = comparableChoice(reply)
  const labelled = choices.find(({ label }) => comparableChoice(label) === said)
  const whole = labelled ?? choices.find(({ number, label }) => comparableChoice(`${number}. ${label}`) === said)
  if (whole || labelsOnly) return whole
  const number = NUMBER.exec(said)?.[1]
  return number === undefined ? undefined : choices.find((each) => each.number === Number(number))
}

function comparableChoice(text: string): string {
  return cleanText(text).normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trim()
}
