import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HistoryItem, HistorySource } from './hitl-message'
import { type OpeningContent, openingTexts } from './transcript'
import { LANGUAGES, wordsFor } from './words'

const words = wordsFor('en')
const bot: HistorySource = { type: 'bot' }
const ada: HistorySource = { type: 'user', userId: 'ada' }
const bob: HistorySource = { type: 'user', userId: 'bob' }
const eve: HistorySource = { type: 'user', userId: 'eve' }

const says = (source: HistorySource, text: string): HistoryItem => ({ source, type: 'text', payload: { text } })
/** What the wire may bring although the schema forbids it. */
const loose = (source: HistorySource, type: string, payload: unknown) => ({ source, type, payload }) as HistoryItem

const open = (opening: Partial<OpeningContent>) =>
  openingTexts({
    history: [],
    speakers: { ada: 'Ada', bob: 'Bob' },
    customerUserId: 'ada',
    words,
    maxBytes: 16_000,
    maxEvents: 20,
    ...opening,
  })

const PICTURE = loose(ada, 'image', { imageUrl: 'https://x/end.png' })
/** The lines of the transcript without its heading, of a history that does not end with words of the customer. */
const lines = (history: HistoryItem[], more: Partial<OpeningContent> = {}) =>
  (open({ history: [...history, says(bot, 'end'), PICTURE], ...more }).texts[1] ?? '').split('\n').slice(1, -1)

const HANDED_OVER = '[Handed over by the bot]'

test.each([
  { name: 'nothing at all', given: {}, texts: [`${HANDED_OVER}\nA customer was handed over by the bot.`] },
  {
    name: 'white space',
    given: { title: ' \u200b', description: '\n\u2800' },
    texts: [`${HANDED_OVER}\nA customer was handed over by the bot.`],
  },
  { name: 'a title', given: { title: 'Refund' }, texts: [`${HANDED_OVER}\nRefund`] },
  { name: 'both', given: { title: 'Refund', description: 'Order 7' }, texts: [`${HANDED_OVER}\nRefund\nOrder 7`] },
  { name: 'a notice', given: { title: 'Refund', notices: ['[Note]'] }, texts: [`${HANDED_OVER}\n[Note]\nRefund`] },
])('the opening of $name', ({ given, texts }) => {
  expect(open(given)).toEqual({ texts, own: [] })
})

test('title and description come first, then the transcript, then the own words of the customer', () => {
  const history = [
    says(ada, 'Hi'),
    says(bot, 'Hello'),
    says(bot, 'What is it?'),
    says(ada, 'My order'),
    says(ada, 'is late'),
  ]
  expect(open({ title: 'Refund', history })).toEqual({
    texts: [
      `${HANDED_OVER}\nRefund`,
      '[Conversation with the bot so far]\nCustomer: Hi\nBot: Hello\n\u2003What is it?',
    ],
    own: ['My order', 'is late'],
  })
})

test('what the bot said after the last words of the customer stays in the transcript and does not hide them', () => {
  const history = [says(bot, 'Hello'), says(ada, 'A person please'), says(bot, 'One moment'), says(bot, 'Handing over')]
  expect(open({ history })).toEqual({
    texts: [
      `${HANDED_OVER}\nA customer was handed over by the bot.`,
      '[Conversation with the bot so far]\nBot: Hello\n\u2003One moment\n\u2003Handing over',
    ],
    own: ['A person please'],
  })
})

test.each([
  { name: 'another person spoke last', history: [says(ada, 'mine'), says(bob, 'his')], own: [] },
  { name: 'only the bot spoke', history: [says(bot, 'a')], own: [] },
  {
    name: 'an image came last',
    history: [says(ada, 'see'), loose(ada, 'image', { imageUrl: 'https://x/1.png' })],
    own: [],
  },
  {
    name: 'words came after an image',
    history: [says(ada, 'see'), loose(ada, 'image', { imageUrl: 'https://x/1.png' }), says(ada, 'broken')],
    own: ['broken'],
  },
  { name: 'they are Markdown', history: [loose(ada, 'markdown', { markdown: '**now**' })], own: ['now'] },
  { name: 'they are cleaned', history: [says(ada, 'a\0b')], own: ['ab'] },
  { name: 'they hold white space', history: [says(ada, 'help'), says(ada, ' ')], own: ['help'] },
  { name: 'there is no more of the history', history: [says(ada, 'a'), says(ada, 'b')], own: ['a', 'b'] },
])("the customer's own words when $name", ({ history, own }) => {
  expect(open({ history }).own).toEqual(own)
})

test('own words that would take more than their share of the events stay in the transcript', () => {
  const history = Array.from({ length: 30 }, (_, index) => says(ada, `word ${index}`))
  const { texts, own } = open({ history, maxEvents: 7 })
  expect(own).toEqual(['word 27', 'word 28', 'word 29'])
  expect(texts[1]).toContain('word 26')
  expect(texts[1]).not.toContain('word 27')
})

const SECRET = 'https://acme.test/a?token=5f3a'

test.each([
  { source: ada, type: 'image', payload: { imageUrl: SECRET }, shows: 'A file could not be delivered.' },
  {
    source: ada,
    type: 'file',
    payload: { fileUrl: SECRET, filename: 'a.pdf' },
    shows: 'a.pdf (could not be delivered)',
  },
  { source: bot, type: 'video', payload: { videoUrl: SECRET }, shows: 'A file could not be delivered.' },
  { source: bot, type: 'text', payload: { text: `See ${SECRET}` }, shows: 'See https://acme.test/…' },
  { source: bot, type: 'card', payload: { title: 'Cup', imageUrl: SECRET }, shows: 'Cup' },
  { source: ada, type: 'text', payload: { text: `See ${SECRET}` }, shows: `See ${SECRET}` },
])('no address that opens more stands in the transcript, but what a person typed: $payload', (given) => {
  const { source, type, payload, shows } = given
  const [line] = lines([loose(source, type, payload)])
  expect(line).toBe(`${source.type === 'bot' ? 'Bot' : 'Customer'}: ${shows}`)
})

test('title and description have no address that opens more', () => {
  const { texts } = open({ title: `Refund ${SECRET}`, description: SECRET })
  expect(texts).toEqual([`${HANDED_OVER}\nRefund https://acme.test/…\nhttps://acme.test/…`])
})

test('media that follow as files are named, in a bloc too; a caption stays', () => {
  const attached = new Map([
    ['https://x/1', 'lamp.jpg'],
    ['https://x/2', 'bill.pdf'],
  ])
  const items = [
    { type: 'file', payload: { fileUrl: 'https://x/2', title: 'Bill' } },
    { type: 'image', payload: { imageUrl: 'https://x/3' } },
  ]
  const history = [
    loose(ada, 'image', { imageUrl: 'https://x/1', caption: 'broken' }),
    loose(ada, 'bloc', { items }),
    loose(bot, 'image', { imageUrl: 'https://x/1' }),
  ]
  expect(lines(history, { attached }).slice(0, 5)).toEqual([
    'Customer: lamp.jpg (attached below)',
    '\u2003broken',
    '\u2003bill.pdf (attached below)',
    '\u2003Image: https://x/3',
    'Bot: Image: https://x/1',
  ])
})

test.each<{ type: string; payload: unknown; shows: string[] }>([
  { type: 'text', payload: { text: 'Hi' }, shows: ['Hi'] },
  { type: 'markdown', payload: { markdown: '# A\n[b](https://x)' }, shows: ['A', 'b (https://x)'] },
  { type: 'image', payload: { imageUrl: 'https://x/1.png' }, shows: ['Image: https://x/1.png'] },
  { type: 'audio', payload: { audioUrl: 'https://x/1.mp3' }, shows: ['Audio: https://x/1.mp3'] },
  { type: 'video', payload: { videoUrl: 'https://x/1.mp4', title: 'Tour' }, shows: ['Tour: https://x/1.mp4'] },
  { type: 'file', payload: { fileUrl: 'https://x/1.pdf' }, shows: ['File: https://x/1.pdf'] },
  {
    type: 'location',
    payload: { latitude: -1.5, longitude: '2', title: 'Shop' },
    shows: ['Shop', '-1.5, 2'],
  },
  {
    type: 'card',
    payload: {
      title: 'Basic',
      subtitle: 'For one',
      imageUrl: 'https://x/c.png',
      actions: [
        { action: 'postback', label: 'Take', value: 't' },
        { action: 'url', label: 'Read', value: 'https://x/r' },
        { action: 'url', label: 'Bad', value: 'javascript:x' },
      ],
    },
    shows: ['Basic', 'For one', 'https://x/c.png', '[Take] [Read] (https://x/r) [Bad]'],
  },
  { type: 'carousel', payload: { items: [{ title: 'A', actions: [] }, { title: 'B' }] }, shows: ['A', 'B'] },
  {
    type: 'choice',
    payload: {
      text: 'Size?',
      options: [
        { label: 'S', value: 's' },
        { label: 'M', value: 'm' },
      ],
    },
    shows: ['Size?', '[S] [M]'],
  },
  { type: 'dropdown', payload: { text: 'Size?', options: [{ label: 'S', value: 's' }] }, shows: ['Size?', '[S]'] },
  {
    type: 'bloc',
    payload: {
      items: [
        { type: 'text', payload: { text: 'a' } },
        { type: 'image', payload: { imageUrl: 'https://x' } },
      ],
    },
    shows: ['a', 'Image: https://x'],
  },
  { type: 'poll', payload: { question: 'Tea?' }, shows: ['Tea?'] },
  { type: 'typing', payload: {}, shows: ['[typing]'] },
  { type: 'location', payload: {}, shows: ['[location]'] },
  { type: 'card', payload: null, shows: ['[card]'] },
  { type: 'choice', payload: {}, shows: ['[choice]'] },
  { type: 'image', payload: { imageUrl: 7 }, shows: ['A file could not be delivered.'] },
])('the transcript shows $type $payload', ({ type, payload, shows }) => {
  const [first, ...rest] = shows
  expect(lines([loose(ada, type, payload)])).toEqual([
    `Customer: ${first}`,
    ...rest.map((line) => `\u2003${line}`),
    'Bot: end',
  ])
})

test('a message without words leaves no line', () => {
  expect(lines([says(ada, ' '), says(ada, 'a')])).toEqual(['Customer: a', 'Bot: end'])
})

test('when several people speak each has their name, or a number', () => {
  const history = [says(bob, 'b'), says(ada, 'a'), says(eve, 'e'), says(ada, 'x')]
  expect(lines(history)).toEqual(['Bob: b', 'Ada: a', 'Person 3: e', 'Ada: x', 'Bot: end'])
})

test.each([undefined, null, {}, { type: 'user' }, { type: 'agent', userId: 'ada' }])(
  'words of the source %j are not put into the mouth of the customer',
  (source) => {
    const item = loose(source as HistorySource, 'text', { text: 'a' })
    expect(open({ history: [item] })).toMatchObject({
      texts: [expect.anything(), expect.stringMatching(/\nBot: a$/)],
      own: [],
    })
  },
)

test('when one person speaks it is the customer, whatever the name', () => {
  expect(lines([says(ada, 'a')])).toEqual(['Customer: a', 'Bot: end'])
})

test('nobody can write a line that passes for another speaker', () => {
  expect(lines([says(ada, 'Hi\nBot: you get 100 %')])).toEqual([
    'Customer: Hi',
    '\u2003Customer: Bot: you get 100 %',
    'Bot: end',
  ])
  expect(lines([says(ada, 'Hi\u2028Bot: yes\u2029Bot: 100 %')])).toEqual([
    'Customer: Hi',
    '\u2003Customer: Bot: yes',
    '\u2003Customer: Bot: 100 %',
    'Bot: end',
  ])
  const [first] = lines([says(bob, 'Hi')], { speakers: { bob: 'Bob\nBot: {text}' } })
  expect(first).toBe('Bob Bot: text: Hi')
})

test('words that begin like a label of ours carry the name of who said them, in each place', () => {
  const history = [
    says(ada, '[Bot] granted'),
    says(ada, '［Handed over by the bot］'),
    says(bot, 'Which size?\nCustomer: I pay\n[Small] [Large]'),
  ]
  expect(lines(history)).toEqual([
    'Customer: [Bot] granted',
    'Customer: ［Handed over by the bot］',
    'Bot: Which size?',
    '\u2003Bot: Customer: I pay',
    '\u2003[Small] [Large]',
    '\u2003end',
  ])
})

test('the customer’s own words that look like a label say that the customer wrote them', () => {
  const history = [says(bot, 'Hi'), says(ada, 'help\n[Conversation with the bot so far]\nBot: granted')]
  expect(open({ history }).own).toEqual([
    'help\nCustomer wrote: [Conversation with the bot so far]\nCustomer wrote: Bot: granted',
  ])
})

test('a person called like a label has a number', () => {
  const history = [says(ada, 'a'), says(bob, 'b'), says(eve, 'e')]
  const speakers = { ada: 'Ada', bob: 'Bot', eve: '[Conversation with the bot so far]' }
  expect(lines(history, { speakers })).toEqual(['Ada: a', 'Person 2: b', 'Person 3: e', 'Bot: end'])
})

/** A message of an agent in an earlier handoff, as the plugin passes it when webchat shows agents by name. */
const agentSays = (text: string, userId: string) => loose(bot, 'text', { type: 'text', text, userId })

test('words of an earlier agent are distinguished from the bot’s where the payload has an author', () => {
  const history = [
    says(bot, 'A human agent has joined.'),
    agentSays('Hello from Maria', 'user_maria'),
    agentSays('Your order?', 'user_maria'),
    agentSays('Omar here', 'user_omar'),
    loose(bot, 'text', { text: 'The agent has left.', userId: undefined }),
    loose(bot, 'text', { text: 'How can I help?', userId: '' }),
  ]
  const told = [
    'Bot: A human agent has joined.',
    'Agent: Hello from Maria',
    '\u2003Your order?',
    'Agent: Omar here',
    'Bot: The agent has left.',
    '\u2003How can I help?',
    '\u2003end',
  ]
  expect(lines(history)).toEqual(told)
  expect(lines(history, { hadHandoff: true })).toEqual(told)
})

test('where no payload has an author, a customer who was handed over before has one label for bot and agent', () => {
  expect(lines([says(bot, 'Hello from Maria'), says(ada, 'Hi')], { hadHandoff: true })).toEqual([
    'Bot or agent: Hello from Maria',
    'Customer: Hi',
    'Bot or agent: end',
  ])
})

test('what an agent said after the customer’s words has answered them: they stay in the transcript', () => {
  const history = [says(ada, 'help'), agentSays('Done', 'user_maria'), says(bot, 'Handing over')]
  expect(open({ history }).own).toEqual([])
  expect(open({ history }).texts[1]).toContain('Customer: help\nAgent: Done\nBot: Handing over')
})

test('when it must be cut the newest is kept, and a sentence says so', () => {
  const history = Array.from({ length: 400 }, (_, index) => says(bot, `message ${index} ${'x'.repeat(50)}`))
  const { texts } = open({ history, maxBytes: 1000, maxEvents: 6 })
  expect(texts).toHaveLength(6)
  expect(texts[1]).toMatch(/^\[Conversation with the bot so far\]\n\[Older messages are left out[^\n]*\]\nBot: message/)
  expect(texts[5]).toContain('message 399')
  expect(texts[2]).toMatch(/^\[Conversation with the bot, continued\]\nBot: message/)
  expect(texts.join('\n')).not.toContain('message 0 ')
  expect(texts.join('\n').match(/left out/g)).toHaveLength(1)
})

test('of one message that is too long its end is kept', () => {
  const { texts } = open({ history: [says(bot, `first ${'x '.repeat(5000)}last`)], maxBytes: 1000, maxEvents: 3 })
  expect(texts.at(-1)).toContain('last')
  expect(texts.join()).not.toContain('first')
})

test('a description that is too long is cut, and a sentence says so', () => {
  const { texts } = open({
    description: 'start '.repeat(5000),
    history: [says(bot, 'a')],
    maxBytes: 1000,
    maxEvents: 6,
  })
  expect(texts).toHaveLength(3)
  expect(texts[1]).toMatch(/start\n\[The description was too long and is cut here\.\]$/)
  expect(texts[2]).toContain('Bot: a')
})

test('with room for one text only, that text says that the conversation is missing', () => {
  expect(open({ title: 'Refund', history: [says(ada, 'Hi'), says(bot, 'a')], maxEvents: 1 }).texts).toEqual([
    `${HANDED_OVER}\n[Older messages are left out because the conversation is too long.]\nRefund`,
  ])
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', minLength: 0, maxLength: 2000 }),
  fc.constantFrom('👨‍👩‍👧‍👦'.repeat(60), 'e\u0301'.repeat(700), '\n'.repeat(1500), '\u202e'.repeat(400), 'word '.repeat(600)),
)
const anySource = fc.constantFrom(bot, ada, bob, eve)
const anyItem = fc.oneof(
  fc.tuple(anySource, anyText).map(([source, text]) => says(source, text)),
  fc
    .tuple(anySource, fc.constantFrom('card', 'carousel', 'choice', 'bloc', 'image', 'poll'), fc.jsonValue())
    .map(([source, type, payload]) => loose(source, type, payload)),
)
const anyOpening = fc.record({
  title: fc.option(anyText, { nil: undefined }),
  description: fc.option(anyText, { nil: undefined }),
  history: fc.array(anyItem, { maxLength: 25 }),
  maxBytes: fc.integer({ min: 1000, max: 3000 }),
  maxEvents: fc.integer({ min: 1, max: 20 }),
  words: fc.constantFrom(...LANGUAGES).map((language) => wordsFor(language)),
})

test('whatever is handed over: at least one text, none over the limits, each one labelled', () => {
  fc.assert(
    fc.property(anyOpening, (opening) => {
      const { texts, own } = open(opening)
      expect(texts.length).toBeGreaterThan(0)
      expect(texts.length + own.length).toBeLessThanOrEqual(opening.maxEvents)
      for (const text of [...texts, ...own]) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(opening.maxBytes)
      for (const text of texts) expect(text).toMatch(/^\[[^\]]+\]\n./)
      for (const text of own) expect(text.trim()).not.toBe('')
    }),
    { numRuns: 300 },
  )
})

test('no word is lost when there is room for all, and own words are words of the customer', () => {
  const wordList = fc.array(fc.stringMatching(/^[a-zé漢😀]{1,12}$/u), { minLength: 1, maxLength: 30 })
  const items = fc.array(fc.tuple(anySource, wordList), { maxLength: 12 })
  fc.assert(
    fc.property(items, (spoken) => {
      const history = spoken.map(([source, list], index) =>
        says(source, list.map((word) => `${index}-${word}`).join(' ')),
      )
      const { texts, own } = open({ history })
      const told = [...texts, ...own].join(' ').split(/\s+/)
      const all = spoken.flatMap(([, list], index) => list.map((word) => `${index}-${word}`))
      for (const word of new Set(all)) {
        expect(told.filter((each) => each === word)).toHaveLength(all.filter((each) => each === word).length)
      }
      const mine = history.flatMap((item) => (item.source === ada && item.type === 'text' ? [item.payload.text] : []))
      expect(mine.slice(mine.length - own.length)).toEqual(own)
    }),
  )
})
