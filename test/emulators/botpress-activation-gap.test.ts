import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { agentSays, newAgent } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()

/** The activation gap: runs `during` after the integration has returned and before the plugin is active. */
async function inGap(during: (downstreamId: string) => Promise<unknown>) {
  const { botpress, installation } = both
  botpress.holdStart('link')
  const ada = botpress.customer({ name: 'Ada' })
  await ada.says('Hi')
  const started = botpress.handOver(ada)
  const { downstreamId = '' } = await installation.whenSession('returned')
  await during(downstreamId)
  await botpress.idle()
  botpress.releaseStart()
  await started
  return { ada, downstreamId }
}

test('an agent message is swallowed for good, although it is stored', async () => {
  const grace = await newAgent(both.client())
  const { ada, downstreamId } = await inGap((id) => agentSays(both.client(), id, grace.id, 'Too early'))
  expect(both.botpress.messagesIn(downstreamId)).toHaveLength(1)
  expect(ada.sees().filter(({ from }) => from === 'agent')).toEqual([])
  expect(both.installation.failures).toEqual([])
})

test('an assignment is swallowed and made up for by the first message', async () => {
  const grace = await newAgent(both.client())
  const assigned = (conversationId: string) =>
    both.client().createEvent({ type: 'hitlAssigned', payload: { conversationId, userId: grace.id } })
  const { ada, downstreamId } = await inGap(assigned)
  const joined = () => ada.sees().filter(({ text }) => text === 'A human agent has joined the conversation.')
  expect(joined()).toHaveLength(0)
  await agentSays(both.client(), downstreamId, grace.id, 'Hello')
  await both.botpress.idle()
  expect(joined()).toHaveLength(1)
})

test('an end is swallowed, and the session becomes active all the same', async () => {
  const stopped = (conversationId: string) =>
    both.client().createEvent({ type: 'hitlStopped', payload: { conversationId } })
  const { ada, downstreamId } = await inGap(stopped)
  expect(both.botpress.isActive(ada.conversationId)).toBe(true)
  expect(both.botpress.eventsOf('hitlStopped')[0]?.status).toBe('processed')
  await both.client().createEvent({ type: 'hitlStopped', payload: { conversationId: downstreamId } })
  await both.botpress.idle()
  expect(both.botpress.isActive(ada.conversationId)).toBe(false)
})

test("a customer's words go to the bot", async () => {
  const { botpress } = both
  botpress.holdStart('activation')
  const ada = botpress.customer({})
  const started = botpress.handOver(ada)
  await both.installation.whenSession('linked')
  await ada.says('price?')
  botpress.releaseStart()
  await started
  expect(ada.sees().at(-1)?.text).toBe('Our plans start at 20 dollars a month.')
  expect(both.fake.calls.filter(({ operation }) => operation === 'message_created')).toEqual([])
})

test('the link changes updatedAt of our conversation', async () => {
  const read = async (id: string) => (await both.client().getConversation({ id })).conversation.updatedAt
  let before = ''
  const { downstreamId } = await inGap(async (id) => {
    before = await read(id)
  })
  expect(Date.parse(await read(downstreamId))).toBeGreaterThan(Date.parse(before))
})

test('what is scheduled reaches the customer later, when schedules are honoured', async () => {
  const grace = await newAgent(both.client())
  const scheduled = (conversationId: string) => {
    const message = { type: 'text', payload: { text: 'Later' }, userId: grace.id, conversationId, tags: {} }
    return both.client().createMessage({ ...message, schedule: { delay: 300 } })
  }
  const { ada } = await inGap(scheduled)
  await expect(ada.waitToSee(({ text }) => text === 'Later', 2_000)).resolves.toMatchObject({ from: 'agent' })
  both.botpress.reset()
  both.botpress.settings.schedule = 'ignored'
  const again = await newAgent(both.client())
  const { ada: bob } = await inGap((conversationId) =>
    both.client().createMessage({
      ...{ type: 'text', payload: { text: 'Later' }, userId: again.id, conversationId, tags: {} },
      schedule: { delay: 300 },
    }),
  )
  await sleep(350) // the absence of a later message is what is shown
  expect(bob.sees().filter(({ from }) => from === 'agent')).toEqual([])
})
