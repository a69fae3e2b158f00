import { expect, test } from 'vitest'
import { MARIA, OMAR } from './handoffs'
import { newAgentMessages } from './visible'
import { useActiveHandoff } from './sandboxes'

const talk = useActiveHandoff()

const maria = () => talk().sandbox.livechat.agent(MARIA)
const bytes = new TextEncoder().encode('some bytes')

test('words arrive as they were written', async () => {
  const words = 'Hello <b>Ada</b> & co.\n\nمرحبا 👩‍👩‍👧‍👦 https://acme.test/?a=1&b=2'
  const seen = await newAgentMessages(talk(), () => maria().says(talk().chatId, words))
  expect(seen).toMatchObject([{ type: 'text', text: words, name: 'Maria' }])
})

test('a long answer arrives whole', async () => {
  const words = 'word '.repeat(3000).trim()
  const seen = await newAgentMessages(talk(), () => maria().says(talk().chatId, words))
  expect(seen.map(({ text }) => text).join('')).toBe(words)
})

// LiveChat does not promise an order of its webhooks.
test('many words at once arrive, each of them once', async () => {
  const words = Array.from({ length: 8 }, (_, index) => `line ${index}`)
  const seen = await newAgentMessages(talk(), () => words.forEach((each) => maria().says(talk().chatId, each)))
  expect(seen.map(({ text }) => text).sort()).toEqual(words)
})

test('the words of a second agent stand under their own name', async () => {
  const { sandbox, chatId } = talk()
  sandbox.livechat.settings.chats.severalPublicAgents = true
  const omar = sandbox.livechat.agent(OMAR)
  const seen = await newAgentMessages(talk(), () => {
    omar.joins(chatId)
    omar.says(chatId, 'Omar here, too.')
  })
  expect(seen).toMatchObject([{ text: 'Omar here, too.', name: 'Omar' }])
})

test.each([
  { name: 'photo.png', contentType: 'image/png', type: 'image', field: 'imageUrl' },
  { name: 'hold.mp3', contentType: 'audio/mpeg', type: 'audio', field: 'audioUrl' },
  { name: 'tour.mp4', contentType: 'video/mp4', type: 'video', field: 'videoUrl' },
  { name: 'invoice.pdf', contentType: 'application/pdf', type: 'file', field: 'fileUrl' },
])('a file of type $contentType arrives as $type with its name', async ({ name, contentType, type, field }) => {
  const [seen] = await newAgentMessages(talk(), () => maria().sendsFile(talk().chatId, { name, contentType, bytes }))
  expect(seen).toMatchObject({ type, payload: { title: name } })
  const shown = await fetch(String(seen?.payload[field]))
  expect(await shown.text()).toBe('some bytes')
})

test('cards arrive as images, words, links and numbered choices, in order', async () => {
  const small = {
    title: 'Small plan',
    subtitle: '20 dollars',
    image: { url: 'https://cdn.livechat-files.com/small.png' },
    buttons: [
      { type: 'message', text: 'Take the small one', postback_id: 'small' },
      { type: 'url', text: 'Read more', value: 'https://acme.test/small', postback_id: 'more' },
    ],
  }
  const big = { title: 'Big plan', buttons: [{ type: 'message', text: 'Take the big one', postback_id: 'big' }] }
  const cards = { templateId: 'cards', elements: [small, big] }
  const seen = await newAgentMessages(talk(), () => maria().sendsRichMessage(talk().chatId, cards))
  expect(seen.map(({ type, text }) => [type, text])).toEqual([
    ['image', 'https://cdn.livechat-files.com/small.png'],
    ['text', 'Small plan\n20 dollars\n1. Take the small one\nRead more: https://acme.test/small'],
    ['text', 'Big plan\n2. Take the big one\nAnswer with the number or the text of your choice.'],
  ])
})

test('a sticker arrives as an image', async () => {
  const image = { url: 'https://cdn.livechat-files.com/sticker.png' }
  const sticker = { templateId: 'sticker', elements: [{ image }] }
  const seen = await newAgentMessages(talk(), () => maria().sendsRichMessage(talk().chatId, sticker))
  expect(seen).toMatchObject([{ type: 'image', text: image.url }])
})

test('products of a shop arrive as words and links', async () => {
  const buttons = [{ type: 'url', text: 'Buy', value: 'https://shop.acme.test/7', postback_id: 'buy' }]
  const shop = { templateId: 'ecommerce', elements: [{ title: 'Blue hat', subtitle: '12 dollars', buttons }] }
  const seen = await newAgentMessages(talk(), () => maria().sendsRichMessage(talk().chatId, shop))
  expect(seen).toMatchObject([{ type: 'text', text: 'Blue hat\n12 dollars\nBuy: https://shop.acme.test/7' }])
})

test('a link that could run code is not shown', async () => {
  const buttons = [{ type: 'url', text: 'Win', value: 'javascript:alert(1)', postback_id: 'win' }]
  const prize = { elements: [{ title: 'Prize', buttons }] }
  const seen = await newAgentMessages(talk(), () => maria().sendsRichMessage(talk().chatId, prize))
  expect(seen).toMatchObject([{ type: 'text', text: 'Prize\nWin' }])
})

test('each message of an agent carries the id of its event', async () => {
  const { sandbox, chatId, conversationId } = talk()
  const { eventId } = maria().says(chatId, 'Where does this come from?')
  await sandbox.settled()
  expect(sandbox.botpress.messagesIn(conversationId).at(-1)?.tags).toMatchObject({ 'livechat-hitl:eventId': eventId })
})
