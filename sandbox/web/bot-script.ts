import { z } from 'zod'
import type { BotScript, CodeCard, Event } from '../botpress'

/** The bot of the page: a small lamp shop. Its two answers and its handoff are the quick words under the chat. */
export const LAMP_SHOP: BotScript = {
  greeting: 'Hello, I am the bot of the Acme lamp shop. Ask me about opening hours or your order, or ask for an agent.',
  answers: [
    {
      when: /broken|damaged/i,
      say: 'I am sorry to hear that. A broken lamp is a matter for a person: please ask for an agent.',
    },
    { when: /open|hours/i, say: 'The shop is open Monday to Friday from 9 to 17 h, on Saturday until 13 h.' },
    { when: /order|parcel|where/i, say: 'Your order 4711 left us yesterday; it should arrive tomorrow before noon.' },
    { when: /thank/i, say: 'You are welcome.' },
  ],
  handoffInput: {
    title: 'Customer asked for a person',
    description: 'The bot of the lamp shop could not help further.',
  },
  otherwise: 'I did not understand that. Ask me about opening hours or your order, or ask for an agent.',
  afterHitl: 'I am back. Is there anything else I can do?',
  onEvent: async (event, bot) => {
    if (event.type.endsWith(':messageNotDelivered')) await tellCustomer(event, bot)
  },
  handoffFailed: 'Sorry, nobody could be reached: {error}',
}

const NotDelivered = z.object({ messageId: z.string(), text: z.string().optional(), reason: z.string() })

/**
 * The customer cannot see that a message did not reach the agent, so the bot says it: the plugin's tag leads from the copy
 * that was not delivered to the customer's own message.
 */
async function tellCustomer({ payload }: Event, bot: CodeCard): Promise<void> {
  const { messageId, text, reason } = NotDelivered.parse(payload)
  const copy = await bot.getMessage(messageId)
  const origin = copy.tags['hitl#upstream']
  if (origin === undefined) return
  const { conversationId } = await bot.getMessage(origin)
  const message = text === undefined ? 'your message' : `your message “${text}”`
  const sentences = {
    lost: `The agent did not get ${message}. Please send it again.`,
    uncertain: `I am not sure whether the agent has ${message}. Please ask.`,
  }
  const sentence = reason === 'uncertain' ? sentences.uncertain : sentences.lost
  await bot.createMessage({ conversationId, type: 'text', payload: { text: sentence } })
}
