import { describe, expect, test } from 'vitest'
import type { BotScript, CodeCard, Event } from '../../sandbox/botpress'
import { createActiveHandoff } from './botpress-handoff'
import { clientFor } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()

/** A bot of its own for a test, with the client of its integration. */
function botWith(script: BotScript) {
  const bot = both.botpress.install({ integrationUrl: both.fake.url, configuration: {}, bot: script })
  return { bot, client: clientFor(both.botpress.url, bot) }
}

const chatIds = { chatId: 'QA1', threadId: 'QA2' }

describe('events of the integration, while a handoff is active and when it is over', () => {
  test.each([
    { name: 'the conversation in the payload', event: (down: string) => ({ payload: { conversationId: down } }) },
    { name: 'the conversation beside it', event: (down: string) => ({ payload: {}, conversationId: down }) },
  ])('$name: swallowed, then passed', async ({ event }) => {
    const { ada, downstreamId } = await createActiveHandoff(both)
    const emit = async () => {
      await both.client().createEvent({ type: 'queued', ...event(downstreamId) })
      await both.botpress.idle()
    }
    await emit()
    expect(both.botpress.botEvents).toEqual([])
    await both.botpress.stopHitl(ada)
    await emit()
    expect(both.botpress.botEvents).toMatchObject([{ type: 'desk:queued' }])
  })

  test('ids of both conversations under other names pass', async () => {
    const { ada, downstreamId } = await createActiveHandoff(both)
    const payload = { ...chatIds, hitlConversationId: downstreamId, upstreamConversationId: ada.conversationId }
    await both.client().createEvent({ type: 'queued', payload })
    await both.botpress.idle()
    expect(both.botpress.botEvents).toMatchObject([{ payload }])
  })

  test("the customer's conversation cannot be named; where it can, the event is swallowed", async () => {
    const { ada } = await createActiveHandoff(both)
    const emit = () => both.client().createEvent({ type: 'queued', payload: {}, conversationId: ada.conversationId })
    await expect(emit()).rejects.toMatchObject({ type: 'ReferenceNotFound' })
    both.botpress.settings.integrationSees = 'everything'
    await emit()
    await both.botpress.idle()
    expect(both.botpress.botEvents).toEqual([])
  })

  test('an id of LiveChat under conversationId makes its processing fail', async () => {
    await both.client().createEvent({ type: 'queued', payload: { conversationId: 'QA1' } })
    await both.botpress.idle()
    expect(both.botpress.eventsOf('queued')).toMatchObject([{ status: 'failed' }])
    expect(both.installation.failures).toEqual([expect.stringContaining('ResourceNotFound')])
  })
})

describe('an Execute Code card', () => {
  test("writes into the customer's conversation in the middle of a handoff, and the agent does not get it", async () => {
    const { ada, seen } = await createActiveHandoff(both)
    const card = both.installation.codeCard(ada)
    both.fake.calls.length = 0
    await card.say('Your last message did not get through.')
    await both.botpress.idle()
    expect(seen()).toEqual(['bot: Your last message did not get through.'])
    expect(both.fake.calls).toEqual([])
  })

  test('reads the tags of the plugin and those of the integration', async () => {
    const { ada, downstreamId } = await createActiveHandoff(both)
    const card = both.installation.codeCard(ada)
    const upstream = await card.getConversation(ada.conversationId)
    const downstream = await card.getConversation(upstream.tags['hitl#downstream'] ?? '')
    expect(downstream).toMatchObject({
      id: downstreamId,
      tags: { 'hitl#upstream': ada.conversationId, 'desk:ticket': expect.any(String) as string },
    })
    const linked = (await card.getUser(ada.userId)).tags['hitl#downstream'] ?? ''
    expect((await card.getUser(linked)).tags['desk:email']).toBe('ada@example.com')
  })

  test("finds the customer's own message behind the one that the integration got", async () => {
    const { ada, downstreamId } = await createActiveHandoff(both)
    const card = both.installation.codeCard(ada)
    const said = await ada.says('Hello?')
    const [relayed] = await card.listMessages(downstreamId)
    const { tags } = await card.getMessage(relayed?.id ?? '')
    expect(tags['hitl#upstream']).toBe(said.id)
  })

  test('calls an action of the integration, and rejects with its sentence', async () => {
    both.fake.on('createUser', ({ body }) =>
      JSON.stringify(body).includes('Bob')
        ? undefined
        : { status: 400, body: { id: 'err_1', code: 400, type: 'Runtime', message: 'Not today' } },
    )
    const card = both.installation.codeCard(both.botpress.customer({}))
    expect(await card.callAction('createUser', { name: 'Bob', email: 'b@b.c' })).toHaveProperty('userId')
    await expect(card.callAction('createUser', { name: 'Eve' })).rejects.toThrow('Not today')
  })
})

describe('the flow of a trigger', () => {
  test('has no conversation: what says something there fails', async () => {
    const { bot, client } = botWith({ onEvent: async (_event, card) => void (await card.say('Hello')) })
    await client.createEvent({ type: 'queued', payload: chatIds })
    await both.botpress.idle()
    expect(bot.failures).toEqual([expect.stringContaining('no conversation')])
  })

  test("runs in the customer's conversation once a card has set it", async () => {
    const told: Event[] = []
    const { bot, client } = botWith({
      onEvent: async (event, card) => {
        told.push({ ...event })
        event.conversationId = String(event.payload.upstreamConversationId)
        await card.say(`You are number ${String(event.payload.position)}.`)
      },
    })
    const ada = bot.customer({ name: 'Ada' })
    const payload = { ...chatIds, upstreamConversationId: ada.conversationId, position: 2 }
    await client.createEvent({ type: 'queued', payload })
    await both.botpress.idle()
    expect(ada.sees()).toMatchObject([{ from: 'bot', text: 'You are number 2.' }])
    expect(told).toMatchObject([{ type: 'desk:queued' }])
    expect(told[0]?.conversationId).toBeUndefined()
    expect(bot.botEvents[0]?.conversationId).toBeUndefined()
  })

  test('hands over for the customer whom a card has set, and needs both ids for that', async () => {
    const handOver = async (event: Event, card: CodeCard) => {
      event.conversationId = String(event.payload.upstreamConversationId)
      if (event.payload.upstreamUserId) event.userId = String(event.payload.upstreamUserId)
      await card.startHitl({ title: 'The agent wrote first', configurationOverrides: { onHitlHandoffMessage: 'NULL' } })
    }
    const { bot, client } = botWith({ onEvent: handOver })
    const ada = bot.customer({ name: 'Ada', email: 'ada@example.com' })
    await ada.says('Hi')
    const emit = async (ids: object) => {
      const payload = { upstreamConversationId: ada.conversationId, ...ids }
      await client.createEvent({ type: 'queued', payload })
      await both.botpress.idle()
    }
    await emit({})
    expect(bot.failures).toEqual([expect.stringContaining('no customer')])
    await emit({ upstreamUserId: ada.userId })
    expect(bot.sessions).toMatchObject([{ phase: 'active', upstreamId: ada.conversationId }])
    const created = both.fake.calls.find(({ type }) => type === 'createUser')
    expect(created?.body.input).toMatchObject({ name: 'Ada', email: 'ada@example.com' })
  })

  test('is waited for by idle(), and what it throws is noted', async () => {
    const { bot, client } = botWith({ onEvent: () => Promise.reject(new Error('a bug in the flow')) })
    await client.createEvent({ type: 'queued', payload: chatIds })
    await both.botpress.idle()
    expect(bot.failures).toEqual([expect.stringContaining('a bug in the flow')])
  })
})

describe('the flow behind Start HITL', () => {
  test("goes on in the customer's conversation and can ask the integration", async () => {
    const events: Event[] = []
    const { bot, client } = botWith({
      afterHitl: async (card, event) => {
        events.push(event)
        const { userId } = await card.callAction('createUser', { name: 'Bob', email: 'b@b.c' })
        await card.say(`Back again, ${String(userId).slice(0, 5)}`)
      },
    })
    const ada = bot.customer({ name: 'Ada' })
    await ada.says('Hi')
    const { downstreamId } = await bot.handOver(ada)
    await client.createEvent({ type: 'hitlStopped', payload: { conversationId: downstreamId } })
    await both.botpress.idle()
    expect(ada.sees().at(-1)?.text).toBe('Back again, user_')
    expect(events).toMatchObject([{ conversationId: ada.conversationId, userId: ada.userId }])
  })

  test('is no trigger of its own', async () => {
    const triggers: string[] = []
    const { bot, client } = botWith({ onEvent: ({ type }) => void triggers.push(type), afterHitl: 'Back.' })
    const ada = bot.customer({ name: 'Ada' })
    await ada.says('Hi')
    const { downstreamId } = await bot.handOver(ada)
    await client.createEvent({ type: 'hitlStopped', payload: { conversationId: downstreamId } })
    await both.botpress.idle()
    expect([triggers, ada.sees().at(-1)?.text]).toEqual([[], 'Back.'])
  })
})
