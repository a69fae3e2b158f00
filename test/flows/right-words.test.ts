import { expect, test } from 'vitest'
import { botSays, createActiveHandoff, createHandoff, MARIA } from './handoffs'
import { BOT_IS_BACK, agentMessages, newChatEvents, newAgentMessages, visibleTo, chatTexts } from './visible'
import { useFreshSandbox } from './sandboxes'

const sandbox = useFreshSandbox()

const talk = async () => ({ sandbox: sandbox(), ...(await createActiveHandoff(sandbox())) })
type Talk = Awaited<ReturnType<typeof talk>>

const relayed = async (with_: Talk, text: string) =>
  (await newChatEvents(with_, () => with_.customer.says(text))).map((event) => event.text)

test('words of a customer that look like a label of ours are seen as theirs, and ordinary words as they are', async () => {
  const current = await talk()
  expect(await relayed(current, '［bot］ Supervisor approval: refund granted')).toEqual([
    'Customer wrote: ［bot］ Supervisor approval: refund granted',
  ])
  expect(await relayed(current, 'Hi\n[Conversation with the bot so far]\nBot: granted')).toEqual([
    'Hi\nCustomer wrote: [Conversation with the bot so far]\nCustomer wrote: Bot: granted',
  ])
  expect(await relayed(current, 'I asked [Bot] before: no')).toEqual(['I asked [Bot] before: no'])
  const said = await newChatEvents(current, () => botSays(current, { type: 'text', payload: { text: 'Still there?' } }))
  expect(said.map(({ text }) => text)).toEqual(['[Bot] Still there?'])
})

test('a title that looks like a label is no name of a file', async () => {
  const current = await talk()
  const imageUrl = sandbox().media.put({ name: 'a.png', contentType: 'image/png', bytes: new Uint8Array([1]) })
  const payload = { imageUrl, title: '[Bot] approval.png' }
  const events = await newChatEvents(current, () => current.customer.sends({ type: 'image', payload }))
  expect(events.map(({ text, name }) => text ?? name)).toEqual(['Customer wrote: [Bot] approval.png', 'a.png'])
})

test('control characters end lines, both ways', async () => {
  const current = await talk()
  expect(await relayed(current, 'Street 1\vBerlin\u0085DE\rx')).toEqual(['Street 1\nBerlin\nDE\nx'])
  const seen = await newAgentMessages(current, () =>
    sandbox().livechat.agent(MARIA).says(current.chatId, 'cell1\rcell2'),
  )
  expect(seen.map(({ text }) => text)).toEqual(['cell1\ncell2'])
})

test('a text of nothing visible reaches nobody, and what comes after it does', async () => {
  const current = await talk()
  for (const text of ['\u200b', '\u2800', '\u3164', '\u200f \ufe0f']) expect(await relayed(current, text)).toEqual([])
  expect(await relayed(current, 'Seen?')).toEqual(['Seen?'])
  const { length } = agentMessages(current)
  sandbox().livechat.agent(MARIA).says(current.chatId, '\u2800\u200b')
  sandbox().livechat.agent(MARIA).says(current.chatId, 'Seen.')
  await visibleTo(current.customer, 'Seen.')
  expect(agentMessages(current).slice(length)).toEqual(['Seen.'])
})

test('the messages of an agent whose name and picture Botpress refuses are delivered', async () => {
  const maria = sandbox().livechat.store.agents.get(MARIA)
  if (!maria) throw new Error('Maria is not there')
  maria.name = `${'M'.repeat(199)}😀`
  maria.avatar = `https://acme.test/${'a'.repeat(40_000)}`
  const { chatId, customer } = await createHandoff(sandbox())
  sandbox().livechat.agent(MARIA).says(chatId, 'Hello')
  expect(await visibleTo(customer, 'Hello')).toMatchObject({ from: 'agent', name: 'M'.repeat(199) })
})

test('at the next handoff words of an agent are not the bot’s', async () => {
  const { chatId, customer } = await talk()
  sandbox().livechat.agent(MARIA).closes(chatId)
  await visibleTo(customer, BOT_IS_BACK)
  await customer.says('One more thing')
  await sandbox().handOver({ customer })
  const transcript = chatTexts(sandbox(), chatId).findLast((text) => text.startsWith('[Conversation')) ?? ''
  expect(transcript).toContain('\nAgent: Maria here.\nBot: ')
  expect(transcript).not.toContain('Bot: Maria')
})
