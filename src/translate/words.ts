import { en } from './words/en'
import type { Table } from './words/table'

export type Sentence = keyof Table
export type Values = Record<string, string | number>
/** What a bot owner may say in other words. */
export type Overridable = 'queue' | 'edited' | 'botLabel' | 'agentNote'
/** What a bot owner may choose not to say: an empty override. */
export type Silenceable = 'queue' | 'agentNote'
export type Words = {
  say(key: Exclude<Sentence, Silenceable>, values?: Values): string
  say(key: Sentence, values?: Values): string | undefined
}

export function wordsFor(_language: string | undefined, _overrides: Partial<Record<Overridable, string>> = {}): Words {
  return { say: (key: Sentence, values: Values = {}) => fill(en[key], values) }
}
export function fill(pattern: string, _values: Values): string {
  return pattern
}
/** The sentence about a place in the queue: what is known of it, or nothing when the bot owner wants silence. */
export function queueSentence(
  words: Words,
  _queue: { position?: number; waitTimeSeconds?: number },
): string | undefined {
  return words.say('queue')
}
