import { expect, test } from 'vitest'
import { chatOf } from '../../sandbox/sandbox'
import { chatEvents, chatTexts } from './visible'
import { useFreshSandbox } from './sandboxes'

const sandbox = useFreshSandbox()

type Item = { source: { type: 'bot' } | { type: 'user'; userId: string }; type: string; payload: object }

const bot = { type: 'bot' } as const
const text = (source: Item['source'], words: string): Item => ({ source, type: 'text', payload: { text: words } })

async function newUser(
  person: { name: string; email?: string; pictureUrl?: string } = { name: 'Ada' },
): Promise<string> {
  return String((await sandbox().botpress.callAction('createUser', person)).userId)
}

/** Starts a handoff as the plugin would; answers the chat and its thread. */
async function start(
  userId: string,
  input: { title?: string; description?: string; messageHistory?: Item[]; hitlSession?: object } = {},
) {
  const { conversationId } = await sandbox().botpress.callAction('startHitl', { userId, messageHistory: [], ...input })
  return chatOf(sandbox().botpress, String(conversationId))
}

async function opened(
  input: (ada: { type: 'user'; userId: string }) => Parameters<typeof start>[1],
): Promise<string[]> {
  const userId = await newUser()
  const { chatId } = await start(userId, input({ type: 'user', userId }))
  return chatTexts(sandbox(), chatId)
}

const customer = () => [...sandbox().livechat.store.customers.values()].find(({ name, email }) => name ?? email)

test('the agent reads why, then what was said, then the newest words of the customer as their own', async () => {
  const events = await opened((ada) => ({
    title: 'Refund',
    description: 'Order 7 came broken',
    messageHistory: [
      text(bot, 'Hello! How can I help?'),
      text(ada, 'My cup is broken'),
      text(bot, 'I am sorry'),
      text(bot, 'Shall I ask a human?'),
      text(ada, 'Yes'),
      text(ada, 'Please hurry'),
    ],
  }))
  expect(events).toEqual([
    '[Handed over by the bot]\nRefund\nOrder 7 came broken',
    '[Conversation with the bot so far]\n' +
      'Bot: Hello! How can I help?\nCustomer: My cup is broken\nBot: I am sorry\n\u2003Shall I ask a human?',
    'Yes',
    'Please hurry',
  ])
})

test('nothing that the bot said stands as the words of the customer', async () => {
  const userId = await newUser()
  const { chatId } = await start(userId, { messageHistory: [text(bot, 'I transfer you now.')] })
  const withoutLabel = chatTexts(sandbox(), chatId).filter((words) => !words.startsWith('['))
  expect(withoutLabel).toEqual([])
})

test('the whole opening is there in the moment the chat begins', async () => {
  const userId = await newUser()
  await start(userId, { title: 'Refund', messageHistory: [text({ type: 'user', userId }, 'Hi')] })
  const [begun] = sandbox().livechat.wire.exchanges.filter(({ operation }) => operation === 'customer/start_chat')
  const body = JSON.stringify(begun?.requestBody)
  expect(body).toContain('Refund')
  expect(body).toContain('Hi')
})

test('each kind of message of the history can be read', async () => {
  const card = {
    title: 'Red cup',
    subtitle: 'Holds tea',
    actions: [{ action: 'url', label: 'See', value: 'https://acme.test/cup' }],
  }
  const options = [{ label: 'Small', value: 's' }]
  const kinds: Item[] = [
    text(bot, 'kind: text'),
    { source: bot, type: 'image', payload: { imageUrl: 'https://acme.test/i.png' } },
    { source: bot, type: 'audio', payload: { audioUrl: 'https://acme.test/a.mp3' } },
    { source: bot, type: 'video', payload: { videoUrl: 'https://acme.test/v.mp4' } },
    { source: bot, type: 'file', payload: { fileUrl: 'https://acme.test/f.pdf', title: 'Terms' } },
    { source: bot, type: 'location', payload: { latitude: 52.23, longitude: 21.01, address: '1 Long Street' } },
    { source: bot, type: 'card', payload: card },
    { source: bot, type: 'carousel', payload: { items: [{ ...card, title: 'Blue cup' }] } },
    { source: bot, type: 'choice', payload: { text: 'Which size?', options } },
    { source: bot, type: 'dropdown', payload: { text: 'Which colour?', options } },
    { source: bot, type: 'bloc', payload: { items: [{ type: 'text', payload: { text: 'kind: bloc' } }] } },
    { source: bot, type: 'markdown', payload: { markdown: '**kind**: [page](https://acme.test/m)' } },
  ]
  const [, transcript = ''] = await opened(() => ({ messageHistory: kinds }))
  const readable = [
    'kind: text',
    'https://acme.test/i.png',
    'https://acme.test/a.mp3',
    'https://acme.test/v.mp4',
    'Terms: https://acme.test/f.pdf',
    '1 Long Street',
    '52.23',
    'Red cup',
    'Holds tea',
    'https://acme.test/cup',
    'Blue cup',
    'Which size?',
    'Small',
    'Which colour?',
    'kind: bloc',
    'kind: page (https://acme.test/m)',
  ]
  for (const words of readable) expect(transcript).toContain(words)
  expect(transcript).not.toContain('[object')
})

test('each person of a group conversation is named', async () => {
  const [ada, bob] = [await newUser({ name: 'Ada' }), await newUser({ name: 'Bob', email: 'bob@customer.test' })]
  const person = (userId: string) => ({ type: 'user', userId }) as const
  const messageHistory = [text(person(bob), 'We are two'), text(person(ada), 'And I agree'), text(person(bob), 'So?')]
  const { chatId } = await start(ada, { messageHistory })
  expect(chatTexts(sandbox(), chatId).at(-1)).toBe(
    '[Conversation with the bot so far]\nBob: We are two\nAda: And I agree\nBob: So?',
  )
})

test('a history that is too long keeps its newest messages, and the agent reads that it was cut', async () => {
  const long = Array.from({ length: 60 }, (_, index) => text(bot, `message ${index} ${'blah '.repeat(1500)}`))
  const userId = await newUser()
  const { chatId } = await start(userId, { messageHistory: [...long, text({ type: 'user', userId }, 'Newest')] })
  const events = chatTexts(sandbox(), chatId)
  expect(events.length).toBeLessThan(20)
  for (const words of events) expect(Buffer.byteLength(words)).toBeLessThanOrEqual(16_000)
  const all = events.join('\n')
  expect(all).toContain('[Older messages are left out because the conversation is too long.]')
  expect(all).toContain('message 59 ')
  expect(all).not.toContain('message 0 ')
  expect(events.at(-1)).toBe('Newest')
})

const photo = (source: Item['source'], name: string, more: object = {}): Item => {
  const imageUrl = sandbox().media.put({ name, contentType: 'image/png', bytes: new TextEncoder().encode(name) })
  return { source, type: 'image', payload: { imageUrl, ...more } }
}
const urlOf = ({ payload }: Item) => (payload as { imageUrl: string }).imageUrl
const callsOf = (operation: string) =>
  sandbox().livechat.wire.exchanges.filter((exchange) => exchange.operation === operation)

/** Words of messages, names of files. */
const contents = (chatId: string) => chatEvents(sandbox(), chatId).map(({ text: words, name }) => words ?? name)

test("the customer's newest media are attached behind the transcript, older ones and the bot's are links", async () => {
  const userId = await newUser()
  const ada = { type: 'user', userId } as const
  const [first, botsOwn] = [photo(ada, '1.png'), photo(bot, 'logo.png')]
  const messageHistory = [
    first,
    photo(ada, '2.png'),
    text(bot, 'What is that?'),
    photo(ada, '3.png', { title: 'The lamp', caption: 'It is broken' }),
    botsOwn,
    photo(ada, '4.png'),
    text(ada, 'See?'),
  ]
  const { chatId } = await start(userId, { messageHistory })
  expect(contents(chatId).slice(1)).toEqual([
    '[Conversation with the bot so far]\n' +
      `Customer: Image: ${urlOf(first)}\n\u20032.png (attached below)\n` +
      'Bot: What is that?\n' +
      'Customer: The lamp.png (attached below)\n\u2003It is broken\n' +
      `Bot: Image: ${urlOf(botsOwn)}\n` +
      'Customer: 4.png (attached below)',
    '2.png',
    'The lamp.png',
    '4.png',
    'See?',
  ])
  const files = chatEvents(sandbox(), chatId).filter(({ type }) => type === 'file')
  const contentOf = async (url = '') => (await fetch(url)).text()
  expect(await Promise.all(files.map(({ url }) => contentOf(url)))).toEqual(['2.png', '3.png', '4.png'])
  expect(callsOf('customer/start_chat')).toHaveLength(1)
})

test('the ids of an opening with files run through all of its events, so that a lost start is found again', async () => {
  sandbox().livechat.faults.add({ operation: 'customer/start_chat', kind: 'reset-after' })
  const userId = await newUser()
  const ada = { type: 'user', userId } as const
  const { chatId } = await start(userId, { messageHistory: [photo(ada, '1.png'), text(ada, 'See?')] })
  const ids = chatEvents(sandbox(), chatId).map(({ custom_id: id = '' }) => id)
  expect(ids.map((id) => id.replace(/^hitl-[0-9a-f]{24}-/, ''))).toEqual(['1', '2', '3', '4'])
})

test('media of the history whose address opens more are attached, or named as not delivered', async () => {
  const userId = await newUser()
  const ada = { type: 'user', userId } as const
  const secret = '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
  const telegram = (imageUrl: string): Item => ({ source: ada, type: 'image', payload: { imageUrl } })
  const good = `${urlOf(photo(ada, 'ok.png'))}`
  const messageHistory = [
    telegram(`https://api.telegram.org/file/bot${secret}/photos/file_1.jpg`),
    telegram(`${good}?access_token=${secret}`),
    telegram(good.replace('//', `//ada:${encodeURIComponent(secret)}@`)),
    telegram(`http://media.invalid/file/bot${secret}/photos/file_4.jpg`),
  ]
  const description = `Picture: https://api.telegram.org/file/bot${secret}/photos/file_1.jpg`
  const { chatId } = await start(userId, { title: 'Refund', description, messageHistory })
  expect(contents(chatId)).toEqual([
    '[Handed over by the bot]\nRefund\nPicture: https://api.telegram.org/…',
    '[Conversation with the bot so far]\nCustomer: A file could not be delivered.\n' +
      '\u2003A file could not be delivered.\n\u2003ok.png (attached below)\n\u2003A file could not be delivered.',
    'ok.png',
  ])
  expect(JSON.stringify([...sandbox().livechat.store.chats.values()])).not.toContain(secret)
})

test('session fields hold no address that opens more', async () => {
  const hitlSession = { sessionFields: { cart: 'https://acme.test/cart?session=5f3a' } }
  const userId = await newUser({ name: 'Ada', pictureUrl: 'https://acme.test/ada.png?access_token=5f3a' })
  await start(userId, { hitlSession } as Parameters<typeof start>[1])
  expect(customer()).toMatchObject({ name: 'Ada', sessionFields: [{ cart: 'https://acme.test/…' }] })
  expect(customer()?.avatar).toBeUndefined()
})

const UPLOAD = { operation: 'customer/upload_file' }
const START = { operation: 'customer/start_chat' }

test.each([
  { name: 'refuses to store them', fault: { ...UPLOAD, status: 413, type: 'entity_too_large' } },
  { name: 'does not store them', fault: { ...UPLOAD, status: 503, type: 'internal', times: Infinity } },
  { name: 'opens no thread with them', fault: { ...START, status: 400, type: 'validation', times: 2 } },
])('media stay links, and the handoff is made, where LiveChat $name', async ({ fault }) => {
  const { type, ...rest } = fault
  sandbox().livechat.faults.add({ ...rest, kind: 'answer', body: { error: { type, message: 'no' } } })
  const userId = await newUser()
  const ada = { type: 'user', userId } as const
  const item = photo(ada, '1.png')
  const { chatId } = await start(userId, { messageHistory: [item] })
  expect(contents(chatId).slice(1)).toEqual([`[Conversation with the bot so far]\nCustomer: Image: ${urlOf(item)}`])
})

test('media that take too long stay links, and the customer does not wait for them', async () => {
  sandbox().livechat.faults.add({ operation: 'customer/upload_file', kind: 'slow', delayMs: 9000, times: 2 })
  const userId = await newUser()
  const ada = { type: 'user', userId } as const
  const items = [photo(ada, '1.png'), photo(ada, '2.png')]
  const begun = performance.now()
  const { chatId } = await start(userId, { messageHistory: items })
  expect(performance.now() - begun).toBeLessThan(8000)
  expect(contents(chatId).slice(1)).toEqual([
    `[Conversation with the bot so far]\nCustomer: Image: ${items.map(urlOf).join('\n\u2003Image: ')}`,
  ])
})

test('the opening of an empty handoff still explains itself to the agent', async () => {
  expect(await opened(() => ({}))).toEqual(['[Handed over by the bot]\nA customer was handed over by the bot.'])
})

test('each event of the opening is a plain message, which every agent sees', async () => {
  const userId = await newUser()
  const { chatId } = await start(userId, { title: 'Refund', messageHistory: [text(bot, 'Hello')] })
  const events = chatEvents(sandbox(), chatId)
  expect(events.map(({ type, visibility }) => `${type} for ${visibility}`)).toEqual([
    'message for all',
    'message for all',
  ])
})

test('the agent reads first what the bot says of the conversation, however long the description is', async () => {
  sandbox().livechat.webhooks.hold()
  const conversationUrl = 'https://app.botpress.cloud/bots/0f8fad5b/conversations/conv_01K0ABCDEFGHJKMNPQRSTVWXYZ'
  const hitlSession = {
    ...{ summary: 'Wants a refund. Card 4111111111111111', intent: 'refund', sentiment: 'angry', priority: 'high' },
    ...{ customerLanguage: 'fr', conversationUrl, mask: ['card'], sessionFields: { Plan: 'Team' } },
  }
  const userId = await newUser()
  const input = { title: 'Refund', description: 'blah '.repeat(20_000), hitlSession }
  const { chatId } = await start(userId, input)
  expect(chatTexts(sandbox(), chatId)[0]?.split('\n').slice(0, 5)).toEqual([
    '[Handed over by the bot]',
    'Summary: Wants a refund. Card •••• 1111',
    'Intent: refund · Sentiment: angry · Priority: high · Customer’s language: fr',
    `Conversation: ${conversationUrl}`,
    'Refund',
  ])
  const fields = [{ Plan: 'Team' }, { Intent: 'refund' }, { Sentiment: 'angry' }, { Priority: 'high' }]
  expect(customer()?.sessionFields).toEqual([...fields, { 'Customer’s language': 'fr' }])
})
