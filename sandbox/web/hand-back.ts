import type { Configuration } from '../environment'
import type { HandBack } from './view'

/** How agents hand back with these settings; `undefined` when they have no command. */
export function handBackOf({ handBackCommand, handBackTag }: Configuration): HandBack | undefined {
  if (typeof handBackCommand !== 'string' || typeof handBackTag !== 'string') return undefined
  return { command: handBackCommand, tag: handBackTag }
}

/** Whether words of an agent are the command: it is the first word of one line. */
export function isHandBack(words: string, handBack: HandBack | undefined): boolean {
  const [first] = words.trim().split(/\s+/)
  return handBack !== undefined && first?.toLowerCase() === handBack.command.toLowerCase() && !/\n/.test(words.trim())
}
