import { PROBLEMS, SETTING_PROBLEMS } from './problems'

type Sentence = string | ((...values: never[]) => string)

/** Every sentence of the product, with nothing in the places for values; one is made of others and left out. */
export const SENTENCES = Object.entries({ ...PROBLEMS, ...SETTING_PROBLEMS } as Record<string, Sentence>)
  .filter(([name]) => name !== 'settingsNeedAttention')
  .map(([name, sentence]) => ({
    name,
    text: typeof sentence === 'string' ? sentence : (sentence as () => string)(),
  }))

const FIXED_WORDS = SENTENCES.map(({ text }) => text.slice(0, text.indexOf(':') + 1))

/** The fixed words that a sentence of ours begins with, or one of several in a text; a flow may branch on them. */
export function fixedWordsIn(text: string): string | undefined {
  return FIXED_WORDS.find((words) => text.includes(words))
}
