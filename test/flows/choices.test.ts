import { expect, test } from 'vitest'
import { MARIA } from './handoffs'
import { newChatEvents } from './visible'
import { useActiveHandoff } from './sandboxes'

const talk = useActiveHandoff()

const maria = () => talk().sandbox.livechat.agent(MARIA)

const BUTTONS = [
  { type: 'message', text: 'Yes, please', value: 'yes', postback_id: 'pb-yes' },
  { type: 'message', text: 'No', value: 'no', postback_id: 'pb-no' },
]

/** Maria offers buttons, and the customer has them on the screen. Answers the event's id. */
async function offer(title: string, buttons = BUTTONS): Promise<string> {
  const { eventId } = maria().sendsRichMessage(talk().chatId, { elements: [{ title, buttons }] })
  await talk().sandbox.settled()
  return eventId
}

async function mariaSays(text: string): Promise<void> {
  maria().says(talk().chatId, text)
  await talk().sandbox.settled()
}

/** What the agent gets for an answer of the customer. */
async function answer(text: string) {
  const events = await newChatEvents(talk(), () => talk().customer.says(text))
  return events.map((event) => ({ text: event.text, postback: event.postback }))
}

const pressed = (eventId: string, [id, value]: [string, string]) => ({
  id,
  thread_id: talk().threadId,
  event_id: eventId,
  type: 'message',
  value,
})

test.each([
  { reply: '2', text: 'No', button: ['pb-no', 'no'] as [string, string] },
  { reply: '1.', text: 'Yes, please', button: ['pb-yes', 'yes'] as [string, string] },
  { reply: 'no', text: 'No', button: ['pb-no', 'no'] as [string, string] },
  { reply: ' YES, PLEASE ', text: 'Yes, please', button: ['pb-yes', 'yes'] as [string, string] },
])(
  'the answer $reply is one message with the words and the postback of its button',
  async ({ reply, text, button }) => {
    const eventId = await offer('More?')
    expect(await answer(reply)).toEqual([{ text, postback: pressed(eventId, button) }])
  },
)

test('an answer that is none of the choices arrives as it was written', async () => {
  await offer('More?')
  expect(await answer('Maybe later')).toEqual([{ text: 'Maybe later', postback: undefined }])
})

test("a choice is closed by the customer's next message, whatever it says", async () => {
  await offer('More?')
  await answer('Let me think')
  expect(await answer('2')).toEqual([{ text: '2', postback: undefined }])
})

test('a choice can be made once', async () => {
  await offer('More?')
  await answer('2')
  expect(await answer('2')).toEqual([{ text: '2', postback: undefined }])
})

test('after another message of an agent a number may mean something else, and only labels match', async () => {
  await offer('More?')
  await mariaSays('And how many tickets?')
  expect(await answer('2')).toEqual([{ text: '2', postback: undefined }])

  const eventId = await offer('Once more?')
  await mariaSays('Take your time.')
  expect(await answer('No')).toEqual([{ text: 'No', postback: pressed(eventId, ['pb-no', 'no']) }])
})

test('the newest choice counts', async () => {
  await offer('First?')
  const red = { type: 'message', text: 'Red', value: 'red', postback_id: 'pb-red' }
  const blue = { type: 'message', text: 'Blue', value: 'blue', postback_id: 'pb-blue' }
  const eventId = await offer('Which colour?', [red, blue])
  expect(await answer('2')).toEqual([{ text: 'Blue', postback: pressed(eventId, ['pb-blue', 'blue']) }])
})

test('a private note of an agent changes nothing about an open choice', async () => {
  const eventId = await offer('More?')
  maria().notes(talk().chatId, 'I hope for a yes')
  await talk().sandbox.settled()
  expect(await answer('1')).toEqual([{ text: 'Yes, please', postback: pressed(eventId, ['pb-yes', 'yes']) }])
})

test('a choice outlives a restart of the integration', async () => {
  const eventId = await offer('More?')
  await talk().sandbox.restartIntegration()
  expect(await answer('2')).toEqual([{ text: 'No', postback: pressed(eventId, ['pb-no', 'no']) }])
})

/** The newest delivery of an agent's words or buttons, come again. */
async function deliveredAgain(delivery = newestDelivery()): Promise<void> {
  await talk().sandbox.livechat.webhooks.redeliver(delivery)
  await talk().sandbox.settled()
}

function newestDelivery() {
  const delivery = talk().sandbox.livechat.webhooks.deliveries('incoming_event').at(-1)
  if (!delivery) throw new Error('nothing was ever delivered')
  return delivery
}

test.each([
  { where: 'in the same process', restarts: false },
  { where: 'after a restart', restarts: true },
])('buttons that are delivered again after the answer, $where, open no choice again', async ({ restarts }) => {
  await offer('More?')
  const delivery = newestDelivery()
  await answer('1')
  if (restarts) await talk().sandbox.restartIntegration()
  await deliveredAgain(delivery)
  expect(await answer('2')).toEqual([{ text: '2', postback: undefined }])
})

test('older buttons that are delivered again do not replace newer ones', async () => {
  await offer('First?')
  const delivery = newestDelivery()
  const red = { type: 'message', text: 'Red', value: 'red', postback_id: 'pb-red' }
  const eventId = await offer('Which colour?', [red])
  await deliveredAgain(delivery)
  expect(await answer('1')).toEqual([{ text: 'Red', postback: pressed(eventId, ['pb-red', 'red']) }])
})

test('buttons of which nobody can tell whether they came before are offered all the same', async () => {
  const { faults } = talk().sandbox.botpress
  const body = { id: 'err_1', code: 403, type: 'Forbidden', message: 'no' }
  faults.add({ operation: 'listMessages', kind: 'answer', status: 403, body })
  const eventId = await offer('More?')
  faults.clear()
  expect(await answer('2')).toEqual([{ text: 'No', postback: pressed(eventId, ['pb-no', 'no']) }])
})

test('words that are delivered again after newer buttons leave their numbers', async () => {
  await mariaSays('I have a question.')
  const delivery = newestDelivery()
  const eventId = await offer('More?')
  await deliveredAgain(delivery)
  expect(await answer('2')).toEqual([{ text: 'No', postback: pressed(eventId, ['pb-no', 'no']) }])
})

test.each([
  { name: 'not of a form that it takes', status: 400, type: 'validation' },
  { name: 'of an event that is gone', status: 404, type: 'not_found' },
])('an answer whose button LiveChat calls $name arrives as words', async ({ status, type }) => {
  await offer('More?')
  const { faults } = talk().sandbox.livechat
  faults.add({ operation: 'customer/send_event', kind: 'answer', status, body: { error: { type, message: 'no' } } })
  expect(await answer('1')).toEqual([{ text: 'Yes, please', postback: undefined }])
  expect(await answer('And now?')).toEqual([{ text: 'And now?', postback: undefined }])
})
