import { expect, test } from 'vitest'
import type { Session } from '../../sandbox/botpress'
import { agentSays, newAgent } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()

const downstreamOf = ({ downstreamId }: Session) => String(downstreamId)

test('a customer who asks for a human gets the agent, and the bot back when the agent is done', async () => {
  const { botpress, fake, client } = both
  const ada = botpress.customer({ name: 'Ada', email: 'ada@example.com', pictureUrl: 'https://example.com/a.png' })
  await ada.says('What are your opening hours?')
  await ada.says('I want a human')
  const [session] = both.installation.sessions
  expect(session?.phase).toBe('active')
  await ada.says('Hello human')
  await botpress.idle()
  expect(fake.calls.at(-1)).toMatchObject({
    operation: 'message_created',
    body: { type: 'text', payload: { type: 'text', text: 'Hello human' }, message: { direction: 'outgoing' } },
  })
  const grace = await newAgent(client())
  const conversationId = downstreamOf(session as Session)
  await agentSays(client(), conversationId, grace.id, 'Hello Ada')
  const seen = await ada.waitToSee(({ from }) => from === 'agent')
  expect(seen).toMatchObject({ name: 'Grace', text: 'Hello Ada' })
  await client().createEvent({ type: 'hitlStopped', payload: { conversationId } })
  await ada.waitToSee(({ text }) => text === 'I am back. Is there anything else?')
  expect(ada.sees().map(({ from, text }) => `${from}: ${text}`)).toEqual([
    'customer: What are your opening hours?',
    'bot: We are open Monday to Friday, 9 to 17 h.',
    'customer: I want a human',
    'bot: I have escalated this conversation to a human agent. They should be with you shortly.',
    'customer: Hello human',
    'bot: A human agent has joined the conversation.',
    'agent: Hello Ada',
    'bot: The human agent closed the conversation. I will continue assisting you.',
    'bot: I am back. Is there anything else?',
  ])
  await botpress.idle()
  expect(both.installation.failures).toEqual([])
  expect(fake.calls.map(({ type, operation }) => type ?? operation)).toEqual([
    'createUser',
    'startHitl',
    'message_created',
  ])
})
