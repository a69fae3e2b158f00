import type { Chat, IncomingEvent } from '../livechat/types'
import { isNoteId } from './custom-id'
import { clip } from './graphemes'
import type { HandBackSettings } from './hand-back'
import { sinceHandoff } from './handoff-times'
import { labelTest } from './labels'
import { relayable } from './relayable'
import { cleanText } from './sanitize'
import { startKeyIn } from './start-key'
import type { Words } from './words'

/** Most bytes of a transcript: the action's output must stay below what Botpress takes, 128 KiB with the rest of it. */
const MAX_BYTES = 100_000

type TranscriptNeeds = {
  customerId: string
  words: Words
  settings: HandBackSettings
  /** At least 1. */
  maxCharacters: number
}

/**
 * What customer and agents said to each other since the handoff, oldest first, `Name: words` with further lines indented, so
 * that nobody's words look like somebody else's. Notes of agents, notes and openings of ours, and hand-back commands are
 * left out. When there is too much, the newest is kept.
 */
export function handoffTranscript(chat: Chat, needs: TranscriptNeeds): { transcript: string; transcriptCut: boolean } {
  const lines = sinceHandoff(chat.thread?.events ?? []).flatMap((event) => lineOf(event, chat, needs) ?? [])
  const kept: string[] = []
  let [characters, bytes] = [0, 0]
  for (const line of lines.toReversed()) {
    characters += line.length + 1
    bytes += Buffer.byteLength(line) + 1
    if (kept.length > 0 && (characters > needs.maxCharacters || bytes > MAX_BYTES)) break
    kept.unshift(clip(line, needs.maxCharacters))
  }
  const transcript = kept.join('\n')
  return { transcript, transcriptCut: transcript.length < lines.join('\n').length }
}

function lineOf(event: IncomingEvent, { users }: Chat, needs: TranscriptNeeds): string | undefined {
  const { customerId, words, settings } = needs
  const isCustomers = event.authorId === customerId
  if (!(isCustomers ? isSaidByCustomer(event) : relayable(event, settings).relay)) return undefined
  const text = cleanText(wordsOf(event)).trim().replaceAll('\n', '\n  ')
  if (text === '') return undefined
  // The customer's bubble shows words of the bot and of others too, under a label of ours.
  if (isCustomers && event.customId && labelTest(words, { names: true })(text)) return text
  const name = cleanText(users.find(({ id }) => id === event.authorId)?.name ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return name ? `${name}: ${text}` : words.say(isCustomers ? 'customerSaid' : 'agentSaid', { text })
}

function isSaidByCustomer({ type, visibility = 'all', deleted, customId = '' }: IncomingEvent): boolean {
  const isMessage = type === 'message' || type === 'file'
  return isMessage && visibility === 'all' && !deleted && startKeyIn(customId) === undefined && !isNoteId(customId)
}

/** Words, names of files, and of cards the titles and buttons. */
export function wordsOf({ text, name, url, elements = [] }: IncomingEvent): string {
  const cards = elements.flatMap(({ title, subtitle, buttons = [] }) => [
    title,
    subtitle,
    ...buttons.map((button) => button.text && `[${button.text}]`),
  ])
  return [text ?? name ?? (url && 'File'), ...cards].filter(Boolean).join('\n')
}
