import { expect, test } from 'vitest'
import type { Exchange } from '../http/wire'
import { tellStory } from './story'

const names = { customer: 'Ada', agent: (id: string) => (id === 'maria' ? 'Maria' : undefined) }

/** An exchange that went well unless `changes` say otherwise. */
function exchange(changes: Partial<Exchange> & Pick<Exchange, 'to' | 'operation'>): Exchange {
  const call = { id: 1, method: 'POST', path: '/', requestHeaders: {}, requestBody: {}, status: 200 }
  return { ...call, startedAt: 1_000, endedAt: 1_042, ...changes }
}

const webhook = (action: string, payload: unknown) =>
  exchange({ to: 'integration', operation: `webhook/${action}`, requestBody: { action, payload } })
const event = (type: string, payload: unknown = {}) =>
  exchange({ to: 'botpress', operation: 'createEvent', requestBody: { type, payload }, status: 201 })
const says = (changes: object) => ({ event: { type: 'message', author_id: 'maria', visibility: 'all', ...changes } })

test.each([
  {
    name: 'a start tells how long it took',
    given: exchange({ to: 'integration', operation: 'action/startHitl' }),
    told: 'The bot asked for a person: a chat was opened in 42 ms (startHitl).',
  },
  {
    name: 'a refused start tells why',
    given: exchange({
      to: 'integration',
      operation: 'action/startHitl',
      status: 400,
      responseBody: { message: 'Nobody is available' },
    }),
    told: 'The handoff was refused: Nobody is available',
  },
  {
    name: 'words of the customer',
    given: exchange({
      to: 'integration',
      operation: 'message/text',
      requestBody: { type: 'text', payload: { userId: 'user_1' } },
    }),
    told: 'Ada writes.',
  },
  {
    name: 'words of the bot',
    given: exchange({ to: 'integration', operation: 'message/text', requestBody: { type: 'text', payload: {} } }),
    told: 'The bot tells the agent something.',
  },
  {
    name: 'words of the customer that are refused',
    given: exchange({
      to: 'integration',
      operation: 'message/text',
      status: 400,
      requestBody: { type: 'text', payload: { userId: 'user_1' } },
      responseBody: { message: 'LiveChat is busy' },
    }),
    told: ['Ada writes.', 'The agent does not get it: LiveChat is busy'],
  },
  {
    name: 'a chat that an agent opens again',
    given: webhook('incoming_chat', { chat: { thread: { properties: { source: { client_id: 'agent-app' } } } } }),
    told: 'The chat was opened at the desk; the customer stays with the bot.',
  },
  {
    name: 'a chat that the bot opens is told by the start',
    given: webhook('incoming_chat', { chat: { thread: { properties: { source: { customer_client_id: 'ours' } } } } }),
    told: undefined,
  },
  { name: 'words of an agent', given: webhook('incoming_event', says({})), told: 'Maria writes.' },
  {
    name: 'a note',
    given: webhook('incoming_event', says({ visibility: 'agents' })),
    told: 'Maria leaves a note; it stays at the desk.',
  },
  { name: 'a file', given: webhook('incoming_event', says({ type: 'file' })), told: 'Maria sends: file.' },
  { name: 'words of nobody known', given: webhook('incoming_event', says({ author_id: 'x' })), told: undefined },
  {
    name: 'somebody joins',
    given: webhook('user_added_to_chat', { user: { id: 'maria', type: 'agent' } }),
    told: 'Maria joins the chat.',
  },
  {
    name: 'a place in the queue',
    given: webhook('chat_transferred', { reason: 'manual', queue: { position: 3 } }),
    told: 'The chat waits in the queue at place 3.',
  },
  {
    name: 'a transfer',
    given: webhook('chat_transferred', { reason: 'manual', transferred_to: { agent_ids: ['maria'] } }),
    told: 'The chat goes to Maria.',
  },
  {
    name: 'a pick-up is told by the joining alone',
    given: webhook('chat_transferred', { reason: 'assigned', transferred_to: { agent_ids: ['maria'] } }),
    told: undefined,
  },
  { name: 'the end at LiveChat', given: webhook('chat_deactivated', {}), told: 'The chat was closed.' },
  { name: 'the end at Botpress', given: event('hitlStopped'), told: 'The bot takes over again (hitlStopped).' },
  {
    name: 'why it ended',
    given: event('chatEnded', { reason: 'idle' }),
    told: 'The bot hears why it ended: idle (chatEnded).',
  },
  {
    name: 'a refusal by overload',
    given: exchange({ to: 'livechat', operation: 'customer/send_event', status: 429 }),
    told: 'customer/send_event answered with 429',
  },
  {
    name: 'a lost answer',
    given: exchange({ to: 'livechat', operation: 'customer/send_event', status: undefined }),
    told: 'customer/send_event: the connection was cut',
  },
  { name: 'an ordinary call', given: exchange({ to: 'botpress', operation: 'getUser' }), told: undefined },
])('$name', ({ given, told }) => {
  expect(tellStory([given], names).map(({ text }) => text)).toEqual([told ?? []].flat())
})

test('what goes wrong is told when it shows', () => {
  const asked = exchange({ to: 'integration', operation: 'message/text', status: 400, endedAt: 3_000 })
  const busy = exchange({ to: 'livechat', operation: 'customer/send_event', status: 503, startedAt: 1_500 })
  const story = tellStory([asked, { ...busy, endedAt: 1_600 }], names)
  expect(story.map(({ text }) => text)).toEqual([
    'customer/send_event answered with 503',
    'The agent does not get it: no reason given',
  ])
})

test('it is told in the order of happening, from the first line on', () => {
  const later = { ...event('hitlStopped'), startedAt: 3_500 }
  const story = tellStory([later, webhook('incoming_event', says({}))], names)
  expect(story.map(({ atMs }) => atMs)).toEqual([0, 2_500])
})
