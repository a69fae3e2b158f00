import { describe, expect, test, vi } from 'vitest'
import { envelope, eventFrom } from './deliveries'
import { MARIA } from './handoffs'
import { newAgentMessages, visibleTo } from './visible'
import { useActiveHandoff } from './sandboxes'

// LiveChat repeats a delivery that was not taken, in a tenth of its time.
const talk = useActiveHandoff({ livechat: { webhooks: { timeScale: 0.1 } } })

const maria = () => talk().sandbox.livechat.agent(MARIA)

/** Maria says something and the customer reads it. Answers the event's id. */
async function said(text: string): Promise<string> {
  const { eventId } = maria().says(talk().chatId, text)
  await talk().sandbox.settled()
  return eventId
}

const texts = async (act: () => unknown) => (await newAgentMessages(talk(), act)).map(({ text }) => text)

/** The newest webhook of that action, sent again. */
async function redeliver(action: string): Promise<void> {
  const { webhooks } = talk().sandbox.livechat
  const delivery = webhooks.deliveries(action).at(-1)
  if (!delivery) throw new Error(`no ${action} was ever delivered`)
  await webhooks.redeliver(delivery)
}

const messageOf = (eventId: string) =>
  talk()
    .sandbox.botpress.messagesIn(talk().conversationId)
    .find(({ tags }) => tags['livechat-hitl:eventId'] === eventId)

test('an edited message notifies the bot once', async () => {
  const eventId = await said('Come at nine')
  expect(await texts(() => maria().edits(eventId, 'Come at ten'))).toEqual(['Edited: Come at ten'])
})

test('an edit that is delivered before and after a restart notifies the bot once', async () => {
  const eventId = await said('Come at nine')
  talk().sandbox.livechat.webhooks.disturb({ action: 'event_updated', kind: 'duplicate' })
  expect(await texts(() => maria().edits(eventId, 'Come at ten'))).toEqual(['Edited: Come at ten'])
  await talk().sandbox.restartIntegration()
  expect(await texts(() => redeliver('event_updated'))).toEqual([])
})

test('the first delivery of an edited message, come again, is found by its event alone', async () => {
  const { botpress, livechat } = talk().sandbox
  botpress.settings.exactTags = true
  const eventId = await said('Come at nine')
  const delivery = livechat.webhooks.deliveries('incoming_event').at(-1)
  maria().edits(eventId, 'Come at ten')
  await talk().sandbox.settled()
  expect(await texts(() => delivery && livechat.webhooks.redeliver(delivery))).toEqual([])
  botpress.settings.exactTags = false
})

test('each change of a text notifies the bot, a change back too', async () => {
  const eventId = await said('Come at nine')
  expect(await texts(() => maria().edits(eventId, 'Come at ten'))).toEqual(['Edited: Come at ten'])
  expect(await texts(() => maria().edits(eventId, 'Come at noon'))).toEqual(['Edited: Come at noon'])
  expect(await texts(() => maria().edits(eventId, 'Come at nine'))).toEqual(['Edited: Come at nine'])
})

test('an edit that arrives before its message is sent after it', async () => {
  const { livechat } = talk().sandbox
  livechat.webhooks.hold('incoming_event')
  const { eventId } = maria().says(talk().chatId, 'Come at nine')
  const seen = await texts(async () => {
    maria().edits(eventId, 'Come at ten')
    await vi.waitFor(() => expect(livechat.webhooks.deliveries('event_updated').at(-1)?.attempts).not.toEqual([]))
    livechat.webhooks.release()
  })
  expect(seen).toEqual(['Come at nine', 'Edited: Come at ten'])
})

test('a correction that is removed again sends no empty correction', async () => {
  const eventId = await said('Come at nine')
  expect(await texts(() => maria().edits(eventId, 'Come at ten'))).toEqual(['Edited: Come at ten'])
  expect(await texts(() => maria().edits(eventId, ' '))).toEqual([])
})

test('an update without a new text sends nothing', async () => {
  const { sandbox } = talk()
  const eventId = await said('Unchanged')
  const payload = eventFrom(MARIA, talk(), {
    id: eventId,
    type: 'message',
    text: 'Unchanged',
    properties: { a: { b: 1 } },
  })
  const updated = envelope(sandbox, 'event_updated', payload)
  expect(await texts(() => sandbox.livechat.webhooks.post(updated))).toEqual([])
})

test('an edited private note stays at the desk', async () => {
  const { eventId } = maria().notes(talk().chatId, 'Careful')
  expect(await texts(() => maria().edits(eventId, 'Very careful'))).toEqual([])
})

test('an edit of a message that was never relayed sends nothing', async () => {
  const { sandbox } = talk()
  const payload = eventFrom(MARIA, talk(), { id: `${talk().threadId}_999`, type: 'message', text: 'Unknown' })
  const updated = envelope(sandbox, 'event_updated', payload)
  expect(await texts(() => sandbox.livechat.webhooks.post(updated))).toEqual([])
})

test('a deleted message is marked, and the customer reads that it was removed', async () => {
  const eventId = await said('Forget this')
  expect(messageOf(eventId)?.tags['livechat-hitl:deleted']).toBeUndefined()
  expect(await texts(() => maria().deletes(eventId))).toEqual(['A message was removed.'])
  expect(messageOf(eventId)?.tags['livechat-hitl:deleted']).toBeTruthy()
})

test('a deletion that overtakes the message comes after it', async () => {
  const { livechat } = talk().sandbox
  livechat.webhooks.hold('incoming_event')
  const { eventId } = maria().says(talk().chatId, 'Come at nine')
  const seen = await texts(async () => {
    maria().deletes(eventId)
    await vi.waitFor(() => expect(livechat.webhooks.deliveries('event_deleted').at(-1)?.attempts).not.toEqual([]))
    livechat.webhooks.release()
  })
  expect(seen).toEqual(['Come at nine', 'A message was removed.'])
})

test('a deleted private note stays at the desk', async () => {
  const { eventId } = maria().notes(talk().chatId, 'Careful')
  expect(await texts(() => maria().deletes(eventId))).toEqual([])
  const [deletion] = talk().sandbox.livechat.webhooks.deliveries('event_deleted').slice(-1)
  expect(deletion?.attempts).toMatchObject([{ status: 200 }])
})

test("a deleted message of the customer's own is no news to them", async () => {
  const { sandbox, chatId, threadId, customer } = talk()
  await customer.says('My card is 4111')
  await sandbox.settled()
  const event = sandbox.livechat.store.eventsIn(chatId).findLast(({ text }) => text === 'My card is 4111')
  const payload = { chat_id: chatId, thread_id: threadId, event_id: event?.id }
  const deletion = envelope(sandbox, 'event_deleted', payload)
  expect(await texts(() => sandbox.livechat.webhooks.post(deletion))).toEqual([])
  expect(messageOf(String(event?.id))?.tags['livechat-hitl:deleted']).toBeTruthy()
})

test('a deletion that is delivered twice changes nothing more', async () => {
  const eventId = await said('Forget this, too')
  maria().deletes(eventId)
  await talk().sandbox.settled()
  expect(await texts(() => redeliver('event_deleted'))).toEqual([])
  expect(messageOf(eventId)?.tags['livechat-hitl:deleted']).toBeTruthy()
})

describe('an owner who wants no word of deletions', () => {
  const silent = useActiveHandoff({ configuration: { reportDeletions: false } })

  test('has the message marked only', async () => {
    const { sandbox, chatId, conversationId, customer } = silent()
    const { eventId } = sandbox.livechat.agent(MARIA).says(chatId, 'Forget this')
    await visibleTo(customer, 'Forget this')
    sandbox.livechat.agent(MARIA).deletes(eventId)
    await sandbox.settled()
    const message = sandbox.botpress
      .messagesIn(conversationId)
      .find(({ tags }) => tags['livechat-hitl:eventId'] === eventId)
    expect(message?.tags['livechat-hitl:deleted']).toBeTruthy()
    expect(customer.sees().map(({ text }) => text)).not.toContain('A message was removed.')
  })
})

describe('an owner whose channel shows no Markdown', () => {
  const plain = useActiveHandoff({ configuration: { agentMarkdown: 'plain' } })

  test('has the marks taken out of what LiveChat marks as Markdown, and of nothing else', async () => {
    const { sandbox, chatId } = plain()
    const agent = sandbox.livechat.agent(MARIA)
    const seen = await newAgentMessages(plain(), () => {
      agent.says(chatId, '**Hello**', { markdown: true })
      return sandbox.settled()
    })
    expect(seen.map(({ text }) => text)).toEqual(['Hello'])
    const other = await newAgentMessages(plain(), () => agent.says(chatId, '5 **3** 2'))
    expect(other.map(({ text }) => text)).toEqual(['5 **3** 2'])
  })
})
