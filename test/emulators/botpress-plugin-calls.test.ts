import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createActiveHandoff } from './botpress-handoff'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()
const { settings } = both.botpress

const JOINED = 'bot: A human agent has joined the conversation.'
const CLOSED = 'bot: The human agent closed the conversation. I will continue assisting you.'
const BACK = 'bot: I am back. Is there anything else?'

/** Lets the bot process at once what was created meanwhile. */
async function together(create: () => Promise<unknown>): Promise<void> {
  both.botpress.hold()
  await create()
  both.botpress.release()
  await both.botpress.idle()
}

describe('the plugin makes a runtime call for each thing it reads or writes', () => {
  test('start', async () => {
    const ada = both.botpress.customer({ channel: 'whatsapp' })
    await ada.says('Hi')
    const before = both.installation.pluginCalls.length
    await both.botpress.handOver(ada, { configurationOverrides: { agentAssignedTimeoutSeconds: 60 } })
    expect(both.installation.pluginCalls.slice(before)).toEqual([
      ...['getConversation', 'getOrSetState', 'listMessages', 'setState', 'createMessage'],
      ...['getUser', 'callAction', 'getUser', 'updateUser', 'updateUser'],
      ...['listMessages', 'getUser', 'callAction', 'getConversation', 'setState'],
      ...['updateConversation', 'updateConversation', 'updateConversation'],
      ...['setState', 'setState', 'setState', 'setState', 'createEvent'],
    ])
  })

  test("a customer's message", async () => {
    const { ada, calls } = await createActiveHandoff(both)
    await ada.says('Hello?')
    expect(calls()).toEqual([
      ...['getConversation', 'getOrSetState', 'getState', 'getUser', 'getConversation', 'createMessage'],
    ])
  })

  test("an agent's first message assigns between reading who is assigned and relaying", async () => {
    const { says, calls } = await createActiveHandoff(both, { channel: 'whatsapp' })
    await says('Hello')
    await both.botpress.idle()
    expect(calls()).toEqual([
      ...['getConversation', 'getOrSetState', 'getUser', 'getState', 'getConversation', 'getState'],
      ...['getConversation', 'getUser', 'getState'],
      ...['updateConversation', 'updateConversation', 'createMessage', 'getState'],
      'createMessage',
    ])
  })

  test('a later message of the agent, in webchat', async () => {
    const { says, calls } = await createActiveHandoff(both)
    await says('Hello')
    await both.botpress.idle()
    const before = calls().length
    await says('More')
    await both.botpress.idle()
    expect(calls().slice(before)).toEqual([
      ...['getConversation', 'getOrSetState', 'getUser', 'getState', 'getConversation', 'getState', 'createMessage'],
    ])
  })

  test('an end notifies the customer while it deactivates both sides', async () => {
    const { emits, calls } = await createActiveHandoff(both)
    await emits('hitlStopped')
    await both.botpress.idle()
    const side = ['setState', 'updateConversation', 'setState']
    expect(calls().slice(0, 13)).toEqual([
      ...['getConversation', 'getOrSetState', 'getConversation', 'getState'],
      ...['createMessage', ...side, ...side],
      ...['getState', 'createEvent'],
    ])
  })
})

describe('hooks of one conversation', () => {
  test.each([
    { concurrent: true, joined: 3 },
    { concurrent: false, joined: 1 },
  ])('overlap: $concurrent, three quick first messages announce the agent $joined times', async (each) => {
    const { says, seen } = await createActiveHandoff(both)
    settings.processing.concurrent = each.concurrent
    settings.plugin.callMs = 5
    await together(async () => {
      for (const text of ['one', 'two', 'three']) await says(text)
    })
    expect(seen().filter((line) => line === JOINED)).toHaveLength(each.joined)
    expect(seen().filter((line) => line.startsWith('agent: '))).toHaveLength(3)
  })

  test('overlapping, "closed" comes before "joined"', async () => {
    const { emits, seen } = await createActiveHandoff(both)
    settings.processing.concurrent = true
    settings.plugin.callMs = 5
    await together(async () => {
      await emits('hitlAssigned')
      await emits('hitlStopped')
    })
    expect(seen().filter((line) => [JOINED, CLOSED].includes(line))).toEqual([CLOSED, JOINED])
  })

  test('overlapping, "closed" comes before the last words', async () => {
    const { says, emits, seen } = await createActiveHandoff(both)
    settings.processing.concurrent = true
    settings.plugin.callMs = 5
    await together(async () => {
      await says('Goodbye')
      await emits('hitlStopped')
    })
    expect(seen()).toEqual([CLOSED, BACK, JOINED, 'agent: Goodbye'])
  })

  test.each([
    { payloadQueues: true, seen: [JOINED, 'agent: Goodbye', CLOSED, BACK] },
    { payloadQueues: false, seen: [CLOSED, BACK, JOINED, 'agent: Goodbye'] },
  ])('an event waits for the conversation that its payload names: $payloadQueues', async (each) => {
    const handoff = await createActiveHandoff(both)
    settings.processing.payloadQueues = each.payloadQueues
    settings.plugin.callMs = 5
    await together(async () => {
      await handoff.says('Goodbye')
      await handoff.emits('hitlStopped')
    })
    expect(handoff.seen()).toEqual(each.seen)
  })

  test.each([
    { concurrent: false, told: 1 },
    { concurrent: true, told: 2 },
  ])('of two ends the second does nothing, unless they overlap ($concurrent)', async ({ concurrent, told }) => {
    const { emits, seen } = await createActiveHandoff(both)
    settings.processing.concurrent = concurrent
    settings.processing.payloadQueues = true
    settings.plugin.callMs = 5
    await together(async () => {
      await emits('hitlStopped')
      await emits('hitlStopped')
    })
    expect(seen().filter((line) => line === CLOSED)).toHaveLength(told)
  })
})

describe('time of the calls', () => {
  test('each takes that long, and some more at random', async () => {
    const { ada, calls } = await createActiveHandoff(both)
    Object.assign(settings.plugin, { callMs: 20, callJitterMs: 5 })
    const begun = performance.now()
    await ada.says('Hello?')
    expect(performance.now() - begun).toBeGreaterThanOrEqual(20 * calls().length - calls().length)
  })

  test('the text of an end reaches the integration before the action that follows round trips later', async () => {
    const { ada } = await createActiveHandoff(both)
    settings.plugin.callMs = 20
    await ada.types('/end')
    await both.botpress.idle()
    const asked = both.fake.calls.map(({ type, operation }) => type ?? operation)
    expect(asked.slice(-2)).toEqual(['message_created', 'stopHitl'])
  })

  test('a reset leaves nothing of a hook that was under way', async () => {
    const { ada, says } = await createActiveHandoff(both)
    settings.plugin.callMs = 20
    await says('Hello')
    both.botpress.reset()
    await both.botpress.idle()
    await sleep(40) // longer than the call that was under way: nothing may come of it
    expect(both.installation.failures).toEqual([])
    expect(both.botpress.messagesIn(ada.conversationId)).toEqual([])
  })
})
