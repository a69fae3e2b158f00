import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Payload } from '../../sandbox/botpress'
import { clientFor } from './botpress-fake'
import { createActiveHandoff } from './botpress-handoff'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()
const { settings } = both.botpress
afterEach(() => void vi.useRealTimers())

const CLOSED = 'The human agent closed the conversation. I will continue assisting you.'
const ABORTED = 'Something went wrong, you are not connected to a human agent...'

const bot = () => clientFor(both.botpress.url, { botId: both.installation.botId })
const historyOf = (start: number) => {
  const starts = both.fake.calls.filter(({ type }) => type === 'startHitl')
  return (starts[start]?.body.input as { messageHistory: { source: Payload; type: string; payload: Payload }[] })
    .messageHistory
}
const stops = () => both.fake.calls.filter(({ type }) => type === 'stopHitl')

function removeTags(conversationId: string): void {
  const row = both.botpress.store.conversations.get(conversationId)
  if (row) row.object = { ...row.object, tags: {} }
}

describe('texts', () => {
  test("the plugin's own carry their type, to the customer and to the integration", async () => {
    const { ada, downstreamId } = await createActiveHandoff(both)
    await ada.types('/end')
    await both.botpress.idle()
    const ofPlugin = both.botpress.messagesIn(ada.conversationId).filter(({ payload }) => payload.type === 'text')
    expect(ofPlugin.map(({ payload }) => payload.text)).toEqual([
      'I have escalated this conversation to a human agent. They should be with you shortly.',
      'You have ended the session with the human agent. I will continue assisting you.',
    ])
    const payloads = both.botpress.messagesIn(downstreamId).map(({ payload }) => payload)
    expect(payloads).toEqual([{ type: 'text', text: '( The user has ended the session. )' }])
  })

  test.each([
    { version: '1.3.0', text: 'Sorry, I can only handle text messages for now. Please try again.' },
    {
      version: '1.4.2',
      text: 'Sorry, I can only handle one of the following message types: text, image, video, audio, file, bloc',
    },
  ] as const)('$version refuses a kind that it does not pass on', async ({ version, text }) => {
    settings.plugin.version = version
    const { ada, seen } = await createActiveHandoff(both)
    await ada.sends({ type: 'location', payload: { latitude: 1, longitude: 2 } })
    expect(seen().slice(1)).toEqual([`bot: ${text}`])
  })
})

describe('history', () => {
  test('messages of one millisecond are newest first, all others oldest first', async () => {
    settings.sameMillisecond = true
    const installed = both.botpress.install({ integrationUrl: both.fake.url, configuration: {}, bot: null })
    const ada = installed.customer({})
    const at = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: at })
    await Promise.all([ada.says('one'), ada.says('two')])
    vi.setSystemTime(at + 1)
    await ada.says('three')
    vi.useRealTimers()
    await installed.startHitl(ada, { configurationOverrides: { onHitlHandoffMessage: 'NULL' } })
    expect(historyOf(0).map(({ payload }) => payload.text)).toEqual(['two', 'one', 'three'])
  })

  test('messages follow one another in time unless that is switched on', async () => {
    const ada = both.botpress.customer({})
    vi.useFakeTimers({ toFake: ['Date'] })
    await Promise.all(['one', 'two', 'three'].map((text) => ada.says(text)))
    const times = both.botpress.messagesIn(ada.conversationId).map(({ createdAt }) => createdAt)
    expect(new Set(times).size).toBe(times.length)
    expect([...times].sort()).toEqual(times)
  })

  test("items have no ids and no times; an earlier agent's words are the bot's, with the webchat user in the payload", async () => {
    const { ada, says, emits } = await createActiveHandoff(both)
    await says('Hello from Grace')
    await both.botpress.idle()
    await emits('hitlStopped')
    await both.botpress.idle()
    await ada.says('Once more')
    await both.botpress.handOver(ada)
    const history = historyOf(1)
    for (const item of history) expect(Object.keys(item).sort()).toEqual(['payload', 'source', 'type'])
    const words = history.find(({ payload }) => payload.text === 'Hello from Grace')
    expect(words).toMatchObject({ source: { type: 'bot' }, payload: { userId: expect.any(String) as string } })
    const ofPlugin = history.find(({ payload }) => payload.text === CLOSED)
    expect(ofPlugin).toEqual({ source: { type: 'bot' }, type: 'text', payload: { type: 'text', text: CLOSED } })
  })
})

test('the workflow is continued for the person who started the handoff', async () => {
  const { ada, emits } = await createActiveHandoff(both)
  const bob = both.botpress.customer({ name: 'Bob', joins: ada })
  await emits('hitlStopped')
  await both.botpress.idle()
  const [event] = both.botpress.eventsOf('hitl#continueWorkflow')
  expect(event).toMatchObject({ conversationId: ada.conversationId, userId: ada.userId })
  expect(event?.userId).not.toBe(bob.userId)
})

test.each(['hitlAssigned', 'hitlStopped'] as const)('%s without a link is logged and dropped', async (type) => {
  const { downstreamId, emits, seen, isActive } = await createActiveHandoff(both)
  removeTags(downstreamId)
  await emits(type)
  await both.botpress.idle()
  expect([seen(), isActive(), both.botpress.messagesIn(downstreamId)]).toEqual([[], [true, true], []])
  expect(both.installation.pluginLog).toEqual([expect.stringContaining(downstreamId)])
  expect(both.botpress.eventsOf(type)[0]?.status).toBe('processed')
})

describe('switches of the plugin that are not set', () => {
  test.each([
    { hostFillsDefaults: true, config: {}, isOn: true },
    { hostFillsDefaults: false, config: {}, isOn: false },
    { hostFillsDefaults: false, config: { flowOnHitlStopped: true, useHumanAgentInfo: true }, isOn: true },
    { hostFillsDefaults: true, config: { flowOnHitlStopped: false, useHumanAgentInfo: false }, isOn: false },
  ])('host fills in $hostFillsDefaults, given $config: on is $isOn', async ({ hostFillsDefaults, config, isOn }) => {
    Object.assign(settings.plugin, { hostFillsDefaults, config })
    const { ada, says, emits } = await createActiveHandoff(both)
    await says('Hello')
    await both.botpress.idle()
    expect(ada.sees().at(-1)?.payload.userId !== undefined).toBe(isOn)
    await emits('hitlStopped')
    await both.botpress.idle()
    expect(both.botpress.eventsOf('hitl#continueWorkflow')).toHaveLength(isOn ? 1 : 0)
  })
})

describe('the assignment timeout', () => {
  const fires = async (ada: { conversationId: string; userId: string }, downstreamConversationId: string) => {
    const { conversationId, userId } = ada
    const sessionStartedAt = new Date(Date.now() - 60_000).toISOString()
    const payload = { sessionStartedAt, downstreamConversationId }
    await bot().createEvent({ type: 'hitl#humanAgentAssignedTimeout', payload, conversationId, userId })
    await both.botpress.idle()
  }
  const limited = { input: { configurationOverrides: { agentAssignedTimeoutSeconds: 50 } } }

  test.each([
    { name: 'ends a session that is over its limit', given: limited, inactive: [], ends: true },
    { name: 'ends none without a limit', given: {}, inactive: [], ends: false },
    { name: 'ends none whose agent side is inactive', given: limited, inactive: ['down'], ends: false },
    { name: "ends none whose customer's side is inactive", given: limited, inactive: ['up'], ends: false },
  ])('$name', async ({ given, inactive, ends }) => {
    const { ada, downstreamId } = await createActiveHandoff(both, given)
    for (const id of inactive.map((side) => (side === 'up' ? ada.conversationId : downstreamId))) {
      await bot().setState({ type: 'conversation', id, name: 'hitl#hitl', payload: { hitlActive: false } })
    }
    await fires(ada, downstreamId)
    expect(stops()).toHaveLength(ends ? 1 : 0)
  })
})

test.each([
  { type: 'image', payload: { imageUrl: 'https://x.y/z', text: ' /END ' }, ends: true },
  { type: 'text', payload: { text: '/end' }, ends: true },
  { type: 'image', payload: { imageUrl: 'https://x.y/z', title: '/end' }, ends: false },
])('the close command in $type with $payload ends the session: $ends', async ({ type, payload, ends }) => {
  const { ada } = await createActiveHandoff(both)
  await ada.sends({ type, payload })
  expect(stops()).toHaveLength(ends ? 1 : 0)
})

describe('where webchat refuses to make a user for the agent', () => {
  test("the agent's words appear as the bot's, until it works again", async () => {
    settings.plugin.webchatLink = 'fails'
    const { ada, says } = await createActiveHandoff(both)
    await says('Hello')
    await both.botpress.idle()
    const shown = ada.sees().at(-1)
    expect(shown).toMatchObject({ text: 'Hello', payload: { type: 'text', text: 'Hello' } })
    expect([shown?.name, shown?.payload.userId]).toEqual([undefined, undefined])
    settings.plugin.webchatLink = 'works'
    await says('Here I am')
    await both.botpress.idle()
    expect(ada.sees().at(-1)).toMatchObject({ text: 'Here I am', name: 'Grace' })
  })

  test('a fault fails one call: of the two for first words the second still links', async () => {
    const { ada, says } = await createActiveHandoff(both)
    both.botpress.faults.add({ operation: 'action/webchat:getOrCreateUser', kind: 'refuse' })
    await says('Hello')
    await says('Here I am')
    await both.botpress.idle()
    const names = ada
      .sees()
      .filter(({ from }) => from === 'agent')
      .map(({ name }) => name)
    expect(names).toEqual([undefined, 'Grace'])
  })
})

test('the first words of a person end the handoff upstream only, and the integration gets nothing', async () => {
  const ada = both.botpress.customer({ name: 'Ada' })
  await ada.says('Hi')
  const { downstreamId = '' } = await both.botpress.handOver(ada)
  const eve = both.botpress.customer({ name: 'Eve', joins: ada })
  both.fake.calls.length = 0
  await eve.says('Me too')
  await both.botpress.idle()
  expect(ada.sees().at(-1)?.text).toBe(ABORTED)
  expect([both.botpress.isActive(ada.conversationId), both.botpress.isActive(downstreamId)]).toEqual([false, true])
  expect(both.fake.calls).toEqual([])
})

test('additionalData of an agent is kept beside the ids of both messages, 500 characters at most', async () => {
  settings.hitlInterface = '2.1.0'
  const { ada, grace, downstreamId } = await createActiveHandoff(both)
  const write = (additionalData: string) =>
    both.client().createMessage({
      type: 'text',
      payload: { text: 'Hello', additionalData },
      userId: grace.id,
      conversationId: downstreamId,
      tags: {},
    })
  await expect(write('x'.repeat(501))).rejects.toMatchObject({ type: 'InvalidDataFormat' })
  const { message } = await write('x'.repeat(500))
  const asked = await ada.says('Hello?')
  await both.botpress.idle()
  const relayed = both.botpress
    .messagesIn(ada.conversationId)
    .find(({ tags }) => tags['hitl#downstream'] === message.id)
  expect(relayed).toMatchObject({
    tags: { 'hitl#additionalData': 'x'.repeat(500) },
    payload: { text: 'Hello', additionalData: 'x'.repeat(500) },
  })
  expect(both.botpress.messagesIn(downstreamId).at(-1)?.tags).toEqual({ 'hitl#upstream': asked.id })
})
