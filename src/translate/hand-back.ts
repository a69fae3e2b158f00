import type { IncomingEvent } from '../livechat/types'
import { clip } from './graphemes'
import { cleanLine } from './sanitize'

/** How an agent gives a customer back to the bot. Empty: not at all. */
export type HandBackSettings = {
  /** The first word of a message or note, such as `/bot`. */
  handBackCommand: string
  handBackTags: readonly string[]
}

/** Longest command that is kept: it stands in a tag in Botpress, in characters. */
const MAX_COMMAND_CHARACTERS = 500

/**
 * The command in an agent's words: what stands behind the first word, or that word where nothing does. `undefined`: ordinary
 * words. Only whole messages of one line count, so that a sentence about the command is none.
 */
export function commandIn(
  { type, text = '' }: IncomingEvent,
  { handBackCommand }: HandBackSettings,
): string | undefined {
  const line = text.trim()
  if (handBackCommand === '' || type !== 'message' || line.includes('\n')) return undefined
  const command = separateWords(handBackCommand) // an owner may have chosen two words
  const given = separateWords(line)
  if (command.some((word, place) => word.toLowerCase() !== given[place]?.toLowerCase())) return undefined
  return clip(cleanLine(given.slice(command.length).join(' ')), MAX_COMMAND_CHARACTERS) || handBackCommand
}

const separateWords = (text: string) => text.trim().split(/\s+/)

/** The command that a tag of the chat stands for: its name in the settings. */
export function commandOfTag(tag: string, { handBackTags }: HandBackSettings): string | undefined {
  return handBackTags.find((known) => known.toLowerCase() === tag.trim().toLowerCase())
}
