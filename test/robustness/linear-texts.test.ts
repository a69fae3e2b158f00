import { expect, test } from 'vitest'
import { EventId } from '../../src/livechat/ids'
import { cleanFileName, fileNameOf } from '../../src/media/file-name'
import { withFittingExtension } from '../../src/media/file-types'
import { isProgram } from '../../src/media/programs'
import { identifyingAddress, realAddress } from '../../src/translate/address'
import { matchChoice } from '../../src/translate/choices'
import { correctionOf } from '../../src/translate/correction'
import { clip } from '../../src/translate/graphemes'
import type { HistoryItem } from '../../src/translate/hitl-message'
import { customerPieces, personLabel } from '../../src/translate/labels'
import { markdownToText } from '../../src/translate/markdown'
import { maskFor, maskName } from '../../src/translate/mask'
import { mediaTypeOf } from '../../src/translate/media-type'
import { customerProfile } from '../../src/translate/profile'
import { cleanLine, cleanPieces, hasVisibleText, safeLink } from '../../src/translate/sanitize'
import { readSessionOptions } from '../../src/translate/session-options'
import { isShareable, withoutSecretLinks } from '../../src/translate/shareable-link'
import { splitText } from '../../src/translate/split-text'
import { startKeyOf } from '../../src/translate/start-key'
import { toBotpress } from '../../src/translate/to-botpress'
import { speakAs, speakAsCustomer, toLiveChat } from '../../src/translate/to-livechat'
import { openingTexts } from '../../src/translate/transcript'
import { fill, wordsFor } from '../../src/translate/words'
import { sampled } from '../sample'

// A customer can send 120 kB at once. Whatever they are, twice as many must not take four times as long.

/** Texts in a sample. */
const SAMPLE = { ofAll: 5, ofSome: 2 }
const BYTES = 120_000
const MAX_RATIO = 3
/**
 * Processor time for twice the bytes, in milliseconds. Below the first nothing grows with the square: a nanosecond for each
 * pair of 80 000 characters is 6 s. Above the second it needs no comparison.
 */
const SURELY_LINEAR_MS = 300
const SURELY_NOT_MS = 5000
const RUNS = 6

/** Texts of a given length in bytes that make a careless search start again and again, or look back too far. */
const HOSTILE: Record<string, (bytes: number) => string> = {
  ...Object.fromEntries(
    [
      ...['\u202a', '\u2067', '\u2069', '\u202a\u2069', '\u2067\u202a', '\r', '\r\n', '\n', '\0', '\u200b', '\ud800'],
      ...['\u0301', 'e\u0301', '\u200d', '👨‍👩‍👧', '🇩🇪', '\u{1f3fb}', '\u0915\u094d', '\u1100', '\ufdfa', '\u{1d165}'],
      ...['.', ' ', '\t', '\n ', '. ', '.)', '"', '\u3000', 'x', '漢', '😀', 'a.', 'a@', '@.', '/', '\\', '?', '%e2'],
      ...[
        '[',
        ']',
        '[]',
        '[Bot] ',
        '[Bot]\n',
        'Bot:\n',
        '［',
        '1. ',
        '{',
        '{{',
        '${',
        '{text}',
        '[object ',
        'undefined ',
      ],
      ...[
        '*',
        '**',
        '*a',
        '_a ',
        '`',
        '`a',
        '](',
        '[a](b(',
        '![](',
        '![a](b "',
        '~~a',
        '<https://',
        '\\*',
        '# ',
        '```\n',
      ],
      ...['4', '4 ', '4-', '41 ', '+', '+4', '+4 ', '+ ', 'de89', 'de89 ', 'a.b@', 'a@b.', 'ab'],
      ...[
        'a (at',
        'a(at)b (dot',
        '4111.',
        '4111 . ',
        'iban',
        'a ',
        '|',
        '| a ',
        '"a',
        'a1',
        'rn',
        'B0',
        '<a',
        'mailto:',
      ],
      ...['filename*0=a;', 'filename*0*=', "'"],
      ...['filename="', "filename*=utf-8''", 'tel:', 'https://', '#1', 'null '],
    ].map((unit) => [unit, (bytes) => unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)))]),
  ),
  'opened, then closed otherwise': (bytes) => '\u202a'.repeat(bytes / 6) + '\u2069'.repeat(bytes / 6),
  'isolates around embeddings': (bytes) =>
    '\u2067'.repeat(bytes / 9) + '\u202a'.repeat(bytes / 9) + '\u2069'.repeat(bytes / 9),
  'spaces before the end': (bytes) => `${' '.repeat(bytes)}x`,
  'dots before the end': (bytes) => `${'.'.repeat(bytes)}x`,
  'dots between two signs': (bytes) => `a@${'.'.repeat(bytes)}@`,
  'blank lines before the end': (bytes) => `${'\n '.repeat(bytes / 2)}x`,
  'an open link': (bytes) => `[a](${'()'.repeat(bytes / 2)}`,
  'a title without an end': (bytes) => `![a](b "${'x'.repeat(bytes)}`,
  'a bracket without an end': (bytes) => `[${'B'.repeat(bytes)}`,
  'digits, then a sign': (bytes) => `${'4 '.repeat(bytes / 2)}@`,
  'a number without an end': (bytes) => `DE89${'3704 '.repeat(bytes / 5)}`,
  'an address with many parts': (bytes) => `https://x/${'a/'.repeat(bytes / 2)}`,
}

const words = wordsFor('en', { botLabel: '{text} (bot)' })
const user = { type: 'user', userId: 'ada' } as const
const event = { id: EventId.parse('T1_1'), isWelcome: false }
const says = (source: HistoryItem['source'], type: string, payload: unknown) =>
  ({ source, type, payload }) as HistoryItem
const open = (given: { title?: string; description?: string; history?: HistoryItem[] }) =>
  openingTexts({ history: [], ...given, speakers: {}, customerUserId: 'ada', words, maxBytes: 16_000, maxEvents: 20 })
const mask = maskFor(['card', 'iban', 'email', 'phone'])
const lines = (text: string) => text.match(/.{1,60}/gsu) ?? []

const FUNCTIONS: Record<string, (text: string) => unknown> = {
  cleanPieces: (text) => cleanPieces(text, 16_000),
  cleanLine,
  hasVisibleText,
  safeLink: (text) => [safeLink(text), safeLink(`https://x/${text}`)],
  isShareable: (text) => isShareable(`https://x/${text}`),
  withoutSecretLinks,
  splitText: (text) => splitText(text, 1000),
  clip: (text) => clip(text, Math.floor(text.length / 2)),
  markdownToText,
  mask: (text) => [mask(text), maskName(text, mask)],
  matchChoice: (text) => matchChoice(text, [{ number: 1, label: text }], { labelsOnly: false }),
  customerPieces: (text) => customerPieces(text, 16_000, words),
  personLabel: (text) => personLabel(words, text),
  customerProfile: (text) => customerProfile({ name: text, email: text, pictureUrl: `https://x/${text}` }),
  addresses: (text) => [identifyingAddress(text), realAddress(`a@${text}`), identifyingAddress(`a@b.${text}`)],
  readSessionOptions: (text) =>
    readSessionOptions({ agentId: `a@${text}`, tags: lines(text), sessionFields: { text } }),
  'readSessionOptions, numbers': (text) => readSessionOptions({ groupId: text, whenNobodyIsAvailable: text }),
  correctionOf: (text) => correctionOf({ text, wasCorrected: false }, { ...event, type: 'message', text }, words),
  startKeyOf: (text) => startKeyOf({ text, lines: lines(text) }, 'mark'),
  fileNameOf: (text) => fileNameOf({ title: text, contentDisposition: text, url: new URL('https://x/a') }),
  isProgram: (text) => isProgram(text, undefined),
  cleanFileName: (text) => withFittingExtension(cleanFileName(text), 'image/png'),
  mediaTypeOf: (text) => mediaTypeOf({ contentType: text, name: text }),
  fill: (text) => [fill(text, {}), fill('{text}', { text })],
}

/** What is made of the functions above, with some of the texts: a message or a handoff in whole. */
const SOME = ['\u202a', '\r', '\ud800', 'x', '.', '[Bot]\n', '1. ', '{text}', 'null ', 'opened, then closed otherwise']
const button = (text: string) => [{ text }, { text, type: 'url', value: text }]
const link = (text: string) => [{ action: 'url', label: text, value: text }]
const people = (text: string) =>
  lines(text).map((line, index) => says({ type: 'user', userId: `${index}` }, 'text', { text: line }))
const WHOLES: Record<string, (text: string) => unknown> = {
  'toLiveChat, media': (text) => toLiveChat({ type: 'image', payload: { imageUrl: text, title: text } }),
  speakAs: (text) => speakAs(toLiveChat({ type: 'text', payload: { text } }), '[Bob] {text}', words),
  'speakAsCustomer, media': (text) => speakAsCustomer([{ kind: 'media', media: 'file', url: 'x', title: text }], words),
  'toBotpress, text': (text) => toBotpress({ ...event, type: 'message', text }, words),
  'toBotpress, file': (text) => toBotpress({ ...event, type: 'file', url: text, name: text, contentType: text }, words),
  'toBotpress, buttons': (text) =>
    toBotpress({ ...event, type: 'rich_message', elements: [{ title: text, buttons: button(text) }] }, words),
  'opening, title': (text) => open({ title: text, description: text }),
  'opening, own words': (text) => open({ history: [says(user, 'text', { text })] }),
  'opening, Markdown': (text) => open({ history: [says({ type: 'bot' }, 'markdown', { markdown: text })] }),
  'opening, card': (text) =>
    open({ history: [says({ type: 'bot' }, 'card', { title: text, imageUrl: text, actions: link(text) })] }),
  'opening, many people': (text) => open({ history: people(text) }),
}

/** Time of this process's own work, in milliseconds, however busy the machine is with other things. */
function processorMs(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  return process.cpuUsage(before).user / 1000
}

/**
 * How many times as long `work` takes with twice the bytes, each the fastest of its runs; 1 or infinity where the first run
 * tells. Noise makes a run slower, never faster: the first pair of runs that is fine decides.
 */
function growth(work: (text: string) => unknown, hostile: (bytes: number) => string, runs = RUNS): number {
  const [once, twice] = [hostile(BYTES), hostile(2 * BYTES)]
  const fastest = { once: Infinity, twice: processorMs(() => work(twice)) }
  if (fastest.twice < SURELY_LINEAR_MS) return 1
  if (fastest.twice > SURELY_NOT_MS) return Infinity
  for (let run = 0; run < runs; run += 1) {
    fastest.once = Math.min(
      fastest.once,
      processorMs(() => work(once)),
    )
    if (fastest.twice / fastest.once < MAX_RATIO) break
    fastest.twice = Math.min(
      fastest.twice,
      processorMs(() => work(twice)),
    )
  }
  return fastest.twice / fastest.once
}

const everyText = sampled(Object.keys(HOSTILE), SAMPLE.ofAll)
const someTexts = sampled(SOME, SAMPLE.ofSome)
const cases = [
  ...Object.entries(FUNCTIONS).map(([name, work]) => ({ name, work, texts: everyText })),
  ...Object.entries(WHOLES).map(([name, work]) => ({ name, work, texts: someTexts })),
]

test.each(cases)(
  '$name takes time with the length of a text, not with its square',
  ({ work, texts }) => {
    const growths = texts.map((text) => ({ text, growth: growth(work, HOSTILE[text] ?? String) }))
    expect(growths.filter((each) => each.growth >= MAX_RATIO)).toEqual([])
  },
  120_000,
)

test('a function that searches again and again would be noticed', { retry: 3 }, () => {
  const quadratic = (text: string) => text.replace(/[.\s]+$/, '')
  expect(growth(quadratic, (bytes) => `${'.'.repeat(bytes / 10)}x`, 2)).toBeGreaterThan(MAX_RATIO)
})
