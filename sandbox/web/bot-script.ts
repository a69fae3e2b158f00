import type { BotScript, CodeCard, Message } from '../botpress'
import { afterHandoff, onEvent, transcript } from './bot-flows'

/** What the installation of the page has beside the five settings, so that all its capabilities are seen. */
export const LAMP_SHOP_SETTINGS = {
  handBackCommand: '/bot',
  handBackTag: 'back to bot',
  agentMayOpen: true,
  askForPlace: true,
  summarize: 'ask',
  mask: ['card', 'iban'],
} as const

type Topic = { when: RegExp; say: string; intent?: string; sentiment?: string }

/** What the bot recognizes; the agent reads the intent before all else. */
const TOPICS: Topic[] = [
  {
    when: /broken|damaged/i,
    say: 'I am sorry to hear that. A broken lamp is a matter for a person: please ask for an agent.',
    intent: 'Replace a broken lamp',
    sentiment: 'disappointed',
  },
  {
    when: /open|hours/i,
    say: 'The shop is open Monday to Friday from 9 to 17 h, on Saturday until 13 h.',
    intent: 'Opening hours',
  },
  {
    when: /order|parcel|where/i,
    say: 'Your order 4711 left us yesterday; it should arrive tomorrow before noon.',
    intent: 'Where is my order?',
  },
  { when: /thank/i, say: 'You are welcome.' },
]

const HANDOFF = /\b(agent|human)\b/i

/** The bot of the page: a small lamp shop. Its two answers and its handoff are the quick words under the chat. */
export const LAMP_SHOP: BotScript = {
  greeting: 'Hello, I am the bot of the Acme lamp shop. Ask me about opening hours or your order, or ask for an agent.',
  answers: [{ when: /transcript/i, say: transcript }, ...TOPICS],
  handoff: HANDOFF,
  handoffInput: async (bot, { conversationId, userId }) => ({
    title: 'Customer asked for a person',
    description: 'The bot of the lamp shop could not help further.',
    hitlSession: {
      ...(await summaryOf(bot, conversationId)),
      sessionFields: { Order: '4711' },
      upstreamConversationId: conversationId,
      upstreamUserId: userId,
    },
  }),
  otherwise: 'I did not understand that. Ask me about opening hours or your order, or ask for an agent.',
  afterHitl: afterHandoff,
  onEvent,
  handoffFailed: 'Sorry, nobody could be reached: {error}',
}

/** What the agent should know at first sight. A real bot asks its language model. */
async function summaryOf(bot: CodeCard, conversationId: string): Promise<Record<string, string>> {
  const newestFirst = (await bot.listMessages(conversationId)).filter(isOfCustomer).map(wordsOf)
  const wish = newestFirst.find((words) => words !== '' && !HANDOFF.test(words))
  if (wish === undefined) return { summary: 'The customer asked for a person at once.' }
  const { intent, sentiment } = TOPICS.find(({ when }) => when.test(wish)) ?? {}
  return {
    summary: `The customer wrote “${wish}” and was not helped by the bot.`,
    ...(intent !== undefined && { intent }),
    ...(sentiment !== undefined && { sentiment }),
  }
}

const isOfCustomer = ({ direction }: Message) => direction === 'incoming'

function wordsOf({ payload }: Message): string {
  return typeof payload['text'] === 'string' ? payload['text'] : ''
}
