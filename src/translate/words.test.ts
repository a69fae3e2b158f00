import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fill, LANGUAGES, queueSentence, type Values, wordsFor } from './words'
import { de } from './words/de'
import { en } from './words/en'
import { es } from './words/es'
import { fr } from './words/fr'
import { pl } from './words/pl'
import { pt } from './words/pt'
import { ptPT } from './words/pt-PT'

const tables = { en, fr, de, es, pt, 'pt-PT': ptPT, pl }
const places = (pattern: string) => [...pattern.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()
const keys = Object.keys(en) as (keyof typeof en)[]

test.each(LANGUAGES)('every sentence in %s has words and the places of the English one', (language) => {
  for (const key of keys) {
    expect(tables[language][key].trim(), key).not.toBe('')
    expect(places(tables[language][key]), key).toEqual(places(en[key]))
  }
})

test.each(LANGUAGES.filter((language) => language !== 'en'))('%s is not English', (language) => {
  const same = keys.filter((key) => tables[language][key] === en[key])
  const names = [
    'botSaid',
    'personSaid',
    'botLabel',
    'personLabel',
    'linkButton',
    'titledLink',
    'videoLink',
    'audioLink',
    'unnamedSaid',
    'fact',
  ]
  expect(same.filter((key) => !names.includes(key))).toEqual([])
})

test.each(LANGUAGES)(
  'what stands above and in the opening is in brackets, so that no agent takes it for the customer (%s)',
  (language) => {
    const labelled = [
      'opening',
      'openingEmpty',
      'transcript',
      'transcriptMore',
      'transcriptCut',
      'descriptionCut',
      'otherCustomer',
      'otherName',
      'wantedGroup',
      'sharedAddress',
      'unnamedLabel',
      'agentNote',
      'agentOpened',
      'agentUnheard',
    ] as const
    for (const key of labelled) expect(tables[language][key]).toMatch(/^\[[^\]]+\]/)
  },
)

test.each([
  { language: 'fr', says: 'Corrigé : a' },
  { language: 'pt-BR', says: 'Corrigido: a' },
  { language: 'DE_at', says: 'Korrigiert: a' },
  { language: 'xx', says: 'Edited: a' },
  { language: '', says: 'Edited: a' },
  { language: undefined, says: 'Edited: a' },
  { language: 'constructor', says: 'Edited: a' },
])('the language $language says "$says"', ({ language, says }) => {
  expect(wordsFor(language).say('edited', { text: 'a' })).toBe(says)
})

test.each([
  { language: 'pt', says: 'Arquivo: x' },
  { language: 'pt-BR', says: 'Arquivo: x' },
  { language: 'pt-AO', says: 'Arquivo: x' },
  { language: 'pt-PT', says: 'Ficheiro: x' },
  { language: 'PT_pt', says: 'Ficheiro: x' },
])('Portuguese of $language says "$says"', ({ language, says }) => {
  expect(wordsFor(language).say('fileLink', { link: 'x' })).toBe(says)
})

test('a bot owner can say it in other words', () => {
  const words = wordsFor('en', { edited: 'Sorry, I meant: {text}', agentNote: 'Bot at work.' })
  expect(words.say('edited', { text: 'a' })).toBe('Sorry, I meant: a')
  expect(words.say('agentNote')).toBe('Bot at work.')
})

test('an override without a place for the words still shows them', () => {
  expect(wordsFor('en', { botLabel: 'Robot:' }).say('botLabel', { text: 'a' })).toBe('Robot: a')
})

test('an empty override silences the queue and the note, never a label or a correction', () => {
  const words = wordsFor('en', { queue: '', agentNote: ' ', botLabel: '', edited: '' })
  expect(words.say('queue', { position: 1, minutes: 1 })).toBeUndefined()
  expect(words.say('agentNote')).toBeUndefined()
  expect(words.say('botLabel', { text: 'a' })).toBe('[Bot] a')
  expect(words.say('edited', { text: 'a' })).toBe('Edited: a')
})

test.each([
  {
    override: undefined,
    queue: { position: 3, waitTimeSeconds: 61 },
    says: 'You are number 3 in the queue. Estimated waiting time in minutes: 2.',
  },
  {
    override: undefined,
    queue: { position: 3, waitTimeSeconds: 0 },
    says: 'You are number 3 in the queue. Estimated waiting time in minutes: 1.',
  },
  { override: undefined, queue: { position: 3 }, says: 'You are number 3 in the queue.' },
  { override: undefined, queue: {}, says: 'You are in the queue. An agent will answer as soon as possible.' },
  { override: 'Place {position}', queue: { position: 3 }, says: 'Place 3' },
  { override: 'Place {position}', queue: {}, says: 'You are in the queue. An agent will answer as soon as possible.' },
  { override: '', queue: { position: 3, waitTimeSeconds: 61 }, says: undefined },
  { override: '', queue: {}, says: undefined },
])('the queue $queue with the override "$override" says "$says"', ({ override, queue, says }) => {
  expect(queueSentence(wordsFor('en', { queue: override }), queue)).toBe(says)
})

test.each<{ pattern: string; values: Values; text: string }>([
  { pattern: '{a} and {b}', values: { a: '1' }, text: '1 and {b}' },
  { pattern: '{a}{a}', values: { a: 2 }, text: '22' },
  { pattern: '{a}', values: { a: '$& $1 {a} {b}', b: 'x' }, text: '$& $1 {a} {b}' },
  { pattern: '{toString} {}', values: {}, text: '{toString} {}' },
])('$pattern with $values is "$text"', ({ pattern, values, text }) => {
  expect(fill(pattern, values)).toBe(text)
})

test('values are put in literally, whatever they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(fill('<{text}>', { text: value })).toBe(`<${value}>`)
    }),
  )
})
