import { clip } from './graphemes'
import { cleanLine, cleanText, hasVisibleText, safeLink } from './sanitize'
import { withoutSecretLinks } from './shareable-link'
import { isUnset } from './unset'
import type { Words } from './words'

/** What the bot knows of a conversation, for the agent's first look. Words of a model: never checked, never refused. */
export type Summary = {
  summary?: string
  intent?: string
  sentiment?: string
  priority?: string
  customerLanguage?: string
  conversationUrl?: string
}

/** The short facts, in the order in which agents read them, with their longest text in characters. */
const FACTS = { intent: 100, sentiment: 50, priority: 50, customerLanguage: 35 } as const
type SummaryFact = keyof typeof FACTS

/** Longest summary, in characters: a long one must leave room for the description, which shares its event. */
const MAX_SUMMARY_CHARACTERS = 2000

/** What is set of it. Too long a text is cut, and an address that is none is left out. */
export function readSummary(given: Record<string, unknown>): Summary {
  const summary = cleanText(text(given['summary'])).trim()
  const facts = (Object.keys(FACTS) as SummaryFact[]).map(
    (key) => [key, clip(cleanLine(text(given[key])), FACTS[key])] as const,
  )
  const link = safeLink(text(given['conversationUrl']))
  return {
    ...(hasVisibleText(summary) && { summary: clip(summary, MAX_SUMMARY_CHARACTERS) }),
    ...Object.fromEntries(facts.filter(([, value]) => value !== '')),
    ...(link && /^https?:/i.test(link) && { conversationUrl: link }),
  }
}

/** The first lines of the opening: the summary, the facts in one line, and the link. */
export function summaryLines({ conversationUrl, ...said }: Summary, words: Words): string[] {
  const facts = factsOf(said, words).map(({ name, value }) => words.say('fact', { name, value }))
  return [
    ...(said.summary ? [words.say('summary', { text: withoutSecretLinks(said.summary) })] : []),
    ...(facts.length > 0 ? [withoutSecretLinks(facts.join(' · '))] : []),
    ...(conversationUrl ? [words.say('conversationLink', { link: conversationUrl })] : []),
  ]
}

/** The short facts as session fields. A field that the bot author gave under the same name wins. */
export function factFields(said: Summary, given: { name: string; value: string }[], words: Words) {
  const names = new Set(given.map(({ name }) => name))
  return factsOf(said, words).filter(({ name }) => !names.has(name))
}

function factsOf(said: Summary, words: Words): { name: string; value: string }[] {
  return (Object.keys(FACTS) as SummaryFact[]).flatMap((key) => {
    const value = said[key]
    return value ? [{ name: words.say(key), value }] : []
  })
}

/** A number is a fact too: a priority, or what a model says of a sentiment. */
const text = (given: unknown) => (['string', 'number'].includes(typeof given) && !isUnset(given) ? String(given) : '')
