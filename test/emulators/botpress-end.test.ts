import { describe, expect, test } from 'vitest'
import type { StartHitlInput } from '../../sandbox/botpress'
import { agentSays, newAgent } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()

const CANCELLED = '( The user has ended the session. )'
const BACK = 'I am back. Is there anything else?'

async function live(input: StartHitlInput = {}) {
  const ada = both.botpress.customer({ name: 'Ada' })
  await ada.says('Hi')
  const { downstreamId = '' } = await both.botpress.handOver(ada, { userEmail: 'ada@example.com', ...input })
  const before = ada.sees().length
  const stopped = () => both.client().createEvent({ type: 'hitlStopped', payload: { conversationId: downstreamId } })
  const seenSince = () =>
    ada
      .sees()
      .slice(before)
      .map(({ text }) => text)
  const active = () => [both.botpress.isActive(ada.conversationId), both.botpress.isActive(downstreamId)]
  const reason = () => both.botpress.store.conversations.get(downstreamId)?.object.tags['hitl#hitlEndReason']
  return { ada, downstreamId, stopped, seenSince, active, reason }
}

const stops = () => both.fake.calls.filter(({ type }) => type === 'stopHitl')
const toldDown = (id: string) => both.botpress.messagesIn(id).map(({ payload }) => payload.text)
const continued = () => both.botpress.botEvents.filter(({ type }) => type === 'hitl#continueWorkflow')
const failing = { status: 400, body: { id: 'err_1', code: 400, type: 'Runtime', message: 'cannot stop' } }

test('a: the integration ends it and is not called back', async () => {
  const { stopped, seenSince, active, reason, downstreamId } = await live()
  await stopped()
  await both.botpress.idle()
  expect(seenSince()).toEqual(['The human agent closed the conversation. I will continue assisting you.', BACK])
  expect(active()).toEqual([false, false])
  expect(reason()).toBe('agent-closed-ticket')
  expect([stops(), toldDown(downstreamId), continued().length]).toEqual([[], [], 1])
})

test('a: a second hitlStopped does nothing', async () => {
  const { stopped, seenSince } = await live()
  await stopped()
  await both.botpress.idle()
  await stopped()
  await both.botpress.idle()
  expect(seenSince()).toHaveLength(2)
})

test.each(['/end', '  /END '])('b: the customer types "%s"', async (command) => {
  const { ada, seenSince, active, reason, downstreamId } = await live()
  await ada.types(command)
  await both.botpress.idle()
  expect(seenSince()).toEqual([
    command,
    'You have ended the session with the human agent. I will continue assisting you.',
    BACK,
  ])
  expect(active()).toEqual([false, false])
  expect(reason()).toBe('patient-used-termination-command')
  expect(stops().map(({ body }) => body.input)).toEqual([{ conversationId: downstreamId }])
  expect(toldDown(downstreamId)).toEqual([CANCELLED])
  expect(continued()).toHaveLength(1)
})

test('b: the text reaches the integration without an author', async () => {
  const { ada } = await live()
  await ada.types('/end')
  await both.botpress.idle()
  const told = both.fake.calls.find(({ operation }) => operation === 'message_created')
  expect(told?.body.payload).toEqual({ type: 'text', text: CANCELLED })
})

test('b: both sides are inactive before stopHitl runs', async () => {
  const { ada, active } = await live()
  let during: boolean[] = []
  both.fake.on('stopHitl', () => {
    during = active()
    return undefined
  })
  await ada.types('/end')
  expect(during).toEqual([false, false])
})

test('b: when stopHitl throws, the closing words and the workflow are skipped', async () => {
  const { ada, seenSince, active } = await live()
  both.fake.on('stopHitl', () => failing)
  await ada.types('/end')
  await both.botpress.idle()
  expect(seenSince()).toEqual(['/end'])
  expect(active()).toEqual([false, false])
  expect(both.installation.failures).toEqual([expect.stringContaining('cannot stop')])
})

test('c: the bot ends it, says nothing and goes on by itself', async () => {
  const { ada, seenSince, active, reason, downstreamId } = await live()
  await both.botpress.stopHitl(ada)
  await both.botpress.idle()
  expect([seenSince(), active(), reason()]).toEqual([[], [false, false], 'close-action-called'])
  expect([stops().length, toldDown(downstreamId), continued().length]).toEqual([1, [CANCELLED], 0])
})

test('c: when stopHitl throws, the action of the bot fails', async () => {
  const { ada } = await live()
  both.fake.on('stopHitl', () => failing)
  await expect(both.botpress.stopHitl(ada)).rejects.toThrow('cannot stop')
})

describe('d: nobody is assigned in time', () => {
  const inTime = { configurationOverrides: { agentAssignedTimeoutSeconds: 0.05 } }

  test('the session ends', async () => {
    const { ada, seenSince, active, reason, downstreamId } = await live(inTime)
    await ada.waitToSee(({ text }) => text === BACK)
    await both.botpress.idle()
    expect(seenSince()[0]).toContain('No human agent is available at the moment.')
    expect(active()).toEqual([false, false])
    expect(reason()).toBe('agent-assignment-timeout')
    expect([stops().length, toldDown(downstreamId), continued().length]).toEqual([1, [CANCELLED], 1])
  })

  test('it never ends so once an agent was assigned in this upstream conversation, even in an earlier session', async () => {
    const { ada, downstreamId, stopped } = await live()
    const grace = await newAgent(both.client())
    await agentSays(both.client(), downstreamId, grace.id, 'Hello')
    await stopped()
    await both.botpress.idle()
    await ada.says('Once more')
    await both.botpress.handOver(ada, inTime)
    const isDone = () => both.botpress.eventsOf('hitl#humanAgentAssignedTimeout')[0]?.status === 'processed'
    await expect.poll(isDone).toBe(true)
    expect(both.botpress.isActive(ada.conversationId)).toBe(true)
  })
})

describe('e: something the plugin needs is missing', () => {
  test('upstream: only that side ends, and only the customer is notified', async () => {
    const { ada, seenSince, active, downstreamId } = await live()
    const row = both.botpress.store.conversations.get(ada.conversationId)
    if (row) row.object = { ...row.object, tags: {} }
    await ada.says('Hello?')
    await both.botpress.idle()
    expect(seenSince().at(-1)).toContain('Something went wrong')
    expect([active(), stops(), toldDown(downstreamId)]).toEqual([[false, true], [], []])
  })

  test('downstream: only that side ends, and the integration gets the text', async () => {
    const { downstreamId, active, seenSince } = await live()
    const row = both.botpress.store.conversations.get(downstreamId)
    if (row) row.object = { ...row.object, tags: {} }
    const grace = await newAgent(both.client())
    await agentSays(both.client(), downstreamId, grace.id, 'Hello')
    await both.botpress.idle()
    expect(toldDown(downstreamId).at(-1)).toContain('Something went wrong')
    expect([active(), seenSince(), stops()]).toEqual([[true, false], [], []])
  })
})

test('flowOnHitlStopped false keeps the workflow where it is', async () => {
  const { stopped } = await live({ configurationOverrides: { flowOnHitlStopped: false } })
  await stopped()
  await both.botpress.idle()
  expect(continued()).toEqual([])
})

test("afterwards the agent's messages are not delivered, and the bot answers the customer", async () => {
  const { ada, stopped, downstreamId, seenSince } = await live()
  await stopped()
  await both.botpress.idle()
  const grace = await newAgent(both.client())
  await agentSays(both.client(), downstreamId, grace.id, 'One more thing')
  await ada.says('price?')
  await both.botpress.idle()
  expect(seenSince().slice(2)).toEqual(['price?', 'Our plans start at 20 dollars a month.'])
})

test('a late hitlStopped of the old session leaves the new one alone', async () => {
  const { ada, stopped } = await live()
  await both.botpress.stopHitl(ada)
  await ada.says('Again')
  await both.botpress.handOver(ada)
  await stopped()
  await both.botpress.idle()
  expect(both.botpress.isActive(ada.conversationId)).toBe(true)
})
