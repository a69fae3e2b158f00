import { expect, test } from 'vitest'
import { botSays, createHandoff } from './handoffs'
import { newChatEvents, chatTexts } from './visible'
import { useActiveHandoff } from './sandboxes'

const talk = useActiveHandoff()

const sends = (type: string, payload: Record<string, unknown>) =>
  newChatEvents(talk(), () => talk().customer.sends({ type, payload }))

const texts = (events: Awaited<ReturnType<typeof newChatEvents>>) => events.map(({ text }) => text)

/** Tags that the integration gave the newest message that went to the agent. */
const newestTags = () => {
  const { sandbox, conversationId } = talk()
  return sandbox.botpress.messagesIn(conversationId).findLast(({ direction }) => direction === 'outgoing')?.tags
}

const MEDIA_KINDS = [
  { type: 'image', field: 'imageUrl', name: 'photo.png', contentType: 'image/png' },
  { type: 'audio', field: 'audioUrl', name: 'memo.mp3', contentType: 'audio/mpeg' },
  { type: 'video', field: 'videoUrl', name: 'clip.mp4', contentType: 'video/mp4' },
  { type: 'file', field: 'fileUrl', name: 'invoice.pdf', contentType: 'application/pdf' },
]

const bytesOf = (text: string) => new TextEncoder().encode(text)

test('words arrive as they were written, as the customer', async () => {
  const { sandbox, chatId } = talk()
  const words = 'Hello <b>Maria</b> & co.\n\nمرحبا 👩‍👩‍👧‍👦 https://acme.test/?a=1&b=2'
  const events = await sends('text', { text: words })
  const customerId = sandbox.livechat.store.chats.get(chatId)?.customerId
  expect(events).toMatchObject([{ type: 'message', text: words, author_id: customerId }])
})

test.each(MEDIA_KINDS)(
  '$type arrives as a file of its own type and name',
  async ({ type, field, name, contentType }) => {
    const { sandbox } = talk()
    const url = sandbox.media.put({ name, contentType, bytes: bytesOf(`content of ${name}`) })
    const [event, ...more] = await sends(type, { [field]: url })
    expect(more).toEqual([])
    expect(event).toMatchObject({ type: 'file', name, content_type: contentType })
    expect(event?.url).toContain(sandbox.livechat.url)
    expect(await (await fetch(event?.url ?? '')).text()).toBe(`content of ${name}`)
  },
)

test('a bloc arrives item by item, in order', async () => {
  const { sandbox } = talk()
  const imageUrl = sandbox.media.put({ name: 'map.png', contentType: 'image/png', bytes: bytesOf('map') })
  const events = await sends('bloc', {
    items: [
      { type: 'text', payload: { text: 'First' } },
      { type: 'image', payload: { imageUrl } },
      { type: 'location', payload: { latitude: 52.23, longitude: 21.01, address: '1 Long Street', title: 'Home' } },
      { type: 'markdown', payload: { markdown: '**Last**, see [the page](https://acme.test/p)' } },
    ],
  })
  expect(events.map(({ type, text, name }) => [type, text ?? name])).toEqual([
    ['message', 'First'],
    ['file', 'map.png'],
    ['message', 'Home\n1 Long Street\n52.23, 21.01'],
    ['message', 'Last, see the page (https://acme.test/p)'],
  ])
})

test('a text longer than LiveChat takes arrives whole, in order, cut between words', async () => {
  const words = Array.from({ length: 6000 }, (_, index) => `wörd${index}`).join(' ')
  const events = await sends('text', { text: words })
  expect(events.length).toBeGreaterThan(2)
  expect(texts(events).join('')).toBe(words)
  for (const { text = '' } of events) {
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(16_000)
    expect(text).toMatch(/^wörd\d+ .*wörd\d+ ?$/s)
  }
})

test('many messages in a row arrive in order', async () => {
  const { customer } = talk()
  const words = Array.from({ length: 8 }, (_, index) => `line ${index}`)
  const events = await newChatEvents(talk(), () => Promise.all(words.map((each) => customer.says(each))))
  expect(texts(events)).toEqual(words)
})

test('a message carries the id of the event that it became', async () => {
  const [event] = await sends('text', { text: 'Mark me' })
  expect(newestTags()).toMatchObject({ 'livechat-hitl:eventId': event?.id })
})

test('a message that became several events carries the ids of all of them', async () => {
  const events = await sends('bloc', {
    items: [
      { type: 'text', payload: { text: 'One' } },
      { type: 'text', payload: { text: 'Two' } },
    ],
  })
  const ids = events.map(({ id }) => id)
  expect(ids).toHaveLength(2)
  const tags = newestTags()
  expect(tags?.['livechat-hitl:eventId']).toBe(ids[0])
  for (const id of ids) expect(tags?.['livechat-hitl:eventIds']).toContain(id)
})

test('a message that Botpress delivers twice reaches the agent once', async () => {
  const { sandbox } = talk()
  sandbox.botpress.settings.messageDeliveries = 3
  const events = await sends('text', { text: 'Only once' })
  sandbox.botpress.settings.messageDeliveries = 1
  expect(texts(events)).toEqual(['Only once'])
})

test('a message that comes again after a restart, its acknowledgement lost, reaches the agent once', async () => {
  const { sandbox, chatId } = talk()
  await sends('text', { text: 'Before the restart' })
  const told = sandbox.botpress.wire.exchanges.findLast(({ operation }) => operation === 'message/text')
  await sandbox.restartIntegration()
  const { message, ...rest } = told?.requestBody as { message: object }
  const tenSecondsAgo = new Date(Date.now() - 10_000).toISOString()
  const again = JSON.stringify({ ...rest, message: { ...message, createdAt: tenSecondsAgo, tags: {} } })
  await fetch(sandbox.integration.url, { method: 'POST', headers: told?.requestHeaders, body: again })
  await sandbox.settled()
  expect(chatTexts(sandbox, chatId).filter((words) => words === 'Before the restart')).toHaveLength(1)
})

test('a message that comes again after it was refused halfway reaches the agent once, and whole', async () => {
  const { sandbox, chatId } = talk()
  const body = { error: { type: 'validation', message: 'no' } }
  sandbox.livechat.faults.add({ operation: 'customer/send_event', kind: 'answer', status: 400, body, after: 1 })
  const items = ['First half', 'Second half'].map((words) => ({ type: 'text', payload: { text: words } }))
  expect(texts(await sends('bloc', { items }))).toEqual(['First half'])
  const told = sandbox.botpress.wire.exchanges.findLast(({ operation }) => operation === 'message/bloc')
  const again = JSON.stringify(told?.requestBody)
  await fetch(sandbox.integration.url, { method: 'POST', headers: told?.requestHeaders, body: again })
  await sandbox.settled()
  expect(chatTexts(sandbox, chatId).slice(-2)).toEqual(['First half', 'Second half'])
})

test("the bot's words are labelled as the bot's, media too", async () => {
  const { sandbox } = talk()
  const imageUrl = sandbox.media.put({ name: 'hint.png', contentType: 'image/png', bytes: bytesOf('hint') })
  const events = await newChatEvents(talk(), async () => {
    await botSays(talk(), { type: 'text', payload: { text: 'Please hold the line.' } })
    await botSays(talk(), { type: 'image', payload: { imageUrl } })
  })
  expect(events.map(({ text, name }) => text ?? name)).toEqual(['[Bot] Please hold the line.', '[Bot]', 'hint.png'])
})

test('each piece of a long text of the bot carries the label', async () => {
  const text = 'word '.repeat(5000)
  const events = await newChatEvents(talk(), () => botSays(talk(), { type: 'text', payload: { text } }))
  expect(events.length).toBeGreaterThan(1)
  for (const event of events) expect(event.text).toMatch(/^\[Bot\] word/)
})

test("the words of another person in a group conversation carry that person's name", async () => {
  const { sandbox } = talk()
  const cleo = sandbox.installation.customer({ name: 'Cleo' })
  const bob = sandbox.installation.customer({ name: 'Bob', joins: cleo })
  await bob.says('We are two here')
  await cleo.says('And we have a question')
  const { chatId } = await createHandoff(sandbox, cleo)
  const before = chatTexts(sandbox, chatId).length
  await bob.says('I have a question, too')
  await cleo.says('And I go on')
  await sandbox.settled()
  expect(chatTexts(sandbox, chatId).slice(before)).toEqual(['[Bob] I have a question, too', 'And I go on'])
})
