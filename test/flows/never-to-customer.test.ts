import { expect, test } from 'vitest'
import { envelope, eventFrom } from './deliveries'
import { BOT_ID, createHandoff, MARIA } from './handoffs'
import { agentMessages, newAgentMessages } from './visible'
import { useActiveHandoff } from './sandboxes'

const talk = useActiveHandoff()

const maria = () => talk().sandbox.livechat.agent(MARIA)

/** Posts an event of the chat as LiveChat would; answers the status. */
async function post(event: Record<string, unknown>, author: string | undefined = MARIA): Promise<number> {
  const { sandbox } = talk()
  const delivery = envelope(sandbox, 'incoming_event', eventFrom(author, talk(), event))
  return (await sandbox.livechat.webhooks.post(delivery)).status
}

const CUSTOMER_ID = '1f0d5a3e-5a3b-4c1d-9e2f-6b7a8c9d0e1f'

test.each([
  { name: 'a note', event: { type: 'message', text: 'psst', visibility: 'agents' } },
  {
    name: 'a note in the words of older versions',
    event: { type: 'message', text: 'psst', visibility: undefined, recipients: 'agents' },
  },
  {
    name: 'words for a circle that we do not know',
    event: { type: 'message', text: 'psst', visibility: 'supervisors' },
  },
  {
    name: 'a private file',
    event: { type: 'file', url: 'https://cdn.livechat-files.com/a.pdf', visibility: 'agents' },
  },
  {
    name: 'a private rich message',
    event: { type: 'rich_message', elements: [{ title: 'psst' }], visibility: 'agents' },
  },
  { name: 'a form', event: { type: 'form', form_id: 'f', fields: [] } },
  { name: 'a filled form', event: { type: 'filled_form', form_id: 'f', fields: [] } },
  { name: 'a custom event', event: { type: 'custom', content: { text: 'psst' } } },
  { name: 'a system message', event: { type: 'system_message', system_message_type: 'x', text: 'psst' } },
  { name: 'a system event', event: { type: 'system', text: 'psst' } },
  { name: 'an annotation', event: { type: 'annotation', annotation_type: 'rating', text: 'psst' } },
  { name: 'a deleted message', event: { type: 'message', text: 'psst', deleted: true } },
  {
    name: 'an automatic welcome',
    event: { type: 'message', text: 'psst', properties: { lc2: { welcome_message: true } } },
  },
  { name: 'an echo of our own words', event: { type: 'message', text: 'psst', custom_id: 'hitl-msg_1' } },
  { name: 'words of a bot', author: BOT_ID, event: { type: 'message', text: 'psst' } },
  { name: 'words of a customer', author: CUSTOMER_ID, event: { type: 'message', text: 'psst' } },
  { name: 'words of nobody', author: '', event: { type: 'message', text: 'psst' } },
  {
    name: 'words of somebody who is not in the chat',
    author: 'eve@acme.test',
    event: { type: 'message', text: 'psst' },
  },
  { name: 'a message without words', event: { type: 'message', text: ' ' } },
])('$name never reaches the customer', async ({ author, event }) => {
  const { sandbox, conversationId } = talk()
  const known = sandbox.botpress.messagesIn(conversationId).length
  expect(await post(event, author)).toBe(200)
  await sandbox.settled()
  expect(sandbox.botpress.messagesIn(conversationId)).toHaveLength(known)
})

test('the same words without such a mark do reach the customer', async () => {
  const seen = await newAgentMessages(talk(), () => post({ type: 'message', text: 'psst' }))
  expect(seen).toMatchObject([{ text: 'psst' }])
})

test('a private note stays at the desk', async () => {
  const { sandbox, chatId } = talk()
  const seen = await newAgentMessages(talk(), () => {
    maria().notes(chatId, 'This customer is trouble.')
    maria().says(chatId, 'One moment.')
  })
  expect(seen).toMatchObject([{ text: 'One moment.' }])
  expect(JSON.stringify([...sandbox.botpress.store.messages.values()])).not.toContain('trouble')
})

test('a type that nobody knows yet is ignored with one line in the log that names it', async () => {
  const seen = await newAgentMessages(talk(), async () => {
    expect(await post({ type: 'hologram', text: 'psst' })).toBe(200)
  })
  expect(seen).toEqual([])
  const lines = talk().sandbox.integration.output().split('\n')
  expect(lines.filter((line) => line.includes('hologram'))).toHaveLength(1)
})

test('what the customer says does not come back', async () => {
  const { sandbox, customer } = talk()
  const { installation, configuration, livechat } = sandbox
  // As after a set-up by hand: without a filter LiveChat tells of everybody's words.
  const door = { url: installation.webhookUrl, secretKey: configuration.webhookSecret }
  livechat.webhooks.registerManually({ action: 'incoming_event', ...door })
  await customer.says('Can you hear me?')
  const echo = await sandbox.livechat.wire.waitFor(
    ({ operation, requestBody }) =>
      operation === 'webhook/incoming_event' && JSON.stringify(requestBody).includes('Can you hear me?'),
  )
  await sandbox.settled()
  expect(echo.status).toBe(200)
  const heard = customer.sees().filter(({ text }) => text === 'Can you hear me?')
  expect(heard.map(({ from }) => from)).toEqual(['customer'])
})

test("what LiveChat's own bots and its router say announces nobody", async () => {
  const { sandbox } = talk()
  const { livechat, botpress } = sandbox
  const handOver = await createHandoff(sandbox, 'Bob')
  livechat.bot().joins(handOver.chatId)
  livechat.bot().says(handOver.chatId, 'Beep')
  livechat.router.writes(handOver.chatId, { type: 'routing.assigned_deleted', text: 'Somebody left' })
  await sandbox.settled()
  expect(agentMessages(handOver)).toEqual([])
  // The plugin would announce an agent at the first message of all, whoever wrote it.
  const written = botpress.messagesIn(handOver.conversationId).filter(({ direction }) => direction === 'incoming')
  expect(written).toEqual([])
})
