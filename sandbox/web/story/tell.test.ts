import { expect, test } from 'vitest'
import type { Exchange } from '../../http/wire'
import type { ChatLine } from '../view'
import { tellStory, type Moment } from './tell'

const AGENTS = new Map([
  ['maria', { name: 'Maria', isBot: false }],
  ['chatbot', { name: 'ChatBot', isBot: true }],
])
const people = {
  customer: 'Ada',
  agent: (id: string) => AGENTS.get(id),
  isHandBack: (words: string) => words.startsWith('/bot'),
}

/** An exchange that went well unless `changes` say otherwise. */
function exchange(changes: Partial<Exchange> & Pick<Exchange, 'to' | 'operation'>): Exchange {
  const call = { id: 1, method: 'POST', path: '/', requestHeaders: {}, requestBody: {}, status: 200 }
  return { ...call, startedAt: 1_000, endedAt: 1_042, ...changes }
}

const webhook = (action: string, payload: unknown, changes: Partial<Exchange> = {}) =>
  exchange({ to: 'integration', operation: `webhook/${action}`, requestBody: { action, payload }, ...changes })
const event = (type: string, payload: unknown = {}) =>
  exchange({ to: 'botpress', operation: 'createEvent', requestBody: { type, payload }, status: 201 })
const says = (changes: object) => ({
  event: { type: 'message', author_id: 'maria', visibility: 'all', text: 'Hello Ada', ...changes },
})
const sent = (text: string) =>
  exchange({ to: 'livechat', operation: 'customer/send_event', requestBody: { event: { type: 'message', text } } })
const message = (changes: Partial<Exchange> = {}) =>
  exchange({
    to: 'integration',
    operation: 'message/text',
    requestBody: { type: 'text', payload: { userId: 'user_1', text: 'My lamp\nis broken' } },
    ...changes,
  })

/** Sentences with their quotes, as they are read. */
function read(exchanges: Exchange[], lines: ChatLine[] = [], moments: Moment[] = []): string[] {
  const shown = exchanges.map((each, index) => ({ id: `row-${index}`, exchange: each }))
  const story = tellStory({ exchanges: shown, lines, people, moments })
  return story.map(({ text, quote }) => (quote === undefined ? text : `${text} “${quote}”`))
}

test.each([
  {
    name: 'a start tells how long it took',
    given: exchange({ to: 'integration', operation: 'action/startHitl' }),
    told: 'The bot hands Ada over: the chat is open in LiveChat (startHitl, 42 ms).',
  },
  {
    name: 'a refused start tells why',
    given: exchange({
      to: 'integration',
      operation: 'action/startHitl',
      status: 400,
      responseBody: { message: 'Nobody is available' },
    }),
    told: ['The bot asks for a person (startHitl).', 'The handoff is refused: “Nobody is available”'],
  },
  {
    name: 'words of the customer, in one line',
    given: message(),
    told: 'Ada writes: “My lamp is broken”',
  },
  {
    name: 'long words of the customer, cut',
    given: message({ requestBody: { type: 'text', payload: { userId: 'user_1', text: 'word '.repeat(50) } } }),
    told: `Ada writes: “${'word '.repeat(24).trim()}…”`,
  },
  {
    name: 'a picture of the customer',
    given: message({ requestBody: { type: 'image', payload: { userId: 'user_1', title: 'lamp.svg' } } }),
    told: 'Ada sends (image): “lamp.svg”',
  },
  {
    name: 'words of the bot to the agent',
    given: message({ requestBody: { type: 'text', payload: { text: 'One moment' } } }),
    told: 'The bot writes to the agent: “One moment”',
  },
  {
    name: 'words of the customer that are refused',
    given: message({ status: 400, responseBody: { message: 'LiveChat is busy' } }),
    told: ['Ada writes: “My lamp is broken”', 'The message does not reach the agent: “LiveChat is busy”'],
  },
  {
    name: 'a process that gives no answer',
    given: message({ status: undefined }),
    told: ['Ada writes: “My lamp is broken”', 'The integration gives no answer to message/text.'],
  },
  {
    name: 'a webhook for which Botpress reaches no process',
    given: webhook('chat_deactivated', {}, { status: 500, responseBody: { message: 'it could not be reached: cut' } }),
    told: [
      'The chat is closed.',
      'The integration gives no answer to webhook/chat_deactivated. LiveChat sends it again.',
    ],
  },
  {
    name: 'a webhook that is put off is no trouble',
    given: webhook('incoming_chat', {}, { status: 503 }),
    told: 'The integration puts webhook/incoming_chat off (503). LiveChat sends it again.',
  },
  {
    name: 'a text that LiveChat gets with a mask',
    given: sent('I paid with •••• 1111'),
    told: 'The integration masks it for LiveChat: “I paid with •••• 1111”',
  },
  { name: 'a text that LiveChat gets as it was written', given: sent('I paid'), told: undefined },
  { name: 'a mask that LiveChat does not get', given: { ...sent('•••• 1111'), status: 400 }, told: undefined },
  {
    name: 'a place in the queue',
    given: event('queueChanged', { position: 2 }),
    told: 'The bot learns the place in the queue: 2 (queueChanged).',
  },
  {
    name: 'the same place once more',
    given: event('queueChanged', { position: 2, asked: true }),
    told: 'The bot learns the place in the queue: 2, as the customer has written (queueChanged).',
  },
  {
    name: 'a rating',
    given: exchange({ to: 'integration', operation: 'action/rateChat', requestBody: { input: { score: 'good' } } }),
    told: 'Ada rates the chat: good.',
  },
  {
    name: 'a chat that an agent opens again',
    given: webhook('incoming_chat', { chat: { thread: { properties: { source: { client_id: 'agent-app' } } } } }),
    told: 'An agent opens the chat. The customer stays with the bot.',
  },
  {
    name: 'a chat that the bot opens shows with the start',
    given: webhook('incoming_chat', { chat: { thread: { properties: { source: { customer_client_id: 'ours' } } } } }),
    told: undefined,
  },
  { name: 'words of an agent', given: webhook('incoming_event', says({})), told: 'Maria writes: “Hello Ada”' },
  {
    name: 'a note',
    given: webhook('incoming_event', says({ visibility: 'agents' })),
    told: 'Maria leaves a note for agents: “Hello Ada”',
  },
  {
    name: 'the command that gives the customer back',
    given: webhook('incoming_event', says({ text: '/bot refund' })),
    told: 'Maria gives Ada back to the bot: “/bot refund”',
  },
  {
    name: 'the same command in a note',
    given: webhook('incoming_event', says({ text: '/bot', visibility: 'agents' })),
    told: 'Maria gives Ada back to the bot: “/bot”',
  },
  {
    name: 'a command that a bot of LiveChat writes gives nobody back',
    given: webhook('incoming_event', says({ text: '/bot', author_id: 'chatbot' })),
    told: 'ChatBot writes. Ada does not see it: “/bot”',
  },
  { name: 'a tag', given: webhook('thread_tagged', { tag: 'refund' }), told: 'The chat gets a tag: “refund”' },
  {
    name: 'a summary of LiveChat',
    given: webhook('thread_summary_set', { summary: {} }),
    told: 'LiveChat has summed the chat up.',
  },
  {
    name: 'words of a bot of LiveChat do not look as if the customer read them',
    given: webhook('incoming_event', says({ author_id: 'chatbot' })),
    told: 'ChatBot writes. Ada does not see it: “Hello Ada”',
  },
  {
    name: 'buttons',
    given: webhook('incoming_event', says({ type: 'rich_message', text: undefined, elements: [{ title: 'When?' }] })),
    told: 'Maria offers a choice: “When?”',
  },
  {
    name: 'a file of an agent',
    given: webhook('incoming_event', says({ type: 'file', text: undefined, name: 'bill.pdf' })),
    told: 'Maria sends a file: “bill.pdf”',
  },
  { name: 'an echo of the customer', given: webhook('incoming_event', says({ author_id: 'ada-id' })), told: undefined },
  {
    name: 'a changed message',
    given: webhook('event_updated', { event: { text: 'It costs 49' } }),
    told: 'A message is edited: “It costs 49”',
  },
  {
    name: 'the queue',
    given: webhook('chat_transferred', { reason: 'other', queue: { position: 3 } }),
    told: 'The chat waits in the queue, place 3.',
  },
  {
    name: 'a pick-up shows with the joining',
    given: webhook('chat_transferred', { reason: 'assigned', transferred_to: { agent_ids: ['maria'] } }),
    told: undefined,
  },
  {
    name: 'a joining',
    given: webhook('user_added_to_chat', { user: { id: 'maria', type: 'agent' } }),
    told: 'Maria joins the chat.',
  },
  { name: 'the end at LiveChat', given: webhook('chat_deactivated', {}), told: 'The chat is closed.' },
  { name: 'the end at Botpress', given: event('hitlStopped'), told: 'The bot takes over again (hitlStopped).' },
  {
    name: 'why it ended',
    given: event('chatEnded', { reason: 'idle' }),
    told: 'The bot learns why the chat ended: idle (chatEnded).',
  },
  {
    name: 'why it ended, with the command of the agent',
    given: event('chatEnded', { reason: 'agent', command: 'refund' }),
    told: 'The bot learns why the chat ended: agent, with the command “refund” (chatEnded).',
  },
  {
    name: 'an agent who writes first',
    given: event('agentOpenedChat', { text: 'The voucher' }),
    told: 'The bot learns what an agent writes (agentOpenedChat): “The voucher”',
  },
  {
    name: 'a summary that reaches the bot',
    given: event('chatSummarized', { text: 'A lamp' }),
    told: 'The bot gets LiveChat’s summary (chatSummarized): “A lamp”',
  },
  {
    name: 'the question how it went',
    given: exchange({ to: 'integration', operation: 'action/getHandoff' }),
    told: 'The bot asks how the handoff went (getHandoff).',
  },
  {
    name: 'a refusal by overload',
    given: exchange({ to: 'livechat', operation: 'customer/send_event', status: 429 }),
    told: 'LiveChat answers customer/send_event with 429.',
  },
  {
    name: 'a lost answer',
    given: exchange({ to: 'livechat', operation: 'customer/send_event', status: undefined }),
    told: 'LiveChat gives no answer to customer/send_event: the connection is cut.',
  },
  { name: 'an ordinary call', given: exchange({ to: 'botpress', operation: 'getUser' }), told: undefined },
])('$name', ({ given, told }) => {
  expect(read([given])).toEqual([told ?? []].flat())
})

const line = (from: ChatLine['from'], text: string, at: number): ChatLine => ({
  id: `${from}-${at}`,
  from,
  at: new Date(at).toISOString(),
  content: { kind: 'text', text },
})

test('what is said to the bot shows while the customer is with the bot, and not what the plugin says meanwhile', () => {
  const lines = [
    line('customer', 'A person, please', 500),
    line('bot', 'Somebody will be with you', 1_500),
    line('customer', 'Hello?', 1_600),
    line('bot', 'I am back', 3_000),
  ]
  const start = exchange({ to: 'integration', operation: 'action/startHitl' })
  expect(read([start, { ...event('hitlStopped'), startedAt: 2_000 }], lines)).toEqual([
    'Ada writes to the bot: “A person, please”',
    'The bot hands Ada over: the chat is open in LiveChat (startHitl, 42 ms).',
    'The bot takes over again (hitlStopped).',
    'The bot answers: “I am back”',
  ])
})

test('a failure is shown when it becomes visible', () => {
  const asked = message({ status: 400, endedAt: 3_000 })
  const busy = exchange({ to: 'livechat', operation: 'customer/send_event', status: 503, startedAt: 1_500 })
  expect(read([asked, { ...busy, endedAt: 1_600 }]).slice(1)).toEqual([
    'LiveChat answers customer/send_event with 503.',
    'The message does not reach the agent: “no reason given”',
  ])
})

test('each line has its time from the first one on, its handoff, and the calls behind it', () => {
  const exchanges = [
    exchange({ to: 'integration', operation: 'action/startHitl', endedAt: 1_400, process: 1 }),
    exchange({ to: 'livechat', operation: 'customer/start_chat', startedAt: 1_100, process: 1 }),
    { ...event('hitlStopped'), startedAt: 2_000 },
    exchange({ to: 'integration', operation: 'action/startHitl', startedAt: 3_000, endedAt: 3_100, process: 2 }),
  ].map((each, index) => ({ id: `row-${index}`, exchange: each }))
  const killed: Moment = { id: 'p', at: 2_500, who: 'process', text: 'Process 1 is killed.', calls: [] }
  const story = tellStory({ exchanges, lines: [], people, moments: [killed] })
  expect(story.map(({ atMs, handoff, calls }) => ({ atMs, handoff, calls }))).toEqual([
    { atMs: 0, handoff: 1, calls: ['row-0', 'row-1'] },
    { atMs: 1_000, handoff: 1, calls: ['row-2'] },
    { atMs: 1_500, handoff: 1, calls: [] },
    { atMs: 2_000, handoff: 2, calls: ['row-3'] },
  ])
})
