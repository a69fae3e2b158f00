import { expect, test } from 'vitest'
import type { HistoryItem, HistorySource } from './hitl-message'
import { newestMedia } from './newest-media'

const bot: HistorySource = { type: 'bot' }
const ada: HistorySource = { type: 'user', userId: 'ada' }
const bob: HistorySource = { type: 'user', userId: 'bob' }

const image = (source: HistorySource, name: string): HistoryItem => ({
  source,
  type: 'image',
  payload: { imageUrl: `https://x/${name}` },
})
const text = (source: HistorySource): HistoryItem => ({ source, type: 'text', payload: { text: 'words' } })

const found = (history: HistoryItem[]) =>
  newestMedia(history, { customerUserId: 'ada', max: 3 }).map(({ url }) => url.slice('https://x/'.length))

test.each<{ name: string; history: HistoryItem[]; is: string[] }>([
  { name: 'none', history: [text(ada)], is: [] },
  {
    name: 'the newest three, oldest first',
    history: ['1', '2', '3', '4'].map((n) => image(ada, n)),
    is: ['2', '3', '4'],
  },
  {
    name: 'wherever they stand',
    history: [image(ada, '1'), text(bot), text(ada), image(ada, '2'), text(bot)],
    is: ['1', '2'],
  },
  {
    name: "not the bot's, nor another person's",
    history: [image(bot, '1'), image(bob, '2'), image(ada, '3')],
    is: ['3'],
  },
  { name: 'once each', history: [image(ada, '1'), image(ada, '2'), image(ada, '1')], is: ['2', '1'] },
  {
    name: 'those of a bloc, in its order',
    history: [
      {
        source: ada,
        type: 'bloc',
        payload: {
          items: ['1', '2', '3', '4'].map((n) => ({ type: 'file', payload: { fileUrl: `https://x/${n}` } }) as const),
        },
      },
    ],
    is: ['2', '3', '4'],
  },
  { name: 'none without an address', history: [{ source: ada, type: 'image', payload: { imageUrl: '' } }], is: [] },
  { name: 'none of nobody', history: [{ ...image(ada, '1'), source: undefined as unknown as HistorySource }], is: [] },
])('the newest media: $name', ({ history, is }) => {
  expect(found(history)).toEqual(is)
})

test('the newest media come with all that names them', () => {
  const payload = { fileUrl: 'https://x/1', filename: 'a.pdf', title: 'application/pdf', caption: 'My bill' }
  expect(newestMedia([{ source: ada, type: 'file', payload }], { customerUserId: 'ada', max: 3 })).toEqual([
    { kind: 'media', media: 'file', url: 'https://x/1', fileName: 'a.pdf', contentType: 'application/pdf' },
  ])
})
